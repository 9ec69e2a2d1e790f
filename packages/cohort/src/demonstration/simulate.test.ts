import { pearsonCorrelation } from "@osteon/numerics";
import { estimateKaplanMeier, fitCoxModel, readSurvivalAt } from "@osteon/survival";
import { describe, expect, it } from "vitest";
import { assertCohortShape } from "../assert-shape.ts";
import { completePatients } from "../complete-patients.ts";
import { demonstrationPathways } from "./pathways.ts";
import { simulateDemonstrationCohort } from "./simulate.ts";
import { latentCorrelation } from "./truth.ts";

/** Standard errors allowed; about 150 frequencies are compared, so 3 would fail now and then. */
const bound = 4.5;

function expectFrequency(hits: number, patients: number, truth: number): void {
  const error = Math.sqrt((truth * (1 - truth)) / patients);
  expect(Math.abs(hits / patients - truth)).toBeLessThan(bound * error);
}

function columnOf(values: ArrayLike<number>, width: number, column: number): number[] {
  return Array.from({ length: values.length / width }, (_, i) => values[i * width + column]!);
}

describe("the default cohort", () => {
  const { cohort, truth } = simulateDemonstrationCohort();

  it("is labelled, well formed and of realistic values", () => {
    expect(cohort.simulated).toBe(true);
    expect(cohort.patientIds).toHaveLength(120);
    expect([cohort.patientIds[0], cohort.patientIds[119]]).toEqual(["DEMO-0001", "DEMO-0120"]);
    expect(cohort.expression.genes).toHaveLength(600);
    expect(cohort.expression.unit).toBe("log2(TPM+1)");
    expect(() => assertCohortShape(cohort)).not.toThrow();
    expect(Math.min(...cohort.clinical.ageYears)).toBeGreaterThan(3);
    expect(Math.max(...cohort.clinical.ageYears)).toBeLessThan(35);
    expect(Math.min(...cohort.clinical.survivalTimeDays)).toBeGreaterThanOrEqual(1);
    const known = cohort.expression.values.filter((value) => !Number.isNaN(value));
    expect(known.reduce((a, b) => Math.min(a, b), Infinity)).toBe(0);
    expect(known.reduce((a, b) => Math.max(a, b), 0)).toBeLessThan(17);
  });

  it("misses values as real studies do, and still has 100 patients with everything", () => {
    const everything = ["survival", "age", "metastasis", "mutations", "copyNumber", "expression"] as const;
    const complete = completePatients(cohort, everything).length;
    expect(complete).toBeGreaterThanOrEqual(100);
    expect(complete).toBeLessThan(120);
    const width = cohort.expression.genes.length;
    const measured = completePatients(cohort, ["expression"]);
    const missing = cohort.expression.genes.map(
      (_, j) => measured.filter((i) => Number.isNaN(cohort.expression.values[i * width + j])).length / measured.length,
    );
    expect(missing.filter((share) => share === 0).length).toBeGreaterThan(500);
    expect(missing.some((share) => share > 0 && share < 0.2)).toBe(true);
    expect(missing.some((share) => share > 0.2)).toBe(true);
    expect(cohort.clinical.necrosisPercent.some((value) => Number.isNaN(value))).toBe(true);
  });

  it("holds at least ten genes of every pathway, none of them in two", () => {
    expect(Object.keys(truth.pathways)).toHaveLength(12);
    for (const genes of Object.values(truth.pathways)) expect(genes.length).toBeGreaterThanOrEqual(10);
    const all = Object.values(demonstrationPathways).flat();
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("addressing", () => {
  it("gives the same cohort for the same seed and another for another", () => {
    const first = simulateDemonstrationCohort({ seed: 7 }).cohort;
    expect(simulateDemonstrationCohort({ seed: 7 }).cohort).toEqual(first);
    expect(simulateDemonstrationCohort({ seed: 8 }).cohort.clinical).not.toEqual(first.clinical);
  });

  it("gives the same first patients in a larger cohort", () => {
    const few = simulateDemonstrationCohort({ patients: 50, genes: 40 }).cohort;
    const many = simulateDemonstrationCohort({ patients: 120, genes: 40 }).cohort;
    expect(few.patientIds).toEqual(many.patientIds.slice(0, 50));
    expect(few.clinical.survivalTimeDays).toEqual(many.clinical.survivalTimeDays.slice(0, 50));
    expect(few.clinical.metastasis).toEqual(many.clinical.metastasis.slice(0, 50));
    expect(few.clinical.necrosisPercent).toEqual(many.clinical.necrosisPercent.slice(0, 50));
    for (const table of ["mutations", "copyNumber", "expression"] as const) {
      expect(few[table].values).toEqual(many[table].values.slice(0, few[table].values.length));
    }
  });

  it("gives the same first genes in a wider cohort, up to whole transcriptomes", () => {
    const narrow = simulateDemonstrationCohort({ patients: 3, genes: 200 }).cohort.expression;
    const wide = simulateDemonstrationCohort({ patients: 3, genes: 20_000 }).cohort.expression;
    expect(wide.genes).toHaveLength(20_000);
    expect(new Set(wide.genes).size).toBe(20_000);
    expect(wide.genes.slice(0, 200)).toEqual(narrow.genes);
    for (let i = 0; i < 3; i++) {
      expect(wide.values.slice(i * 20_000, i * 20_000 + 200)).toEqual(narrow.values.slice(i * 200, (i + 1) * 200));
    }
  });
});

describe("frequencies of 20,000 patients lie within binomial noise of the truth", () => {
  const { cohort, truth } = simulateDemonstrationCohort({ patients: 20_000, genes: 0, seed: 3 });

  it("mutations, among the sequenced", () => {
    const { genes, values } = cohort.mutations;
    const sequenced = completePatients(cohort, ["mutations"]).length;
    expectFrequency(20_000 - sequenced, 20_000, truth.missingFractions.mutations);
    genes.forEach((gene, j) => {
      const mutated = columnOf(values, genes.length, j).filter((code) => code === 1).length;
      expectFrequency(mutated, sequenced, truth.mutationFrequencies[gene]!);
    });
  });

  it("copy-number levels, among the measured", () => {
    const { genes, values } = cohort.copyNumber;
    const measured = completePatients(cohort, ["copyNumber"]).length;
    genes.forEach((gene, j) => {
      const column = columnOf(values, genes.length, j);
      const probabilities = truth.copyNumberProbabilities[gene]!;
      expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      probabilities.forEach((probability, level) => {
        expectFrequency(column.filter((code) => code === level - 2).length, measured, probability);
      });
    });
  });

  it("metastasis, among those known", () => {
    const { metastasis } = cohort.clinical;
    const known = metastasis.filter((code) => code !== -1);
    expectFrequency(20_000 - known.length, 20_000, truth.missingFractions.metastasis);
    expectFrequency(known.filter((code) => code === 1).length, known.length, truth.metastasisFrequency);
  });

  it("TP53 mutation and MDM2 amplification exclude each other", () => {
    const tp53 = columnOf(cohort.mutations.values, cohort.mutations.genes.length, 0);
    const mdm2Column = cohort.copyNumber.genes.indexOf("MDM2");
    const mdm2 = columnOf(cohort.copyNumber.values, cohort.copyNumber.genes.length, mdm2Column);
    const both = tp53.filter((code, i) => code === 1 && mdm2[i] === 2).length;
    expect(both).toBeLessThan(0.15 * 20_000 * 0.37 * 0.06);
  });

  it("latent correlations", () => {
    const size = truth.latentNames.length;
    const columns = truth.latentNames.map((_, v) => columnOf(truth.latentValues, size, v));
    for (let a = 0; a < size; a++) {
      for (let b = Math.max(0, a - 12); b < a; b++) {
        const known = latentCorrelation(truth, truth.latentNames[a]!, truth.latentNames[b]!);
        const error = (1 - known * known) / Math.sqrt(20_000);
        expect(Math.abs(pearsonCorrelation(columns[a]!, columns[b]!)! - known)).toBeLessThan(bound * error);
      }
    }
  });
});

describe("survival", () => {
  const patients = 20_000;
  const { cohort, truth } = simulateDemonstrationCohort({ patients, genes: 0, seed: 4, complete: true });
  const { survivalTimeDays, event, ageYears, metastasis } = cohort.clinical;
  const size = truth.latentNames.length;
  const immune = columnOf(truth.latentValues, size, truth.latentNames.indexOf("pathway:immuneResponse"));

  it("a Cox model of 5,000 patients finds the conditional hazard ratios", () => {
    const covariates = Float64Array.from(
      Array.from({ length: 5000 }, (_, i) => [metastasis[i]!, ageYears[i]! / 10, immune[i]!]).flat(),
    );
    const fit = fitCoxModel(survivalTimeDays.slice(0, 5000), event.slice(0, 5000), covariates, 3);
    if (fit.status !== "converged") throw new Error(fit.status);
    const { metastasis: metastatic, ageTenYears, immuneResponse } = truth.conditionalHazardRatios;
    [metastatic, ageTenYears, immuneResponse].forEach((ratio, j) => {
      expect(Math.abs(fit.coefficients[j]! - Math.log(ratio))).toBeLessThan(3 * fit.standardErrors[j]!);
    });
    expect(fit.standardErrors[0]).toBeLessThan(0.07);
  });

  it("metastasis alone has the marginal hazard ratio", () => {
    const fit = fitCoxModel(survivalTimeDays, event, Float64Array.from(metastasis), 1);
    if (fit.status !== "converged") throw new Error(fit.status);
    const difference = fit.coefficients[0]! - Math.log(truth.marginalHazardRatios.metastasis);
    expect(Math.abs(difference)).toBeLessThan(3 * Math.hypot(fit.standardErrors[0]!, 0.004));
    expect(fit.standardErrors[0]).toBeLessThan(0.03);
  });

  it("three-year survival, and deaths in about a third", () => {
    const at = (code: number | undefined) => {
      const rows = [...metastasis.keys()].filter((i) => code === undefined || metastasis[i] === code);
      const times = Float64Array.from(rows, (i) => survivalTimeDays[i]!);
      const died = Int8Array.from(rows, (i) => event[i]!);
      return readSurvivalAt(estimateKaplanMeier(times, died), [1096])[0]!;
    };
    expect(Math.abs(at(undefined) - truth.threeYearSurvival.all)).toBeLessThan(0.012);
    expect(Math.abs(at(0) - truth.threeYearSurvival.localised)).toBeLessThan(0.012);
    expect(Math.abs(at(1) - truth.threeYearSurvival.metastatic)).toBeLessThan(0.025);
    expect(event.filter((code) => code === 1).length / patients).toBeCloseTo(0.32, 1);
  });
});

describe("expression", () => {
  const patients = 4000;
  const { cohort, truth } = simulateDemonstrationCohort({ patients, genes: 280, seed: 5, complete: true });
  const { genes, values } = cohort.expression;
  const geneColumn = (symbol: string) => columnOf(values, genes.length, genes.indexOf(symbol));

  it("has the latent correlations within and between pathways", () => {
    const symbols = ["CDKN1A", "BAX", "E2F1", "MKI67", "STAT1", "CXCL10", "VIM", "FN1", "KDR", "CA9"];
    for (const a of symbols) {
      for (const b of symbols) {
        if (a === b) continue;
        const known = latentCorrelation(truth, `expression:${a}`, `expression:${b}`);
        const seen = pearsonCorrelation(geneColumn(a), geneColumn(b))!;
        expect(Math.abs(seen - known)).toBeLessThan((bound * (1 - known * known)) / Math.sqrt(patients));
      }
    }
    expect(latentCorrelation(truth, "expression:CDKN1A", "expression:BAX")).toBeGreaterThan(0.25);
    expect(latentCorrelation(truth, "expression:STAT1", "mutation:SETD2")).toBe(0);
  });

  it("falls in the p53 pathway where TP53 is mutated", () => {
    const mutated = columnOf(cohort.mutations.values, cohort.mutations.genes.length, 0);
    for (const symbol of ["CDKN1A", "BAX", "SESN1"]) {
      const gene = truth.genes.find((known) => known.symbol === symbol)!;
      const expression = geneColumn(symbol);
      const mean = (code: number) => {
        const group = expression.filter((_, i) => mutated[i] === code);
        return group.reduce((a, b) => a + b, 0) / group.length;
      };
      expect(mean(1)).toBeLessThan(mean(0) - 0.3 * gene.deviation);
    }
  });

  it("rises with a gene's own copies", () => {
    for (const symbol of ["MYC", "RUNX2", "CCND3", "CDK4"]) {
      const column = cohort.copyNumber.genes.indexOf(symbol);
      const copies = columnOf(cohort.copyNumber.values, cohort.copyNumber.genes.length, column);
      expect(pearsonCorrelation(geneColumn(symbol), copies)).toBeGreaterThan(0.25);
    }
  });

  it("is silent in part of the patients for some genes", () => {
    const silent = truth.genes.filter((gene) => gene.silentBelow > -Infinity);
    const wide = simulateDemonstrationCohort({ patients: 200, genes: 400, complete: true });
    const some = wide.truth.genes.filter((gene) => gene.silentBelow > -Infinity);
    expect(some.length).toBeGreaterThan(Math.max(2, silent.length));
    for (const { symbol } of some) {
      const column = columnOf(wide.cohort.expression.values, 400, wide.cohort.expression.genes.indexOf(symbol));
      const zeros = column.filter((value) => value === 0).length;
      expect(zeros).toBeGreaterThan(10);
      expect(zeros).toBeLessThan(190);
    }
  });
});

it("refuses options out of range by name", () => {
  expect(() => simulateDemonstrationCohort({ patients: 0 })).toThrow("option patients");
  expect(() => simulateDemonstrationCohort({ patients: 1.5 })).toThrow("option patients");
  expect(() => simulateDemonstrationCohort({ seed: -1 })).toThrow("option seed");
  expect(() => simulateDemonstrationCohort({ genes: NaN })).toThrow("option genes");
  const { truth } = simulateDemonstrationCohort({ patients: 1, genes: 0 });
  expect(() => latentCorrelation(truth, "mutation:TP53", "expression:NOSUCH")).toThrow("expression:NOSUCH");
});
