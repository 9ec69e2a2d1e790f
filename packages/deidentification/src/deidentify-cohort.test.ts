import type { Cohort } from "@osteon/cohort";
import { describe, expect, it } from "vitest";
import { deidentifyCohort } from "./deidentify-cohort.ts";
import { reorderCohort } from "./reorder-cohort.ts";
import type { SourceExtract } from "./source-extract.ts";

const options = { key: Uint8Array.from({ length: 32 }, (_, i) => i), release: "test" };

function extractOf(ids: readonly string[], changes: Partial<SourceExtract> = {}): SourceExtract {
  const n = ids.length;
  const cohort: Cohort = {
    patientIds: ids,
    clinical: {
      survivalTimeDays: Float64Array.from({ length: n }, (_, i) => i * 10),
      event: Int8Array.from({ length: n }, (_, i) => i % 2),
      ageYears: Float64Array.from({ length: n }, (_, i) => 10.04 + i),
      metastasis: new Int8Array(n).fill(-1),
      male: Int8Array.from({ length: n }, (_, i) => i % 2),
      necrosisPercent: new Float64Array(n).fill(Number.NaN),
    },
    mutations: { genes: ["A", "B"], values: Int8Array.from({ length: 2 * n }, (_, i) => (i % 2 ? 0 : 1)) },
    copyNumber: { genes: ["A"], values: Int8Array.from({ length: n }, (_, i) => (i % 5) - 2) },
    expression: { genes: ["E"], unit: "log2(TPM+1)", values: Float32Array.from({ length: n }, (_, i) => i) },
    simulated: false,
  };
  return { cohort, columns: [], findings: [], files: [], refusals: [], notes: [], ...changes };
}

describe("deidentifyCohort", () => {
  const ids = Array.from({ length: 60 }, (_, i) => `CASE-${String(i).padStart(3, "0")}`);

  it("keeps each patient's rows together under a pseudonym, in the pseudonyms' order", async () => {
    const { cohort } = await deidentifyCohort(extractOf(ids), options);
    expect(cohort.patientIds).toEqual([...cohort.patientIds].sort());
    const rows = [...cohort.expression.values];
    expect(rows).not.toEqual([...rows].sort((a, b) => a - b));
    rows.forEach((source, row) => {
      expect(cohort.clinical.survivalTimeDays[row]).toBe(source * 10);
      expect(cohort.clinical.ageYears[row]).toBe(10 + source);
      expect(cohort.copyNumber.values[row]).toBe((source % 5) - 2);
      expect([...cohort.mutations.values.subarray(row * 2, row * 2 + 2)]).toEqual([1, 0]);
    });
    expect(new Set(rows).size).toBe(60);
  });

  it("gives one result however the source orders its patients, and another for another release", async () => {
    const forwards = extractOf(ids);
    const order = ids.map((_, i) => ids.length - 1 - i);
    const backwards = { ...forwards, cohort: reorderCohort(forwards.cohort, order) };
    const digest = async (extract: SourceExtract, release: string) =>
      (await deidentifyCohort(extract, { ...options, release })).record.cohortSha256;
    expect(await digest(backwards, "test")).toBe(await digest(forwards, "test"));
    expect(await digest(forwards, "other")).not.toBe(await digest(forwards, "test"));
  });

  it("tells how dates were reduced and what a shift cut off, and shifts nothing unasked", async () => {
    const reductions = [{ column: "DATE_OF_BIRTH", treatment: "date reduced to age in years at diagnosis", count: 60 }];
    const observedDays = ids.map((id) => [id, 600] as const);
    const extract = extractOf(ids, { reductions, observedDays });
    const plain = await deidentifyCohort(extract, options);
    expect(plain.record.changed).toContainEqual(reductions[0]);
    expect(plain.record.changed.map(({ column }) => column)).not.toContain("OS_MONTHS");
    const shifted = await deidentifyCohort(extract, { ...options, dateShiftDays: 365 });
    const cut = shifted.record.changed.find(({ treatment }) => /ends a secret 0 to 365 days before/.test(treatment))!;
    const times = (cohort: Cohort) => [...cohort.clinical.survivalTimeDays];
    expect(cut.count).toBeGreaterThan(10);
    expect(times(shifted.cohort).filter((time, row) => time !== times(plain.cohort)[row]).length).toBe(cut.count);
    expect(shifted.cohort.patientIds).toEqual(plain.cohort.patientIds);
    const undated = deidentifyCohort(extractOf(ids), { ...options, dateShiftDays: 365 });
    await expect(undated).rejects.toThrow(/date_shift_days is set, and survival was not read from dates/);
  });

  it("stops at an alarm on a column that is taken, and records one on a dropped column", async () => {
    const finding = { table: "clinical-patient", class: "date", evidence: "values", count: 2 } as const;
    const taken = extractOf(ids, { findings: [{ ...finding, column: "PATIENT_ID", taken: true }] });
    await expect(deidentifyCohort(taken, options)).rejects.toThrow(/PATIENT_ID of clinical-patient \(date, 2 values\)/);
    const dropped = extractOf(ids, { findings: [{ ...finding, column: "NOTES", taken: false }] });
    expect((await deidentifyCohort(dropped, options)).record.findings).toEqual(dropped.findings);
  });

  it.each(["mutations", "copyNumber", "expression"] as const)(
    "stops at a patient's id among the genes of %s, and does not repeat it",
    async (table) => {
      const { cohort } = extractOf(ids);
      const genes = [...cohort[table].genes.slice(1), ids[7]!];
      const attempt = deidentifyCohort(
        extractOf(ids, { cohort: { ...cohort, [table]: { ...cohort[table], genes } } }),
        options,
      );
      await expect(attempt).rejects.toMatchObject({ code: "deidentification.identifier-found" });
      await expect(attempt).rejects.toThrow(/gene names of the .* table \(patient ids, 1 values\)/);
      await expect(attempt).rejects.not.toThrow(/CASE-/);
    },
  );

  it("examines the ids itself, and does not repeat them", async () => {
    const attempt = deidentifyCohort(extractOf(["CASE-1", "123-45-6789"]), options);
    await expect(attempt).rejects.toMatchObject({ code: "deidentification.identifier-found" });
    await expect(attempt).rejects.not.toThrow(/6789/);
  });

  it("records files by table and digest, without their names", async () => {
    const file = { name: "smith_john.txt", table: "expression", bytes: 3, sha256: "ab" } as const;
    const { record } = await deidentifyCohort(extractOf(ids, { files: [file] }), options);
    expect(record.sources).toEqual([{ table: "expression", bytes: 3, sha256: "ab" }]);
    expect(JSON.stringify(record)).not.toContain("smith");
    expect(record.changed.map((change) => change.count)).toEqual([60, 60, 0]);
  });
});
