import { COPY_NUMBER_UNKNOWN, UNKNOWN, type Cohort } from "@osteon/cohort";
import { kolmogorovSmirnovDistance, pearsonCorrelation } from "@osteon/numerics";
import { decodeSafetensors, encodeSafetensors } from "@osteon/safetensors";
import { beforeAll, describe, expect, it } from "vitest";
import type { Conditions } from "../conditions.ts";
import { loadModel } from "../load-model.ts";
import type { SavedModel } from "../model.ts";
import { geneValues, plantCohort, plantedGeneCorrelation } from "../testing/planted-cohort.ts";
import { fitFactorCopula, type FactorCopulaFit } from "./fit.ts";
import type { FactorCopulaModel } from "./model.ts";

const draw = (model: FactorCopulaModel, firstIndex: number, count: number, conditions: Conditions = {}, seed = 5) =>
  model.sample({ conditions, seed, firstIndex, count });

/** One patient of a cohort as plain numbers. */
function patient({ clinical, mutations, copyNumber, expression, patientIds }: Cohort, row: number) {
  const take = (values: ArrayLike<number>, width: number) => Array.from(values).slice(row * width, (row + 1) * width);
  return {
    id: patientIds[row],
    clinical: Object.values(clinical).map((column: ArrayLike<number>) => column[row]),
    mutations: take(mutations.values, mutations.genes.length),
    copyNumber: take(copyNumber.values, copyNumber.genes.length),
    expression: take(expression.values, expression.genes.length),
  };
}

