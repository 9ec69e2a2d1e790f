import { existsSync } from "node:fs";
import { join } from "node:path";
import { deidentifyCohort, type SourceExtract } from "@osteon/deidentification";
import { beforeAll, describe, expect, it } from "vitest";
import { readCbioportalStudy } from "./read-cbioportal-study.ts";

const repository = join(import.meta.dirname, "../../../..");
const study = join(repository, "../shared/data/os_target_study");
const isAbsent = !existsSync(study);

describe("the real cohort of ../shared/data, skipped where it is absent", () => {
  let extract: SourceExtract;
  let scores: SourceExtract;
  const row = (suffix: string) => extract.cohort.patientIds.findIndex((id) => id.endsWith(suffix));
  const mutationsOf = (suffix: string) => {
    const { genes, values } = extract.cohort.mutations;
    return values.subarray(row(suffix) * genes.length, (row(suffix) + 1) * genes.length);
  };
  const hasExpression = (patient: number) => {
    const { genes, values } = extract.cohort.expression;
    return values.subarray(patient * genes.length, (patient + 1) * genes.length).some((value) => !Number.isNaN(value));
  };
  const patientsWhere = (test: (patient: number) => boolean) => [...extract.cohort.patientIds.keys()].filter(test);

  beforeAll(async () => {
    if (isAbsent) return;
    extract = await readCbioportalStudy(study);
    scores = await readCbioportalStudy(study, { expressionProfile: "Z-SCORE" });
  });

  it.skipIf(isAbsent)("has the shape that its README states", () => {
    const { cohort } = extract;
    expect(cohort.patientIds).toHaveLength(308);
    expect(cohort.expression).toMatchObject({ unit: "log2(TPM+1)" });
    expect(cohort.expression.genes).toHaveLength(476);
    expect(scores.cohort.expression).toMatchObject({ unit: "z-score" });
    expect(scores.cohort.expression.genes).toHaveLength(2_416);
    expect(cohort.copyNumber.genes).toHaveLength(23_056);
    expect(patientsWhere(hasExpression)).toHaveLength(88);
    const { genes, values } = cohort.copyNumber;
    expect(patientsWhere((patient) => values[patient * genes.length] !== -128)).toHaveLength(88);
  });

  it.skipIf(isAbsent)("has 85 complete patients, 29 deaths, 22 of 87 metastatic", () => {
    const { clinical, mutations } = extract.cohort;
    const isSequenced = (patient: number) => mutations.values[patient * mutations.genes.length] !== -1;
    const complete = patientsWhere(
      (patient) =>
        hasExpression(patient) &&
        isSequenced(patient) &&
        clinical.event[patient]! >= 0 &&
        clinical.metastasis[patient]! >= 0 &&
        !Number.isNaN(clinical.survivalTimeDays[patient]! + clinical.ageYears[patient]!),
    );
    expect(complete).toHaveLength(85);
    expect(complete.filter((patient) => clinical.event[patient] === 1)).toHaveLength(29);
    const sequenced = patientsWhere((patient) => hasExpression(patient) && isSequenced(patient));
    expect(sequenced).toHaveLength(87);
    expect(sequenced.filter((patient) => clinical.metastasis[patient] === 1)).toHaveLength(22);
    const mutated = mutations.genes
      .map((gene, j) => ({
        gene,
        count: sequenced.filter((patient) => mutations.values[patient * mutations.genes.length + j] === 1).length,
      }))
      .sort((a, b) => b.count - a.count);
    expect(mutated.slice(0, 5).map(({ gene, count }) => `${gene} ${count}`)).toEqual([
      "TP53 16",
      "RB1 8",
      "TTN 7",
      "ATRX 6",
      "MUC16 5",
    ]);
    expect(mutated.filter(({ count }) => count >= 3)).toHaveLength(10);
  });

  it.skipIf(isAbsent)("has the copy-number counts that its README states", () => {
    const { genes, values } = extract.cohort.copyNumber;
    const count = (gene: string, sign: number) =>
      patientsWhere((patient) => {
        const value = values[patient * genes.length + genes.indexOf(gene)]!;
        return value !== -128 && value * sign > 0;
      }).length;
    expect(["MYC", "RUNX2", "VEGFA", "CCND3", "CCNE1"].map((gene) => count(gene, 1))).toEqual([43, 28, 22, 22, 19]);
    expect(["RB1", "DLG2", "PTEN", "CDKN2A"].map((gene) => count(gene, -1))).toEqual([20, 21, 13, 12]);
  });

  it.skipIf(isAbsent)("handles the traps", () => {
    const { clinical } = extract.cohort;
    expect(clinical.survivalTimeDays[row("PAKUZU")]).toBe(0);
    expect(clinical.event[row("PAKUZU")]).toBe(0);
    for (const patient of ["0A4I4E", "PAPFLB"]) {
      expect(clinical.survivalTimeDays[row(patient)]).toBeNaN();
      expect(clinical.event[row(patient)]).toBe(-1);
    }
    expect(clinical.metastasis[row("0A4I0S")]).toBe(-1);
    expect(mutationsOf("0A4I0S").every((value) => value === -1)).toBe(true);
    for (const patient of ["PALKGN", "PASYUK", "PAUTWB"]) {
      expect(mutationsOf(patient).every((value) => value === 0)).toBe(true);
    }
    const { genes, values } = scores.cohort.expression;
    const measured = genes.map((_, j) => patientsWhere((i) => !Number.isNaN(values[i * genes.length + j]!)).length);
    expect(new Set(measured)).toEqual(new Set([85, 86, 88]));
    expect(Math.max(...clinical.ageYears.filter((age) => !Number.isNaN(age)))).toBeGreaterThan(18);
    // Whole days: the source's days / 30.4375 to three decimals, undone.
    expect(clinical.survivalTimeDays[row("0A4HLD")]).toBe(3_946);
  });

  it.skipIf(isAbsent)("raises no alarm, and loses every source id on de-identification", async () => {
    expect(extract.findings).toEqual([]);
    const { cohort, record } = await deidentifyCohort(extract, { key: new Uint8Array(32), release: "test" });
    expect(JSON.stringify([record, cohort.patientIds])).not.toMatch(/TARGET-40|PA[A-Z]{4}\b|0A4/);
    expect(cohort.patientIds).toHaveLength(308);
    expect(record.dropped.map((column) => column.column)).toContain("HGVSp_Short");
  });
});
