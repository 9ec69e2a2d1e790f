import type { Cohort } from "@osteon/cohort";
import { describe, expect, it } from "vitest";
import { countQuasiIdentifierCells } from "./quasi-identifier-cells.ts";

/** Ages by number of patients. */
function cohortOf(ages: readonly (readonly [ageYears: number, patients: number])[]): Cohort {
  const ageYears = Float64Array.from(ages.flatMap(([age, patients]) => Array<number>(patients).fill(age)));
  const n = ageYears.length;
  return {
    patientIds: Array.from({ length: n }, (_, i) => `P-${i}`),
    clinical: {
      survivalTimeDays: new Float64Array(n).fill(100),
      event: new Int8Array(n),
      ageYears,
      metastasis: new Int8Array(n),
      male: new Int8Array(n),
      necrosisPercent: new Float64Array(n),
    },
    mutations: { genes: [], values: new Int8Array(0) },
    copyNumber: { genes: [], values: new Int8Array(0) },
    expression: { genes: [], unit: "log2(TPM+1)", values: new Float32Array(0) },
    simulated: false,
  };
}

describe("countQuasiIdentifierCells", () => {
  it("tells the smallest group and who is in small ones, by how ages are kept", () => {
    const [kept, years, fives, codes] = countQuasiIdentifierCells(
      cohortOf([
        [12.1, 4],
        [12.6, 4],
        [13, 6],
        [17, 5],
      ]),
    );
    expect(kept).toMatchObject({ cells: 4, smallestCell: null, patientsInSmallCells: 8 });
    expect(years).toMatchObject({ cells: 3, smallestCell: 5, patientsInSmallCells: 0 });
    expect(fives).toMatchObject({ cells: 2, smallestCell: 5 });
    expect(codes).toMatchObject({ variables: ["SEX", "METASTATIC_AT_DIAGNOSIS"], cells: 1, smallestCell: 19 });
  });

  it("tells no count of one to four", () => {
    for (const patients of [1, 2, 3, 4]) {
      const [kept] = countQuasiIdentifierCells(
        cohortOf([
          [9, patients],
          [12, 9],
        ]),
      );
      expect(kept).toMatchObject({ cells: 2, smallestCell: null, patientsInSmallCells: null });
    }
  });

  it("counts the unknown as a value, and batches where there are any", () => {
    const cohort = cohortOf([
      [Number.NaN, 5],
      [12, 5],
    ]);
    expect(countQuasiIdentifierCells(cohort)[0]).toMatchObject({ cells: 2, smallestCell: 5 });
    const batched = { ...cohort, batch: Int16Array.from([0, 0, 0, 0, 0, 0, 0, 0, -1, -1]) };
    expect(countQuasiIdentifierCells(batched).at(-1)).toMatchObject({ cells: 2, patientsInSmallCells: null });
  });
});
