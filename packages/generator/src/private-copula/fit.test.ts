import { COPY_NUMBER_UNKNOWN, UNKNOWN, type Cohort } from "@osteon/cohort";
import { normalQuantile } from "@osteon/numerics";
import { survivalProbability } from "@osteon/survival";
import { describe, expect, it } from "vitest";
import { loadModel } from "../load-model.ts";
import { geneValues, plantCohort, plantedGeneCorrelation } from "../testing/planted-cohort.ts";
import { seededBytes } from "../testing/seeded-bytes.ts";
import { fitPrivateFactorCopula, type PrivateCopulaOptions } from "./fit.ts";

const options: PrivateCopulaOptions = { epsilon: 8, delta: 1e-6, randomBytes: seededBytes(1) };
const request = { conditions: {}, seed: 3, firstIndex: 0, count: 2000 };

describe("fitPrivateFactorCopula", () => {
  const cohort = plantCohort({ patients: 3000, genes: 9 });
  const { model, privacy } = fitPrivateFactorCopula(cohort, { ...options, optionalClinical: ["necrosis", "male"] });

  it("gives a model like any other, with what was promised", () => {
    const drawn = model.sample(request);
    expect(loadModel(model.save()).sample(request)).toEqual(drawn);
    expect(drawn.expression.values.every(Number.isFinite)).toBe(true);
    expect(drawn.clinical.necrosisPercent.every((value) => value >= 0 && value <= 100)).toBe(true);
    expect(JSON.parse(JSON.stringify(privacy))).toEqual(privacy);
    expect(privacy).toMatchObject({ adjacency: "replace one patient", epsilon: 8, patients: 3000, variables: 18 });
    expect(privacy.guaranteedEpsilon).toBeLessThanOrEqual(8);
    expect(privacy.guaranteedEpsilon).toBeGreaterThan(7.9);
  });

  it("keeps marginals and correlations within what the noise allows", () => {
    const drawn = model.sample(request);
    const share = (values: ArrayLike<number>, code: number, every = 1) =>
      Array.from(values).filter((value, at) => at % every === 0 && value === code).length / (values.length / every);
    for (const [real, synthetic] of [
      [share(cohort.clinical.metastasis, 1), share(drawn.clinical.metastasis, 1)],
      [share(cohort.mutations.values, 1, 2), share(drawn.mutations.values, 1, 2)],
      [share(cohort.copyNumber.values, -1, 2), share(drawn.copyNumber.values, -1, 2)],
      [share(cohort.expression.values, 0, 9), share(drawn.expression.values, 0, 9)],
    ] as const) {
      // Five standard errors of 2,000 draws and of the cells' noise.
      expect(Math.abs(real - synthetic)).toBeLessThan(5 * Math.sqrt(0.25 / 2000 + privacy.cellNoise ** 2));
    }
    const median = (values: Float64Array) => values.toSorted()[Math.floor(values.length / 2)]!;
    expect(Math.abs(median(geneValues(cohort, 3)) - median(geneValues(drawn, 3)))).toBeLessThan(0.15);
    const { weights, rank, noiseDeviations } = model.parameters.expression;
    const padded = noiseDeviations.length;
    const anchors = 9;
    const { correlation } = model.parameters;
    const of = (a: number, b: number) => {
      let sum = 0;
      for (let k = 0; k < anchors + rank; k++) {
        for (let l = 0; l < anchors + rank; l++) {
          const together = k < anchors && l < anchors ? correlation[k * anchors + l]! : Number(k === l);
          sum += weights[k * padded + a]! * together * weights[l * padded + b]!;
        }
      }
      return sum;
    };
    expect(Math.abs(of(3, 6) - plantedGeneCorrelation)).toBeLessThan(0.12);
    expect(Math.abs(of(4, 5))).toBeLessThan(0.12);
  });

  it("keeps survival", () => {
    const { deathHazard } = model.parameters.marginals;
    // Hazards of plantCohort: 1 / 3000 days, e^1.2 as much where the latent of metastasis is above 0.7.
    const metastatic = 0.242;
    expect(normalQuantile(1 - metastatic)).toBeCloseTo(0.7, 2);
    for (const days of [365, 1096, 1826]) {
      const truth = (1 - metastatic) * Math.exp(-days / 3000) + metastatic * Math.exp((-days * Math.exp(1.2)) / 3000);
      expect(Math.abs(survivalProbability(deathHazard, days) - truth)).toBeLessThan(0.04);
    }
  });

  it("leaves out the clinical variables that are not asked for", () => {
    const { model: bare } = fitPrivateFactorCopula(cohort, options);
    const drawn = bare.sample({ ...request, count: 20 });
    expect(drawn.clinical.male.every((code) => code === UNKNOWN)).toBe(true);
    expect(drawn.clinical.necrosisPercent.every(Number.isNaN)).toBe(true);
  });

  it("takes the machine's cryptographic randomness, so that no two fits are the same", () => {
    const { randomBytes, ...withDefault } = options;
    expect(randomBytes).toBeDefined();
    const [first, second] = [0, 1].map(() => fitPrivateFactorCopula(cohort, withDefault).model.parameters.correlation);
    expect(first).not.toEqual(second);
    const [third, fourth] = [0, 1].map(
      () => fitPrivateFactorCopula(cohort, { ...options, randomBytes: seededBytes(9) }).model.parameters.correlation,
    );
    expect(third).toEqual(fourth);
  });

  it.each([
    ["nothing known", NaN, UNKNOWN, COPY_NUMBER_UNKNOWN],
    ["one value for all", 4, 1, 2],
    ["values that are none", Infinity, 7, 99],
  ])("does not betray by an error what the patients are like: %s", (_, value, code, copies) => {
    const fill = <T extends Float64Array | Float32Array | Int8Array>(values: T, with_: number) =>
      values.slice().fill(with_) as T;
    const odd: Cohort = {
      ...cohort,
      clinical: {
        survivalTimeDays: fill(cohort.clinical.survivalTimeDays, value),
        event: fill(cohort.clinical.event, code),
        ageYears: fill(cohort.clinical.ageYears, value),
        metastasis: fill(cohort.clinical.metastasis, code),
        male: fill(cohort.clinical.male, code),
        necrosisPercent: fill(cohort.clinical.necrosisPercent, value),
      },
      mutations: { ...cohort.mutations, values: fill(cohort.mutations.values, code) },
      copyNumber: { ...cohort.copyNumber, values: fill(cohort.copyNumber.values, copies) },
      expression: { ...cohort.expression, values: fill(cohort.expression.values, value) },
    };
    for (const unit of ["log2(TPM+1)", "z-score"] as const) {
      const { model: fitted } = fitPrivateFactorCopula({ ...odd, expression: { ...odd.expression, unit } }, options);
      expect(fitted.sample({ ...request, count: 20 }).expression.values.every(Number.isFinite)).toBe(true);
    }
  });

  it("refuses cohorts that it could only fill with noise, and those without genes", () => {
    expect(() => fitPrivateFactorCopula(plantCohort({ patients: 85, genes: 300 }), { ...options, epsilon: 1 })).toThrow(
      expect.objectContaining({ code: "generator.privacy-useless" }),
    );
    const none = {
      ...cohort.expression,
      genes: ["G0"],
      values: cohort.expression.values.filter((_, at) => at % 9 === 0),
    };
    expect(() => fitPrivateFactorCopula({ ...cohort, expression: none }, options)).toThrow(
      expect.objectContaining({ code: "generator.no-data" }),
    );
  });
});
