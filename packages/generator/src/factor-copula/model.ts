import type { ClinicalTable, Cohort } from "@osteon/cohort";
import { UNKNOWN } from "@osteon/cohort";
import type { Conditions } from "../conditions.ts";
import type { GenerativeModel, SampleRequest, SavedModel } from "../model.ts";
import { ClinicalSampler } from "./clinical-sampler.ts";
import { ExpressionDecoder } from "./expression-decoder.ts";
import { conditionGaussian, drawConditional, type GaussianConditional } from "./gaussian-conditional.ts";
import { anchorCount } from "./latent-bounds.ts";
import type { Marginals } from "./marginals.ts";
import type { FactorCopulaParameters } from "./parameters.ts";
import { quantileTableValue } from "./quantile-table.ts";
import { saveFactorCopula } from "./saved-form.ts";
import { codeOfLatent } from "./thresholds.ts";

/**
 * Gaussian factor copula over mixed variables. Clinical variables, mutations and copy number are
 * anchors with a full latent correlation; expression follows from them, a few common factors and noise.
 * Source: Hoff 2007; Murray, Dunson, Carin & Lucas 2013. Why the anchors are a block of their own:
 * docs/adr/0003-anchored-factor-copula.md.
 */
export class FactorCopulaModel implements GenerativeModel {
  readonly family = "factor-copula";
  readonly parameters: FactorCopulaParameters;
  readonly #anchors: number;
  readonly #genomic: GaussianConditional;
  readonly #clinicalCorrelation: Float64Array;
  readonly #decoder: ExpressionDecoder;

  constructor(parameters: FactorCopulaParameters) {
    const { marginals, correlation, expression } = parameters;
    this.parameters = parameters;
    this.#anchors = anchorCount(marginals);
    const clinical = marginals.clinical.map((_, k) => k);
    const genomic = Array.from({ length: this.#anchors - clinical.length }, (_, k) => clinical.length + k);
    this.#genomic = conditionGaussian(correlation, this.#anchors, genomic, clinical);
    this.#clinicalCorrelation = Float64Array.from(
      clinical.flatMap((a) => clinical.map((b) => correlation[a * this.#anchors + b]!)),
    );
    this.#decoder = new ExpressionDecoder(expression, this.#anchors, genomic.length);
  }

  sample({ conditions, seed, firstIndex, count }: SampleRequest): Cohort {
    const { marginals, expression } = this.parameters;
    const sampler = new ClinicalSampler(marginals, this.#clinicalCorrelation, conditions);
    const clinical = emptyClinicalTable(count);
    const mutationCount = marginals.mutationGenes.length;
    const copyNumberCount = marginals.copyNumberGenes.length;
    const geneCount = expression.genes.length;
    const mutations = new Int8Array(count * mutationCount);
    const copyNumber = new Int8Array(count * copyNumberCount);
    const values = new Float32Array(count * geneCount);
    const latents = new Float64Array(this.#anchors);
    const clinicalCount = marginals.clinical.length;

    for (let i = 0; i < count; i++) {
      const index = firstIndex + i;
      const normals = this.#decoder.begin(seed, index);
      const followUp = sampler.draw(seed, index, latents);
      drawConditional(this.#genomic, latents, normals);
      clinical.survivalTimeDays[i] = followUp.timeDays;
      clinical.event[i] = followUp.event;
      writeClinical(marginals, latents, clinical, i, conditions);
      for (let j = 0; j < mutationCount; j++) {
        mutations[i * mutationCount + j] = codeOfLatent(marginals.mutationCuts[j]!, latents[clinicalCount + j]!);
      }
      for (let j = 0; j < copyNumberCount; j++) {
        const latent = latents[clinicalCount + mutationCount + j]!;
        copyNumber[i * copyNumberCount + j] = codeOfLatent(marginals.copyNumberCuts[j]!, latent) - 2;
      }
      this.#decoder.finish(latents, mutationCount + copyNumberCount, values, i * geneCount);
    }
    return {
      patientIds: Array.from({ length: count }, (_, i) => `SYN-${seed}-${firstIndex + i}`),
      clinical,
      mutations: { genes: marginals.mutationGenes, values: mutations },
      copyNumber: { genes: marginals.copyNumberGenes, values: copyNumber },
      expression: { genes: expression.genes, unit: expression.unit, values },
      simulated: true,
    };
  }

  save(): SavedModel {
    return saveFactorCopula(this.parameters);
  }
}

function emptyClinicalTable(count: number): ClinicalTable {
  return {
    survivalTimeDays: new Float64Array(count),
    event: new Int8Array(count),
    ageYears: new Float64Array(count).fill(NaN),
    metastasis: new Int8Array(count).fill(UNKNOWN),
    male: new Int8Array(count).fill(UNKNOWN),
    necrosisPercent: new Float64Array(count).fill(NaN),
  };
}

/** Ages are given to a hundredth of a year, as the de-identified cohort at its finest. */
const ageStepsPerYear = 100;

function writeClinical(
  marginals: Marginals,
  latents: Float64Array,
  clinical: ClinicalTable,
  i: number,
  conditions: Conditions,
): void {
  marginals.clinical.forEach((variable, k) => {
    const latent = latents[k]!;
    switch (variable) {
      case "survival":
        return;
      case "age": {
        const drawn = quantileTableValue(marginals.ageTable, marginals.grid, latent);
        const rounded = Math.round(Math.min(90, Math.max(0, drawn)) * ageStepsPerYear) / ageStepsPerYear;
        clinical.ageYears[i] = conditions.ageYears ?? rounded;
        return;
      }
      case "metastasis":
        clinical.metastasis[i] = codeOfLatent(marginals.metastasisCuts, latent);
        return;
      case "male":
        clinical.male[i] = codeOfLatent(marginals.maleCuts, latent);
        return;
      case "necrosis": {
        const drawn = quantileTableValue(marginals.necrosisTable, marginals.grid, latent);
        clinical.necrosisPercent[i] = Math.round(Math.min(100, Math.max(0, drawn)));
        return;
      }
    }
  });
}