describe("fitFactorCopula and its model", () => {
  const cohort = plantCohort({ patients: 400, missing: 0.04 });
  let fit: FactorCopulaFit;
  let sampled: Cohort;
  beforeAll(() => {
    fit = fitFactorCopula(cohort, { seed: 2 });
    sampled = draw(fit.model, 0, 4000);
  });

  it("gives the same model to the bit for the same cohort and seed", () => {
    const small = plantCohort({ patients: 60 });
    const saved = () => fitFactorCopula(small, { seed: 3 }).model.save();
    expect(saved()).toEqual(saved());
  });

  it("takes gene sets by name, passes over unknown names and sets without modelled genes", () => {
    const small = plantCohort({ patients: 60 });
    const saved = (...geneSets: readonly { genes: readonly string[] }[]) =>
      fitFactorCopula(small, { seed: 3, geneSets }).model.save();
    const set = small.expression.genes.slice(0, 10);
    expect(saved({ genes: ["NOT_MODELLED"] })).toEqual(saved());
    expect(saved({ genes: [...set, "NOT_MODELLED"] })).toEqual(saved({ genes: set }));
    expect(saved({ genes: set })).not.toEqual(saved());
  });

  it("draws patient i the same alone, in a batch, and in any order", () => {
    for (const conditions of [
      {},
      { survivalTimeDays: 700, event: 0, metastasis: 1 },
      { survivalTimeDays: 500 },
    ] as const) {
      const batch = draw(fit.model, 10, 30, conditions);
      for (const index of [39, 10, 25]) {
        expect(patient(draw(fit.model, index, 1, conditions), 0)).toEqual(patient(batch, index - 10));
      }
    }
  });

  it("draws other patients for another seed, and at indices beyond 32 bits", () => {
    const expression = (cohortDrawn: Cohort) => patient(cohortDrawn, 0).expression;
    expect(expression(draw(fit.model, 0, 1))).not.toEqual(expression(draw(fit.model, 0, 1, {}, 6)));
    expect(expression(draw(fit.model, 0, 1))).not.toEqual(expression(draw(fit.model, 2 ** 32, 1)));
    expect(expression(draw(fit.model, 0, 1))).not.toEqual(expression(draw(fit.model, 0, 1, {}, 5 + 2 ** 32)));
  });

  it("gives the same patients after saving to bytes and loading", () => {
    const { family, tensors, description } = fit.model.save();
    const bytes = encodeSafetensors({ tensors, metadata: { description: JSON.stringify(description) } });
    const decoded = decodeSafetensors(bytes);
    const loaded = loadModel({
      family,
      tensors: decoded.tensors,
      description: JSON.parse(decoded.metadata["description"]!) as Record<string, unknown>,
    }) as FactorCopulaModel;
    const conditions = { metastasis: 1, survivalTimeDays: 300, event: 1 } as const;
    expect(draw(loaded, 3, 5, conditions)).toEqual(draw(fit.model, 3, 5, conditions));
  });

  it("labels its patients as simulated, with ids that say seed and index", () => {
    expect(sampled.simulated).toBe(true);
    expect(sampled.patientIds[17]).toBe("SYN-5-17");
    expect(draw(fit.model, 0, 0).patientIds).toEqual([]);
  });

  it("leaves nothing unknown, whatever was unknown in the cohort", () => {
    expect(cohort.mutations.values).toContain(UNKNOWN);
    expect(cohort.copyNumber.values).toContain(COPY_NUMBER_UNKNOWN);
    expect(sampled.mutations.values.every((code) => code === 0 || code === 1)).toBe(true);
    expect(sampled.copyNumber.values.every((code) => code >= -2 && code <= 2)).toBe(true);
    expect(sampled.expression.values.every((value) => value >= 0)).toBe(true);
    expect(sampled.clinical.necrosisPercent.every((value) => value >= 0 && value <= 100)).toBe(true);
    expect(sampled.clinical.male.every((code) => code === 0 || code === 1)).toBe(true);
  });

  it("keeps every gene's distribution, its zeros included", () => {
    for (let j = 0; j < 30; j++) {
      const distance = kolmogorovSmirnovDistance(geneValues(cohort, j).sort(), geneValues(sampled, j).sort());
      // 4,000 draws of the fitted curve: 1.63 / √4000 = 0.026 at 99 %, and the smoothing of 384 values.
      expect(distance, `gene ${j}`).toBeLessThan(0.05);
    }
    const zeros = (c: Cohort) => geneValues(c, 0).filter((value) => value === 0).length / geneValues(c, 0).length;
    expect(zeros(cohort)).toBeGreaterThan(0.1);
    expect(Math.abs(zeros(sampled) - zeros(cohort))).toBeLessThan(0.03);
  });

  it("keeps frequencies within the noise of 4,000 draws", () => {
    const share = (codes: Int8Array, width: number, column: number) => {
      const known = [...codes].filter((code, at) => at % width === column && code !== UNKNOWN);
      return known.filter((code) => code === 1).length / known.length;
    };
    for (const [real, synthetic] of [
      [share(cohort.mutations.values, 2, 0), share(sampled.mutations.values, 2, 0)],
      [share(cohort.mutations.values, 2, 1), share(sampled.mutations.values, 2, 1)],
      [share(cohort.clinical.metastasis, 1, 0), share(sampled.clinical.metastasis, 1, 0)],
      [share(cohort.clinical.male, 1, 0), share(sampled.clinical.male, 1, 0)],
    ] as const) {
      // Five standard errors of 4,000 draws, and the prior's half patient.
      expect(Math.abs(real - synthetic)).toBeLessThan(5 * Math.sqrt((real * (1 - real)) / 4000) + 0.5 / 380);
    }
    for (const code of [-2, -1, 0, 1, 2]) {
      const levels = (c: Cohort) => [...c.copyNumber.values].filter((value, at) => at % 2 === 0 && value >= -2);
      const [real, synthetic] = [levels(cohort), levels(sampled)].map(
        (values) => values.filter((value) => value === code).length / values.length,
      ) as [number, number];
      expect(Math.abs(real - synthetic)).toBeLessThan(5 * Math.sqrt((real * (1 - real)) / 4000) + 0.5 / 380);
    }
  });

  it("keeps the correlation of genes that share a factor, and of those that do not", () => {
    const correlation = (c: Cohort, a: number, b: number) => {
      const width = c.expression.genes.length;
      const column = (j: number) => c.patientIds.map((_, i) => c.expression.values[i * width + j]!);
      return pearsonCorrelation(column(a), column(b))!;
    };
    for (const [a, b] of [
      [3, 6],
      [4, 28],
      [5, 11],
    ] as const) {
      expect(Math.abs(correlation(sampled, a, b) - plantedGeneCorrelation)).toBeLessThan(0.1);
    }
    expect(Math.abs(correlation(sampled, 4, 5))).toBeLessThan(0.12);
    expect(Math.abs(correlation(sampled, 3, 8))).toBeLessThan(0.12);
  });

  it("keeps metastasis' effect on expression, and the copy number's on its gene", () => {
    const of = (c: Cohort) => {
      const width = c.expression.genes.length;
      const column = (j: number) => c.patientIds.map((_, i) => c.expression.values[i * width + j]!);
      const metastasis = Array.from(c.clinical.metastasis, (code) => (code === UNKNOWN ? NaN : code));
      const copies = c.patientIds.map((_, i) =>
        c.copyNumber.values[i * 2]! === COPY_NUMBER_UNKNOWN ? NaN : c.copyNumber.values[i * 2]!,
      );
      return [3, 9, 15]
        .map((j) => pearsonCorrelation(metastasis, column(j))!)
        .concat(pearsonCorrelation(copies, column(1))!);
    };
    const [real, synthetic] = [of(cohort), of(sampled)];
    real.forEach((value, k) => {
      expect(value).toBeGreaterThan(0.2);
      expect(synthetic[k]!).toBeGreaterThan(0.6 * value);
      expect(synthetic[k]!).toBeLessThan(1.3 * value);
    });
  });

  it("shifts expression when metastasis is asked for", () => {
    const mean = (c: Cohort, j: number) =>
      geneValues(c, j).reduce((sum, value) => sum + value, 0) / c.patientIds.length;
    const [metastatic, localised] = [1, 0].map((metastasis) =>
      draw(fit.model, 0, 2000, { metastasis: metastasis as 0 | 1 }),
    );
    expect(mean(metastatic!, 3) - mean(localised!, 3)).toBeGreaterThan(0.4);
    expect(Math.abs(mean(metastatic!, 4) - mean(localised!, 4))).toBeLessThan(0.25);
  });

  it("gives back the conditions it was asked for", () => {
    const { clinical } = draw(fit.model, 0, 50, { survivalTimeDays: 812, event: 0, ageYears: 13.37, metastasis: 1 });
    expect(new Set(clinical.survivalTimeDays)).toEqual(new Set([812]));
    expect(new Set(clinical.event)).toEqual(new Set([0]));
    expect(new Set(clinical.ageYears)).toEqual(new Set([13.37]));
    expect(new Set(clinical.metastasis)).toEqual(new Set([1]));
  });

  it("goes below zero for z-scores", () => {
    const scores = plantCohort({ patients: 80, unit: "z-score" });
    const { expression } = draw(fitFactorCopula(scores, { seed: 1 }).model, 0, 300);
    expect(expression.unit).toBe("z-score");
    expect(expression.values.filter((value) => value < 0).length / expression.values.length).toBeGreaterThan(0.4);
  });

  it("does without mutations, copy number and the optional clinical variables", () => {
    const whole = plantCohort({ patients: 60 });
    const bare: Cohort = {
      ...whole,
      mutations: { genes: [], values: new Int8Array(0) },
      copyNumber: { genes: [], values: new Int8Array(0) },
      clinical: {
        ...whole.clinical,
        male: new Int8Array(60).fill(UNKNOWN),
        necrosisPercent: new Float64Array(60).fill(NaN),
      },
    };
    const drawn = draw(fitFactorCopula(bare, { seed: 1 }).model, 0, 5);
    expect(drawn.mutations.genes).toEqual([]);
    expect(drawn.clinical.male.every((code) => code === UNKNOWN)).toBe(true);
    expect(drawn.clinical.necrosisPercent.every(Number.isNaN)).toBe(true);
    expect(drawn.expression.values.every(Number.isFinite)).toBe(true);
  });
});

