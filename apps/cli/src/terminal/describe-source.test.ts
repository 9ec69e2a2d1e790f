import type { SourceCheck } from "@osteon/pipeline";
import { expect, it } from "vitest";
import { describeSource } from "./describe-source.ts";

const reading: NonNullable<SourceCheck["reading"]> = {
  cohort: {
    patients: 40,
    complete: 38,
    deaths: 12,
    sequenced: 39,
    withCopyNumber: 0,
    withExpression: 40,
    mutationGenes: 5,
    copyNumberGenes: 0,
    expressionGenes: 1200,
    expressionUnit: "log2(TPM+1)",
  } as NonNullable<SourceCheck["reading"]>["cohort"],
  columns: [
    { table: "clinical-patient", column: "PATIENT_ID", taken: true, role: "identifier" },
    { table: "clinical-patient", column: "Histology", taken: false, reason: "not in the contract" },
    { table: "clinical-patient", column: "SEX", taken: false, reason: "named in fields_to_remove" },
  ] as NonNullable<SourceCheck["reading"]>["columns"],
  findings: [],
  refusals: [],
  notes: [],
};

it("tells of files, by table, which columns are taken and which dropped, and why where it is not the contract", () => {
  const text = describeSource({ source: "files", database: undefined, reading });
  expect(text.split("\n").slice(0, 5)).toEqual([
    "Source: files",
    "",
    "clinical-patient",
    "  taken    PATIENT_ID",
    "  dropped  Histology, SEX (named in fields_to_remove)",
  ]);
});
