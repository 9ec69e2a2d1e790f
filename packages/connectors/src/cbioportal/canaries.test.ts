import { deidentifyCohort } from "@osteon/deidentification";
import { OsteonError } from "@osteon/errors";
import { describe, expect, it } from "vitest";
import { readCbioportalStudy } from "./read-cbioportal-study.ts";
import { smallStudy, tsv, withStudy, type StudyFiles } from "./study-fixture.ts";

/** A marker that stands in every field that must not pass; `n` tells where a leak came from. */
let planted = 0;
const canary = (form = "") => `${form}KANARIENVOGEL${++planted}`;
const telling = /KANARIENVOGEL|S[123]\b|S[123]-01|@example|617.555|123-45-6789|2011-03-04|Muster|76937000|7577121/i;

const options = { key: new Uint8Array(32).fill(3), release: "canaries" };

/** Identifier columns of every kind beside the contract's, and markers in every name that is not code. */
const plantedStudy: StudyFiles = {
  ...smallStudy,
  "meta_study.txt": `cancer_study_identifier: small\nname: ${canary()}\ndescription: ${canary()}\n`,
  "meta_expression.txt": smallStudy["meta_expression.txt"].replace("rna_seq_mrna", canary("tpm_log2_")),
  "data_clinical_patient.txt":
    `#${canary()}\n` +
    tsv(
      [
        "PATIENT_ID",
        "MRN",
        "SSN",
        "PATIENT_NAME",
        "EMAIL",
        "PHONE",
        "DATE_OF_BIRTH",
        "NOTES",
        `MRN 00${"1234567"}`,
        "SEX",
        "AGE",
        "OS_STATUS",
        "OS_MONTHS",
        "METASTASIS",
      ],
      ...["S1", "S2", "S3"].map((id) => [
        id,
        canary("MRN-0012345 "),
        "123-45-6789",
        `Muster, ${canary("Anna ")}`,
        `${canary()}@example.org`,
        "617-555-0123",
        "2011-03-04",
        canary("seen 2011-03-04 "),
        canary(),
        "Male",
        "12.3456",
        "0:LIVING",
        "10",
        "No",
      ]),
    ),
  "data_clinical_sample.txt": tsv(
    ["PATIENT_ID", "SAMPLE_ID", "EXOME_SEQUENCED", "IP_ADDRESS", "COMMENT"],
    ...["S1", "S2", "S3"].map((id) => [id, `${id}-01`, "1", "192.168.1.1", canary()]),
  ),
  "data_mutations.txt": tsv(
    [
      "Hugo_Symbol",
      "Variant_Classification",
      "Tumor_Sample_Barcode",
      "Matched_Norm_Sample_Barcode",
      "Start_Position",
      "Reference_Allele",
      "HGVSp_Short",
      "dbSNP_RS",
    ],
    ["TP53", "Missense_Mutation", "S1-01", canary(), "7577121", canary(), canary("p."), canary("rs")],
    [canary("SILENT"), "Silent", "S1-01", canary(), "76937000", canary(), canary("p."), canary("rs")],
  ),
  "case_lists/a.txt": `stable_id: small_sequenced\ncase_list_name: ${canary()}\ncase_list_ids: S1-01\tS2-01\tS3-01\n`,
};

describe("canaries", () => {
  it("none passes into the de-identified cohort or the record", async () => {
    const { extract, result } = await withStudy(plantedStudy, async (directory) => {
      const read = await readCbioportalStudy(directory);
      return { extract: read, result: await deidentifyCohort(read, options) };
    });
    expect(JSON.stringify(result.record)).not.toMatch(telling);
    const { cohort } = result;
    expect(
      JSON.stringify(cohort, (_, value: unknown) => (ArrayBuffer.isView(value) ? [...bytesOf(value)] : value)),
    ).not.toMatch(telling);
    expect([...cohort.clinical.ageYears]).toEqual([12.3, 12.3, 12.3]);
    // Of the extract only the source ids and file names are the source's.
    const { cohort: _, files: __, ...account } = extract;
    expect(JSON.stringify(account)).not.toMatch(telling);
  });

  it("the alarm has seen every column of identifiers, and none of those taken", async () => {
    const { record } = await withStudy(plantedStudy, async (directory) =>
      deidentifyCohort(await readCbioportalStudy(directory), options),
    );
    const found = new Map<string, Set<string>>();
    for (const finding of record.findings) {
      expect(finding.taken).toBe(false);
      found.set(finding.column, (found.get(finding.column) ?? new Set()).add(finding.class));
    }
    expect(Object.fromEntries([...found].map(([column, classes]) => [column, [...classes]]))).toEqual({
      MRN: ["medical record number"],
      SSN: ["social security number"],
      PATIENT_NAME: ["name"],
      EMAIL: ["e-mail address"],
      PHONE: ["telephone number"],
      DATE_OF_BIRTH: ["date"],
      NOTES: ["date"],
      "column 9 (name withheld)": ["medical record number"],
      IP_ADDRESS: ["IP address"],
      Matched_Norm_Sample_Barcode: ["other unique identifier"],
    });
    expect(record.dropped.map((column) => column.column)).toContain("column 9 (name withheld)");
  });

  it("identifiers for patient ids end the run", async () => {
    const rename = (text: string) => text.replaceAll("S1", "123-45-6789");
    const study = Object.fromEntries(Object.entries(smallStudy).map(([name, text]) => [name, rename(text)]));
    const run = withStudy(study, async (directory) => deidentifyCohort(await readCbioportalStudy(directory), options));
    await expect(run).rejects.toThrow(/PATIENT_ID of clinical-patient \(social security number, 1 values\)/);
    await expect(run).rejects.not.toThrow(telling);
  });

  it.each([
    ["data_clinical_patient.txt", "12.3456"],
    ["data_clinical_patient.txt", "0:LIVING"],
    ["data_clinical_patient.txt", "\t10\t"],
    ["data_clinical_patient.txt", "S1"],
    ["data_clinical_sample.txt", "S1-01"],
    ["data_clinical_sample.txt", "S1"],
    ["data_mutations.txt", "S1-01"],
    ["data_mutations.txt", "Missense_Mutation"],
    ["data_mutations.txt", "TP53"],
    ["data_cna.txt", "MYC"],
    ["data_cna.txt", "S1-01"],
    ["data_cna.txt", "\t2\t"],
    ["data_expression.txt", "5.25"],
    ["data_expression.txt", "RUNX2"],
  ])("an error over %s with a marker for %j does not repeat it", async (file, from) => {
    const text = plantedStudy[file] as string;
    expect(text).toContain(from);
    for (const marker of [
      "KANARIENVOGEL 0",
      "KANARIENVOGEL\u0007",
      "anna@example.org KANARIENVOGEL",
      "KANARIENVOGEL\tx",
    ]) {
      const to = from.startsWith("\t") ? `\t${marker}\t` : marker;
      const study = { ...plantedStudy, [file]: text.replace(from, to) };
      const failure: unknown = await withStudy(study, (directory) => readCbioportalStudy(directory)).catch(
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(OsteonError);
      const { message, parameters, cause, stack } = failure as OsteonError;
      expect(JSON.stringify({ message, parameters, cause, stack })).not.toMatch(/KANARIENVOGEL|anna/i);
    }
  });
});

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