describe("fitFactorCopula refuses", () => {
  const cohort = plantCohort({ patients: 60 });
  const fitWith = (change: Partial<Cohort>) => () => fitFactorCopula({ ...cohort, ...change }, { seed: 1 });

  it("too few patients", () => {
    expect(() => fitFactorCopula(plantCohort({ patients: 19 }), { seed: 1 })).toThrow(
      expect.objectContaining({ code: "generator.too-few-patients", parameters: { patients: 19, minimum: 20 } }),
    );
  });

  it.each([
    ["a known survival", { event: new Int8Array(60).fill(UNKNOWN) }],
    ["a known age", { ageYears: new Float64Array(60).fill(NaN) }],
    ["a known metastasis status", { metastasis: new Int8Array(60).fill(UNKNOWN) }],
  ])("a cohort without patients with %s", (what, change) => {
    const run = fitWith({ clinical: { ...cohort.clinical, ...change } });
    expect(run).toThrow(expect.objectContaining({ code: "generator.no-data" }));
    expect(run).toThrow(what);
  });

  it("a cohort without expression, or with a gene that hardly anybody has", () => {
    const values = new Float32Array(60 * 30).fill(NaN);
    expect(fitWith({ expression: { ...cohort.expression, values } })).toThrow(/measured expression/);
    expect(fitWith({ expression: { ...cohort.expression, genes: ["G0"], values: new Float32Array(60) } })).toThrow(
      /two genes/,
    );
    const holed = cohort.expression.values.map((value, at) => (at % 30 === 4 && at >= 9 * 30 ? NaN : value));
    expect(fitWith({ expression: { ...cohort.expression, values: holed } })).toThrow(
      /measured in 10 patients.*1 that are not/,
    );
  });

  it.each([
    ["folds", { folds: 1 }],
    ["folds", { folds: 31 }],
    ["folds", { folds: 2.5 }],
    ["largestRank", { largestRank: -1 }],
    ["sketchWidth", { sketchWidth: 1 }],
    ["clinicalShrinkage", { clinicalShrinkage: 0 }],
    ["genomicShrinkage", { genomicShrinkage: 0 }],
  ])("the option %s in %j", (option, options) => {
    expect(() => fitFactorCopula(cohort, { seed: 1, ...options })).toThrow(
      expect.objectContaining({ code: "generator.option", parameters: expect.objectContaining({ option }) as unknown }),
    );
  });

  it("to go on when it is stopped", () => {
    expect(() => fitFactorCopula(cohort, { seed: 1, signal: AbortSignal.abort(new Error("stop")) })).toThrow("stop");
  });
});

describe("loadModel refuses", () => {
  const saved = fitFactorCopula(plantCohort({ patients: 40 }), { seed: 1 }).model.save();

  it("a family it does not know", () => {
    for (const family of ["gan", "toString"]) {
      expect(() => loadModel({ ...saved, family } as unknown as SavedModel)).toThrow(
        expect.objectContaining({ code: "generator.unknown-family" }),
      );
    }
  });

  it.each(Object.keys(saved.tensors))("a model whose tensor %s is missing, of another type or another size", (name) => {
    const { [name]: tensor, ...others } = saved.tensors;
    const longer = new Float64Array(tensor!.data.length + 1);
    const variants = [
      others,
      { ...others, [name]: { shape: tensor!.shape, data: new Int8Array(tensor!.data.length) } },
      ...(name.endsWith("_knots_days") ? [] : [{ ...others, [name]: { shape: [longer.length], data: longer } }]),
    ];
    for (const tensors of variants) {
      expect(() => loadModel({ ...saved, tensors })).toThrow(
        expect.objectContaining({ code: "generator.malformed-model" }),
      );
    }
  });
});
