import {
  latentCorrelation,
  selectPatients,
  simulateDemonstrationCohort,
  type Cohort,
  type CopyNumberTable,
  type ExpressionTable,
  type MutationTable,
} from "@osteon/cohort";
import { multiplyMatrices, transposeMatrix } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import type { FactorCopulaParameters } from "../factor-copula/parameters.ts";
import { seededBytes } from "../testing/seeded-bytes.ts";
import { fitPrivateFactorCopula } from "./fit.ts";
import { planPrivacy } from "./privacy-plan.ts";

const mutations = ["TP53", "RB1"];
const copyNumbers = ["MYC", "RUNX2"];
// Half of one pathway, half of another; named beforehand, as the promise asks for.
const genes = ["E2F1", "CDK1", "CCNB1", "MKI67", "FOXM1", "VIM", "FN1", "SNAI2", "ZEB1", "LOX"];
const variables = [
  "clinical:age",
  "clinical:metastasis",
  ...mutations.map((gene) => `mutation:${gene}`),
  ...copyNumbers.map((gene) => `copyNumber:${gene}`),
  ...genes.map((gene) => `expression:${gene}`),
];
const delta = 1e-6;

const { cohort, truth } = simulateDemonstrationCohort({ patients: 8000, genes: 200, seed: 3 });

function withGenes<T extends MutationTable | CopyNumberTable | ExpressionTable>(table: T, names: string[]): T {
  const positions = names.map((name) => table.genes.indexOf(name));
  const patients = table.values.length / table.genes.length;
  const values = table.values.slice(0, patients * names.length);
  for (let at = 0; at < values.length; at++) {
    const row = Math.floor(at / names.length);
    values[at] = table.values[row * table.genes.length + positions[at % names.length]!]!;
  }
  return { ...table, genes: names, values };
}

const panel: Cohort = {
  ...cohort,
  mutations: withGenes(cohort.mutations, mutations),
  copyNumber: withGenes(cohort.copyNumber, copyNumbers),
  expression: withGenes(cohort.expression, genes),
};

/** Latent correlation of all variables but survival, which has no latent in the truth. */
function modelCorrelation({ correlation, expression }: FactorCopulaParameters): (a: number, b: number) => number {
  const { weights, rank, noiseDeviations } = expression;
  const anchors = Math.sqrt(correlation.length);
  const inputs = anchors + rank;
  const size = anchors + genes.length;
  // Each variable as a combination of the anchors and the factors.
  const loadings = new Float64Array(inputs * size);
  const together = new Float64Array(inputs * inputs);
  for (let k = 0; k < inputs; k++) {
    if (k < anchors) loadings[k * size + k] = 1;
    genes.forEach((_, j) => (loadings[k * size + anchors + j] = weights[k * noiseDeviations.length + j]!));
    for (let l = 0; l < inputs; l++) {
      together[k * inputs + l] = k < anchors && l < anchors ? correlation[k * anchors + l]! : Number(k === l);
    }
  }
  const covariance = multiplyMatrices(
    transposeMatrix(loadings, inputs, size),
    multiplyMatrices(together, loadings, inputs, inputs, size),
    size,
    inputs,
    size,
  );
  return (a, b) => covariance[(a + 1) * size + b + 1]!;
}

/** Root mean square over all pairs of the model's error, and of the true correlations. */
function compare(parameters: FactorCopulaParameters): { error: number; signal: number } {
  const of = modelCorrelation(parameters);
  let error = 0;
  let signal = 0;
  let pairs = 0;
  for (let a = 0; a < variables.length; a++) {
    for (let b = 0; b < a; b++) {
      const correlation = latentCorrelation(truth, variables[a]!, variables[b]!);
      error += (of(a, b) - correlation) ** 2;
      signal += correlation ** 2;
      pairs++;
    }
  }
  return { error: Math.sqrt(error / pairs), signal: Math.sqrt(signal / pairs) };
}

describe("a private fit recovers the correlations", () => {
  const repeats = 5;
  const meanError = (epsilon: number, patients: number) => {
    const some = selectPatients(
      panel,
      Uint32Array.from({ length: patients }, (_, i) => i),
    );
    let error = 0;
    let stated = 0;
    let signal = 0;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const fit = fitPrivateFactorCopula(some, { epsilon, delta, randomBytes: seededBytes(repeat) });
      const compared = compare(fit.model.parameters);
      error += compared.error / repeats;
      signal = compared.signal;
      stated = fit.privacy.correlationError;
    }
    return { error, stated, signal };
  };

  it.each([1, 2, 4])("within the stated error at the patients that epsilon %d needs", (epsilon) => {
    const request = { patients: 100, variables: variables.length + 1, epsilon, delta };
    const { patientsNeeded } = planPrivacy(request);
    const { error, stated, signal } = meanError(epsilon, patientsNeeded);
    expect(stated).toBeLessThan(planPrivacy(request).expectedCorrelation);
    expect(error).toBeLessThan(stated);
    expect(error).toBeLessThan(0.8 * signal);
  });

  it("ever better with more patients", () => {
    const errors = [1000, 2500, 8000].map((patients) => meanError(2, patients).error);
    expect(errors[1]!).toBeLessThan(errors[0]!);
    expect(errors[2]!).toBeLessThan(errors[1]!);
    expect(errors[2]!).toBeLessThan(0.04);
  });
});
