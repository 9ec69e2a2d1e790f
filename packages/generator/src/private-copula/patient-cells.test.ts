import { COPY_NUMBER_UNKNOWN, selectPatients, UNKNOWN } from "@osteon/cohort";
import { describe, expect, it } from "vitest";
import { plantCohort } from "../testing/planted-cohort.ts";
import { cellVariablesOf, countPatients, followUpCell } from "./patient-cells.ts";
import { planPrivacy } from "./privacy-plan.ts";
import { ageEdges, cellOfValue, expressionEdges } from "./public-ranges.ts";

const clinical = ["survival", "age", "metastasis", "male", "necrosis"] as const;
const count = (cohort: ReturnType<typeof plantCohort>) =>
  countPatients(cellVariablesOf(cohort, clinical), cohort.patientIds.length);

describe("the patients' cells", () => {
  it("holds each patient once in each variable that is known of him, and not at all in others", () => {
    const cohort = plantCohort({ patients: 60, missing: 0.2 });
    const { mutations, copyNumber, expression } = cohort;
    const known = [
      60,
      60,
      cohort.clinical.metastasis.filter((code) => code !== UNKNOWN).length,
      cohort.clinical.male.filter((code) => code !== UNKNOWN).length,
      cohort.clinical.necrosisPercent.filter((value) => !Number.isNaN(value)).length,
      ...[0, 1].map((j) => mutations.values.filter((code, at) => at % 2 === j && code !== UNKNOWN).length),
      ...[0, 1].map((j) => copyNumber.values.filter((code, at) => at % 2 === j && code !== COPY_NUMBER_UNKNOWN).length),
      ...expression.genes.map(
        (_, j) => expression.values.filter((value, at) => at % 30 === j && !Number.isNaN(value)).length,
      ),
    ];
    expect(count(cohort).map((cells) => cells.reduce((sum, value) => sum + value, 0))).toEqual(known);
  });

  it("moves by no more than the sensitivity when any one patient is another", () => {
    const cohort = plantCohort({ patients: 40, genes: 6, missing: 0.1 });
    const variables = cellVariablesOf(cohort, clinical).length;
    const { cells } = planPrivacy({ patients: 30, variables, epsilon: 1, delta: 1e-6 });
    const rows = Array.from({ length: 30 }, (_, i) => i);
    const before = count(selectPatients(cohort, rows));
    for (let other = 30; other < 40; other++) {
      const after = count(selectPatients(cohort, [...rows.slice(0, 29), other]));
      let square = 0;
      before.forEach((values, v) => values.forEach((value, k) => (square += (value - after[v]![k]!) ** 2)));
      expect(Math.sqrt(square)).toBeLessThanOrEqual(cells.sensitivity);
    }
  });

  it("sorts values by edges that are known beforehand, those outside into the outer cells", () => {
    expect([-3, 0, 2.5, 2.6, 90, 1e9, Infinity].map((age) => cellOfValue(ageEdges, age))).toEqual([
      0,
      0,
      0,
      1,
      ageEdges.length - 2,
      ageEdges.length - 2,
      ageEdges.length - 2,
    ]);
    const tpm = expressionEdges["log2(TPM+1)"];
    expect([0, 0.01, 0.5, 0.51].map((value) => cellOfValue(tpm, value))).toEqual([0, 1, 1, 2]);
    expect([followUpCell(0, 1), followUpCell(182, 0), followUpCell(183, 1), followUpCell(1e6, 0)]).toEqual([
      1, 0, 3, 20,
    ]);
  });
});
