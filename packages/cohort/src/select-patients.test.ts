import { describe, expect, it } from "vitest";
import { assertCohortShape } from "./assert-shape.ts";
import type { Cohort } from "./cohort.ts";
import { completePatients, hasPart } from "./complete-patients.ts";
import { selectPatients, selectPatientsById } from "./select-patients.ts";
import { summariseCohort } from "./summarise.ts";

const cohort: Cohort = {
  patientIds: ["a", "b", "c"],
  clinical: {
    survivalTimeDays: Float64Array.of(0, NaN, 300),
    event: Int8Array.of(1, 0, 0),
    ageYears: Float64Array.of(12, 13, NaN),
    metastasis: Int8Array.of(0, -1, 1),
    male: Int8Array.of(1, 0, -1),
    necrosisPercent: Float64Array.of(90, NaN, 10),
  },
  mutations: { genes: ["TP53", "RB1"], values: Int8Array.of(0, 0, -1, -1, 1, 0) },
  copyNumber: { genes: ["MYC"], values: Int8Array.of(2, -128, 0) },
  expression: { genes: ["MYC", "VIM"], unit: "log2(TPM+1)", values: Float32Array.of(1, 2, 3, NaN, NaN, NaN) },
  simulated: false,
};

it("takes whole patients in the order asked", () => {
  const chosen = selectPatients(cohort, [2, 0]);
  expect(chosen.patientIds).toEqual(["c", "a"]);
  expect(chosen.clinical.survivalTimeDays).toEqual(Float64Array.of(300, 0));
  expect(chosen.clinical.male).toEqual(Int8Array.of(-1, 1));
  expect(chosen.mutations.values).toEqual(Int8Array.of(1, 0, 0, 0));
  expect(chosen.copyNumber.values).toEqual(Int8Array.of(0, 2));
  expect(chosen.expression.values).toEqual(Float32Array.of(NaN, NaN, 1, 2));
  expect(chosen.simulated).toBe(false);
  expect(selectPatientsById(cohort, ["c", "a", "c"])).toEqual(chosen);
  expect(selectPatients(cohort, []).patientIds).toEqual([]);
});

it("refuses rows and ids that are not there, without naming the ids", () => {
  expect(() => selectPatients(cohort, [0, 3])).toThrow("1 of the rows");
  expect(() => selectPatients(cohort, [0, 0])).toThrow("1 of the rows");
  expect(() => selectPatients(cohort, [0.5, -1])).toThrow("2 of the rows");
  expect(() => selectPatientsById(cohort, ["a", "secret"])).toThrow(/^1 of the patients asked for(?!.*secret)/);
});

it("tells who has what; unsequenced is not wild type, and day 0 is a time", () => {
  expect(completePatients(cohort, [])).toEqual([0, 1, 2]);
  expect(completePatients(cohort, ["survival"])).toEqual([0, 2]);
  expect(completePatients(cohort, ["age"])).toEqual([0, 1]);
  expect(completePatients(cohort, ["metastasis"])).toEqual([0, 2]);
  expect(completePatients(cohort, ["mutations"])).toEqual([0, 2]);
  expect(completePatients(cohort, ["copyNumber"])).toEqual([0, 2]);
  expect(completePatients(cohort, ["expression"])).toEqual([0, 1]);
  expect(completePatients(cohort, ["survival", "expression"])).toEqual([0]);
  expect(hasPart({ ...cohort, copyNumber: { genes: [], values: new Int8Array() } }, "copyNumber", 0)).toBe(false);
});

it("counts", () => {
  expect(summariseCohort(cohort)).toEqual({
    simulated: false,
    patients: 3,
    deaths: 1,
    censored: 1,
    survivalUnknown: 1,
    metastatic: 1,
    notMetastatic: 1,
    metastasisUnknown: 1,
    ageKnown: 2,
    sequenced: 2,
    withCopyNumber: 2,
    withExpression: 2,
    complete: 1,
    mutationGenes: 2,
    copyNumberGenes: 1,
    expressionGenes: 2,
    expressionUnit: "log2(TPM+1)",
  });
});

describe("shape", () => {
  const { clinical, mutations, copyNumber, expression } = cohort;
  it.each<[string, Partial<Cohort>]>([
    ["The distinct patient id table has 2 values where 3 belong", { patientIds: ["a", "b", "a"] }],
    ["The age table has 1 values where 3 belong", { clinical: { ...clinical, ageYears: Float64Array.of(1) } }],
    ["The event table has 1 values that are not", { clinical: { ...clinical, event: Int8Array.of(0, 1, 2) } }],
    ["The distinct mutation gene table has 1", { mutations: { ...mutations, genes: ["TP53", "TP53"] } }],
    ["The mutation table has 5 values where 6", { mutations: { ...mutations, values: new Int8Array(5) } }],
    ["The copy-number table has 1 values that", { copyNumber: { ...copyNumber, values: Int8Array.of(3, 2, -128) } }],
    ["The expression table has 6 values where 9", { expression: { ...expression, genes: ["A", "B", "C"] } }],
  ])("%s", (message, change) => {
    expect(() => assertCohortShape(cohort)).not.toThrow();
    expect(() => assertCohortShape({ ...cohort, ...change })).toThrow(message);
  });
});
