import { COPY_NUMBER_UNKNOWN, UNKNOWN, type Cohort, type ExpressionUnit } from "@osteon/cohort";
import { describe, expect, it } from "vitest";
import { applyFeatures } from "./apply-features.ts";
import { driverCopyNumberGenes, driverMutationGenes } from "./driver-genes.ts";
import type { FeatureState } from "./feature-state.ts";
import { fitFeatures } from "./fit-features.ts";

type Columns = Readonly<Record<string, readonly number[]>>;

function table<T extends Int8Array | Float32Array>(columns: Columns, make: (size: number) => T) {
  const genes = Object.keys(columns);
  const rows = Object.values(columns)[0]?.length ?? 0;
  const values = make(rows * genes.length);
  genes.forEach((gene, j) => columns[gene]!.forEach((value, i) => (values[i * genes.length + j] = value)));
  return { genes, values };
}

function cohortOf(
  count: number,
  parts: { mutations?: Columns; copyNumber?: Columns; expression?: Columns; unit?: ExpressionUnit },
): Cohort {
  const unknown = () => new Int8Array(count).fill(UNKNOWN);
  return {
    patientIds: Array.from({ length: count }, (_, i) => `P${i}`),
    clinical: {
      survivalTimeDays: new Float64Array(count).fill(100),
      event: unknown(),
      ageYears: new Float64Array(count).fill(15),
      metastasis: unknown(),
      male: unknown(),
      necrosisPercent: new Float64Array(count).fill(Number.NaN),
    },
    mutations: table(parts.mutations ?? {}, (size) => new Int8Array(size)),
    copyNumber: table(parts.copyNumber ?? {}, (size) => new Int8Array(size)),
    expression: {
      ...table(parts.expression ?? {}, (size) => new Float32Array(size)),
      unit: parts.unit ?? "log2(TPM+1)",
    },
    simulated: true,
  };
}

const noDrivers = { driverMutationGenes: [], driverCopyNumberGenes: [] };
const nan = Number.NaN;

describe("fitFeatures", () => {
  const mutations = { TTN: [1, 1, 1, 0, -1], MUC16: [1, 1, 0, 0, -1], TP53: [1, 0, 0, 0, -1] };

  it("keeps genes mutated in enough patients, and drivers, also ones that nobody carries", () => {
    const state = fitFeatures(cohortOf(5, { mutations }), { driverMutationGenes: ["TP53", "RB1"] });
    expect(state.mutationGenes).toEqual(["RB1", "TP53", "TTN"]);
    expect(state.excludedMutationGenes).toBe(1);
    expect(fitFeatures(cohortOf(5, { mutations })).mutationGenes).toEqual(
      [...driverMutationGenes, "TTN"].toSorted((a, b) => (a < b ? -1 : 1)),
    );
    expect(fitFeatures(cohortOf(5, { mutations }), { ...noDrivers, minimumMutatedPatients: 2 }).mutationGenes).toEqual([
      "MUC16",
      "TTN",
    ]);
  });

  it("adds no driver where nobody was sequenced", () => {
    const state = fitFeatures(cohortOf(2, { mutations: { TP53: [-1, -1] }, copyNumber: { MYC: [0, 2] } }));
    expect(state.mutationGenes).toEqual([]);
  });

  it("keeps the copy-number drivers that are measured", () => {
    const state = fitFeatures(cohortOf(2, { copyNumber: { WASH7P: [0, 1], RB1: [-1, 0], MYC: [1, 2] } }));
    expect(state.copyNumberGenes).toEqual(["MYC", "RB1"]);
    expect(driverCopyNumberGenes).toContain("CCNE1");
  });

  it("filters expression by missingness and constancy and keeps the most variable genes", () => {
    const expression = {
      FLAT: [2, 2, 2, 2, 2],
      RARE: [1, nan, nan, 5, 9],
      EDGE: [1, 2, nan, 3, 4],
      WIDE: [0, 10, 0, 10, 5],
      TIE_B: [1, 2, 1, 2, 1],
      TIE_A: [2, 1, 2, 1, 2],
    };
    const all = fitFeatures(cohortOf(5, { expression }));
    expect(all.expressionGenes).toEqual(["EDGE", "TIE_A", "TIE_B", "WIDE"]);
    expect(all.excludedExpressionGenes).toEqual({ tooFewMeasured: 1, constant: 1, overMaximum: 0 });
    const few = fitFeatures(cohortOf(5, { expression }), { maximumExpressionGenes: 3 });
    expect(few.expressionGenes).toEqual(["EDGE", "TIE_A", "WIDE"]);
    expect(few.excludedExpressionGenes.overMaximum).toBe(1);
  });

  it("prefers the most measured genes among z-scores, whose variances say nothing", () => {
    const expression = { C: [9, -9, 9, -9, nan], B: [1, -1, 0, 0, 1], A: [1, -1, 0, 1, nan] };
    const state = fitFeatures(cohortOf(5, { expression, unit: "z-score" }), { maximumExpressionGenes: 2 });
    expect(state.expressionGenes).toEqual(["A", "B"]);
    expect(state.expressionUnit).toBe("z-score");
  });

  it("does not depend on the order of genes and survives JSON", () => {
    const one = fitFeatures(cohortOf(5, { mutations, expression: { A: [1, 2, 3, 4, 5], B: [5, 4, 3, 2, 2] } }));
    const { TTN, MUC16, TP53 } = mutations;
    const other = fitFeatures(
      cohortOf(5, { mutations: { TP53, TTN, MUC16 }, expression: { B: [5, 4, 3, 2, 2], A: [1, 2, 3, 4, 5] } }),
    );
    expect(other).toEqual(one);
    expect(JSON.parse(JSON.stringify(one))).toEqual(one);
    expect(JSON.stringify(one)).not.toContain("P0");
  });

  it("refuses wrong options, a cohort of nobody and matrices that leave nothing", () => {
    const cohort = cohortOf(2, { expression: { A: [1, 2] } });
    expect(() => fitFeatures(cohort, { minimumMutatedPatients: 0 })).toThrow(/minimumMutatedPatients is 0/);
    expect(() => fitFeatures(cohort, { maximumExpressionGenes: 1.5 })).toThrow(/whole number/);
    expect(() => fitFeatures(cohort, { minimumMeasuredShare: 1.2 })).toThrow(/at most 1/);
    expect(() => fitFeatures(cohortOf(0, {}))).toThrow(/no patients/);
    expect(() => fitFeatures(cohortOf(2, {}))).toThrow(/No gene is left/);
    expect(() => fitFeatures(cohortOf(2, { expression: { A: [1, 1], B: [nan, nan] } }))).toThrow(
      /None of the 2 expression genes is left: 1 are measured in under 80 %.* 1 have one value/,
    );
  });
});

