import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSyntheticCohort } from "./read-synthetic-cohort.ts";
import { writeSyntheticCohort } from "./write-synthetic-cohort.ts";

const { cohort } = simulateDemonstrationCohort({ patients: 12, genes: 60, seed: 6 });
const provenance = { modelVersion: "0123456789abcdef", profile: { age: 15 } };
const pathways = { names: [], values: new Float32Array() };

let folder: string;
beforeEach(async () => {
  folder = join(mkdtempSync(join(tmpdir(), "osteon-export-")), "patients");
  await writeSyntheticCohort(folder, [{ cohort, pathways }], { provenance });
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

it("what was written is read again, numbers to four decimals", async () => {
  const read = await readSyntheticCohort(folder);
  expect(read).toMatchObject({ modelVersion: "0123456789abcdef", conditions: ["age"] });
  const worst = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Array.from(a).reduce((most, value, k) => Math.max(most, Object.is(value, b[k]) ? 0 : Math.abs(value - b[k]!)), 0);
  const tables = ({ clinical, expression, mutations, copyNumber }: Cohort) => [
    ...Object.values(clinical as unknown as Record<string, ArrayLike<number>>),
    expression.values,
    mutations.values,
    copyNumber.values,
  ];
  tables(cohort).forEach((values, k) => expect(worst(values, tables(read.cohort)[k]!)).toBeLessThan(5.1e-5));
  const { expression, mutations, copyNumber, patientIds } = read.cohort;
  expect([patientIds, expression.genes, mutations.genes, copyNumber.genes]).toEqual([
    cohort.patientIds,
    cohort.expression.genes,
    cohort.mutations.genes,
    cohort.copyNumber.genes,
  ]);
});

describe("a folder is refused", () => {
  const alter = (file: string, change: (text: string) => string) => {
    const path = join(folder, file);
    writeFileSync(path, change(readFileSync(path, "utf8")));
  };
  it.each<[string, () => void, RegExp]>([
    ["without a table", () => rmSync(join(folder, "mutations.csv")), /mutations\.csv cannot be read \(ENOENT\)/],
    ["without provenance", () => rmSync(join(folder, "provenance.json")), /provenance\.json cannot be read/],
    ["with another provenance", () => alter("provenance.json", () => "{}"), /provenance\.json is not one of Osteon's/],
    ["with broken provenance", () => alter("provenance.json", () => "{"), /provenance\.json is not one of Osteon's/],
    [
      "with a text for a number",
      () => alter("expression.csv", (text) => text.replace(/,[\d.]+\n/, ",KNRVGL\n")),
      /a cell of expression\.csv is no number/,
    ],
    [
      "with a short row",
      () => alter("clinical.csv", (text) => text.replace(/,[^,\n]*\n$/, "\n")),
      /line 13 of clinical\.csv has another number/,
    ],
    [
      "with other patients in a table",
      () => alter("copy_number.csv", (text) => text.replace(cohort.patientIds[3]!, "x")),
      /copy_number\.csv has other patients/,
    ],
    [
      "without a header",
      () => alter("clinical.csv", (text) => text.replace("patient_id", "id")),
      /does not begin with patient_id/,
    ],
  ])("%s", async (_, change, words) => {
    change();
    const reading = readSyntheticCohort(folder);
    await expect(reading).rejects.toMatchObject({ code: "connectors.export-unreadable" });
    await expect(reading).rejects.toThrow(words);
    await expect(reading).rejects.not.toThrow(/KNRVGL/);
  });
});
