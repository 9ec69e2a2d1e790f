import { deidentifyCohort } from "@osteon/deidentification";
import { expect, it } from "vitest";
import { readCbioportalStudy } from "./read-cbioportal-study.ts";
import { smallStudy, tsv, withStudy } from "./study-fixture.ts";

const patients = Array.from({ length: 13 }, (_, i) => `S${i + 1}`);
const labelOf = (i: number) => (i < 5 ? "Kanarien Hospital" : i < 11 ? " kanarien  CLINIC" : i < 12 ? "Lone" : "NA");
const study = {
  ...smallStudy,
  "data_clinical_patient.txt": tsv(
    ["PATIENT_ID", "AGE", "OS_STATUS", "OS_MONTHS", "METASTATIC_AT_DIAGNOSIS"],
    ...patients.map((id) => [id, "12", "0:LIVING", "10", "No"]),
  ),
  "data_clinical_sample.txt": tsv(
    ["PATIENT_ID", "SAMPLE_ID", "EXOME_SEQUENCED", "Sequencing Center"],
    ...patients.map((id, i) => [id, `${id}-01`, "1", labelOf(i)]),
  ),
};

it("labels of batches become codes, and nothing of a label passes", async () => {
  const extract = await withStudy(study, (directory) => readCbioportalStudy(directory));
  expect([...extract.cohort.batch!]).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, -1, -1]);
  expect(extract.notes).toContainEqual(expect.stringMatching(/^1 patients are of batches too small/));
  const { cohort, record } = await deidentifyCohort(extract, { key: new Uint8Array(32), release: "r" });
  const sorted = (batch: Int16Array) => [...batch].sort((a, b) => a - b);
  expect(sorted(cohort.batch!)).toEqual(sorted(extract.cohort.batch!));
  expect(record.taken).toContainEqual({ table: "clinical-sample", column: "BATCH", role: "quasi-identifier" });
  expect(record.changed).toContainEqual(expect.objectContaining({ column: "BATCH", count: 11 }));
  const everything = JSON.stringify([extract.columns, extract.notes, extract.findings, extract.refusals, record]);
  expect(everything).not.toMatch(/kanarien|lone/i);
});

it("a study without labels has no batches, nor one whose labels are to be removed", async () => {
  expect((await withStudy(smallStudy, (d) => readCbioportalStudy(d))).cohort.batch).toBeUndefined();
  const removed = await withStudy(study, (d) => readCbioportalStudy(d, { fieldsToRemove: ["BATCH"] }));
  expect(removed.cohort.batch).toBeUndefined();
});
