import { expect, it } from "vitest";
import { assertCohortShape } from "./assert-shape.ts";
import type { Cohort } from "./cohort.ts";
import { simulateDemonstrationCohort } from "./demonstration/index.ts";
import { decodeCohort, digestCohort, encodeCohort } from "./encode.ts";
import { selectPatients } from "./select-patients.ts";

const { cohort } = simulateDemonstrationCohort({ patients: 4, genes: 3 });
const labelled: Cohort = { ...cohort, batch: Int16Array.of(0, 1, -1, 300) };

it("a batch is stored, read again and follows its patients", async () => {
  expect(decodeCohort(encodeCohort(labelled), "c").batch).toEqual(labelled.batch);
  expect(selectPatients(labelled, [3, 0]).batch).toEqual(Int16Array.of(300, 0));
  expect(await digestCohort(labelled)).not.toBe(await digestCohort(cohort));
});

it("a cohort without one stays without", () => {
  expect("batch" in decodeCohort(encodeCohort(cohort), "c")).toBe(false);
  expect("batch" in selectPatients(cohort, [1])).toBe(false);
});

it("another number of batches than of patients is refused, and a code that is none", () => {
  expect(() => assertCohortShape({ ...cohort, batch: Int16Array.of(0) })).toThrow("The batch table has 1 values");
  expect(() => assertCohortShape({ ...cohort, batch: Int16Array.of(0, 0, 0, -2) })).toThrow("−1 or more");
});