describe("applyFeatures", () => {
  const state: FeatureState = {
    formatVersion: 1,
    mutationGenes: ["RB1", "TP53"],
    copyNumberGenes: ["MYC", "RB1"],
    expressionGenes: ["A", "Z"],
    expressionUnit: "log2(TPM+1)",
    excludedExpressionGenes: { tooFewMeasured: 0, constant: 0, overMaximum: 0 },
    excludedMutationGenes: 0,
  };

  it("takes the chosen genes in order, and keeps what is not known unknown", () => {
    const cohort = cohortOf(2, {
      mutations: { TTN: [0, -1], TP53: [1, -1] },
      copyNumber: { CCNE1: [1, 1], RB1: [-1, COPY_NUMBER_UNKNOWN] },
      expression: { Z: [1.5, nan], B: [0, 0] },
    });
    const chosen = applyFeatures(state, cohort);
    expect(chosen.patientIds).toBe(cohort.patientIds);
    expect(chosen.mutations).toEqual({ genes: ["RB1", "TP53"], values: Int8Array.from([0, 1, -1, -1]) });
    expect([...chosen.copyNumber.values]).toEqual([-128, -1, -128, -128]);
    expect([...chosen.expression.values]).toEqual([nan, 1.5, nan, nan]);
  });

  it("is idempotent", () => {
    const cohort = cohortOf(3, {
      mutations: { TP53: [1, 0, -1] },
      copyNumber: { MYC: [2, 0, 1] },
      expression: { Z: [1, 2, 3], A: [3, 2, 2] },
    });
    const fitted = fitFeatures(cohort);
    const once = applyFeatures(fitted, cohort);
    expect(applyFeatures(fitted, once)).toEqual(once);
  });

  it("refuses another unit and a cohort of other genes", () => {
    const other = cohortOf(2, { copyNumber: { MYC: [0, 1] }, expression: { Z: [1, 2] }, unit: "z-score" });
    expect(() => applyFeatures(state, other)).toThrow(/is in z-score, the features were chosen in log2\(TPM\+1\)/);
    const strangers = cohortOf(2, { copyNumber: { MYC: [0, 1] }, expression: { ENSG1: [1, 2] } });
    expect(() => applyFeatures(state, strangers)).toThrow(/none of the 2 expression genes/);
  });
});
