import { truncate } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { OsteonError } from "@osteon/errors";
import { describe, expect, it } from "vitest";
import { listStudyFiles } from "./list-study-files.ts";
import { readCbioportalStudy } from "./read-cbioportal-study.ts";
import { smallStudy, tsv, withReplaced, withStudy, type StudyFiles } from "./study-fixture.ts";

async function failureOf(files: StudyFiles, options?: Parameters<typeof readCbioportalStudy>[1]): Promise<OsteonError> {
  const failure = await withStudy(files, (directory) =>
    readCbioportalStudy(directory, options).then(
      () => undefined,
      (error: unknown) => error,
    ),
  );
  expect(failure).toBeInstanceOf(OsteonError);
  return failure as OsteonError;
}

const replaced = withReplaced;
const patients = "data_clinical_patient.txt";
const samples = "data_clinical_sample.txt";

describe("missing and contradictory files", () => {
  it("names a folder that is not there", async () => {
    const missing = withStudy({}, (directory) => readCbioportalStudy(join(directory, "absent")));
    await expect(missing).rejects.toMatchObject({ code: "connectors.directory-missing" });
  });

  it.each<[string, StudyFiles, string, RegExp]>([
    ["no meta file", { "data.txt": "x" }, "connectors.no-meta", /meta_study\.txt/],
    [
      "no clinical meta file",
      { ...smallStudy, "meta_clinical_sample.txt": undefined },
      "connectors.meta-missing",
      /sample attributes.*meta_clinical_sample\.txt/,
    ],
    [
      "a data file that is absent",
      { ...smallStudy, "data_cna.txt": undefined },
      "connectors.data-file-missing",
      /^meta_cna\.txt names a data file, data_cna\.txt/,
    ],
    [
      "a data file outside of the folder",
      replaced("meta_cna.txt", "data_cna.txt", "../../etc/hosts"),
      "connectors.data-file-outside",
      /meta_cna\.txt/,
    ],
    [
      "a data file from the root",
      replaced("meta_cna.txt", "data_cna.txt", "/etc/hosts"),
      "connectors.data-file-outside",
      /meta_cna\.txt/,
    ],
    [
      "no data_filename",
      replaced("meta_cna.txt", "data_filename", "file"),
      "connectors.meta-key-missing",
      /meta_cna\.txt has no line 'data_filename/,
    ],
    [
      "a meta line without a key",
      replaced("meta_cna.txt", "datatype: DISCRETE", "DISCRETE"),
      "connectors.meta-malformed",
      /^meta_cna\.txt, line 3/,
    ],
    [
      "a meta key twice",
      replaced("meta_cna.txt", "datatype: DISCRETE", "datatype: DISCRETE\ndatatype: X"),
      "connectors.meta-key-twice",
      /^meta_cna\.txt, line 4/,
    ],
    [
      "two mutation files",
      { ...smallStudy, "meta_mutations2.txt": smallStudy["meta_mutations.txt"] },
      "connectors.meta-twice",
      /meta_mutations\.txt and meta_mutations2\.txt/,
    ],
    [
      "files of two studies",
      replaced("meta_cna.txt", "small", "other"),
      "connectors.study-mismatch",
      /different studies/,
    ],
  ])("%s", async (_, files, code, message) => {
    const failure = await failureOf(files);
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
  });
});

describe("cells, rows and columns", () => {
  it.each<[string, StudyFiles, string, RegExp]>([
    [
      "a required column missing",
      replaced(patients, "OS_MONTHS", "MONTHS"),
      "deidentification.column-missing",
      /^data_clinical_patient\.txt, line 2: no column OS_MONTHS/,
    ],
    [
      "a column twice",
      replaced(patients, "SEX", "AGE"),
      "deidentification.column-twice",
      /line 2: columns 2 and 3 are both AGE/,
    ],
    [
      "negative survival",
      replaced(patients, "0.000", "-3"),
      "deidentification.cell-out-of-range",
      /^data_clinical_patient\.txt, line 4, column 5 \(OS_MONTHS\): outside of 0 to 1200 months/,
    ],
    [
      "text for survival",
      replaced(patients, "0.000", "long"),
      "deidentification.cell-not-a-number",
      /^data_clinical_patient\.txt, line 4, column 5 \(OS_MONTHS\): not a number of months/,
    ],
    [
      "an unknown status",
      replaced(patients, "1:DECEASED", "2:GONE"),
      "deidentification.cell-unknown-code",
      /^data_clinical_patient\.txt, line 4, column 4 \(OS_STATUS\).*0:living/,
    ],
    [
      "a date for an age",
      replaced(patients, "\t15\t", "\t2011-03-04\t"),
      "deidentification.cell-holds-identifier",
      /^data_clinical_patient\.txt, line 4, column 3 \(AGE\): looks like an identifier of class 'date'/,
    ],
    [
      "an unknown consequence",
      replaced("data_mutations.txt", "Silent", "Quiet"),
      "deidentification.cell-unknown-code",
      /^data_mutations\.txt, line 3, column 3 \(Variant_Classification\)/,
    ],
    [
      "no patient id",
      replaced(patients, "S2\t", "\t"),
      "deidentification.cell-missing",
      /line 4, column 1 \(PATIENT_ID\)/,
    ],
    [
      "a patient twice",
      replaced(patients, "S2\t", "S1\t"),
      "connectors.patient-twice",
      /^data_clinical_patient\.txt, line 4, column 1 \(PATIENT_ID\): the same patient as on line 3/,
    ],
    [
      "a patient without a sample",
      replaced(samples, "S2\tS2-01", "S1\tS2-01"),
      "connectors.patient-without-sample",
      /^data_clinical_patient\.txt, line 4: a patient who has no sample in data_clinical_sample\.txt/,
    ],
    [
      "a sample without a patient",
      replaced(samples, "S2\tS2-01", "S9\tS2-01"),
      "connectors.sample-without-patient",
      /^data_clinical_sample\.txt, line 3, column 1 \(PATIENT_ID\)/,
    ],
    [
      "a sample twice",
      replaced(samples, "S2\tS2-01", "S2\tS1-01"),
      "connectors.sample-twice",
      /^data_clinical_sample\.txt, line 3, column 2 \(SAMPLE_ID\): the same sample as on line 2/,
    ],
    [
      "a call in an unknown sample",
      replaced("data_mutations.txt", "S1-01", "S9-01"),
      "connectors.sample-unknown",
      /^data_mutations\.txt, line 2, column 4 \(Tumor_Sample_Barcode\)/,
    ],
    [
      "a case list with an unknown sample",
      { ...smallStudy, "case_lists/a.txt": "stable_id: x_sequenced\ncase_list_ids: S1-01\tS9-01\n" },
      "connectors.sample-unknown",
      /^case_lists\/a\.txt, line 2, entry 2 of case_list_ids/,
    ],
    [
      "a call without a gene",
      replaced("data_mutations.txt", "TP53\t7157", "\t"),
      "connectors.gene-missing",
      /^data_mutations\.txt, line 2, column 1 \(Hugo_Symbol\)/,
    ],
    [
      "a matrix column of no sample",
      replaced("data_expression.txt", "S2-01", "S9-01"),
      "connectors.sample-column-unknown",
      /^data_expression\.txt, line 1, column 3: neither/,
    ],
    [
      "a sample column twice",
      replaced("data_expression.txt", "S2-01", "S1-01"),
      "connectors.sample-column-twice",
      /^data_expression\.txt, line 1: columns 3 and 4/,
    ],
    [
      "no gene column",
      replaced("data_cna.txt", "Hugo_Symbol", "Gene"),
      "connectors.gene-column-missing",
      /^data_cna\.txt, line 1/,
    ],
    [
      "a matrix row without a gene",
      replaced("data_cna.txt", "RB1", ""),
      "connectors.gene-missing",
      /^data_cna\.txt, line 3, column 1/,
    ],
    [
      "a gene that is no symbol",
      replaced("data_cna.txt", "RB1", "the gene"),
      "deidentification.cell-malformed",
      /^data_cna\.txt, line 3, column 1 \(Hugo_Symbol\): not a gene symbol/,
    ],
    [
      "a sample's id for a gene of a matrix",
      replaced("data_expression.txt", "RUNX2\t860", "S1-01\t860"),
      "deidentification.cell-holds-identifier",
      /^data_expression\.txt, line 2, column 1 \(Hugo_Symbol\)/,
    ],
    [
      "a sample's id for a mutated gene",
      replaced("data_mutations.txt", "TP53", "S1-01"),
      "deidentification.cell-holds-identifier",
      /^data_mutations\.txt, line 2, column 1 \(Hugo_Symbol\)/,
    ],
    [
      "a cell that is no number",
      replaced("data_expression.txt", "5.25", "5,25"),
      "connectors.value-not-a-number",
      /^data_expression\.txt, line 2, column 3: not a number/,
    ],
    [
      "an infinite cell",
      replaced("data_expression.txt", "5.25", "Inf"),
      "connectors.value-not-a-number",
      /^data_expression\.txt, line 2, column 3/,
    ],
    [
      "raw TPM under the name of its logarithm",
      replaced("data_expression.txt", "5.25", "5250"),
      "connectors.value-out-of-range",
      /line 2, column 3: outside of 0 to 20 \(log2\(TPM\+1\)\)/,
    ],
    [
      "a copy number that is no level",
      replaced("data_cna.txt", "MYC\t2", "MYC\t1.2"),
      "connectors.value-out-of-range",
      /^data_cna\.txt, line 2, column 2: outside of -2, -1\.5, -1, 0, 1, 2/,
    ],
    [
      "a short row",
      replaced("data_cna.txt", "NA\t-2", "NA"),
      "connectors.ragged-row",
      /^data_cna\.txt, line 3: 2 columns where the header has 3/,
    ],
    [
      "a long clinical row",
      replaced(patients, "Male\t", "Male\t\t"),
      "connectors.ragged-row",
      /^data_clinical_patient\.txt, line 3: 7 columns where the header has 6/,
    ],
    [
      "a control character",
      replaced(patients, "Male", "Ma\u0000le"),
      "connectors.control-character",
      /^data_clinical_patient\.txt, line 3, column 2/,
    ],
    [
      "a control character in a matrix",
      replaced("data_cna.txt", "MYC\t2", "MYC\t\u00012"),
      "connectors.value-not-a-number",
      /^data_cna\.txt, line 2, column 2/,
    ],
    [
      "text that is not UTF-8",
      { ...smallStudy, [patients]: Buffer.from(smallStudy[patients].replace("Male", "M\u00e4le"), "latin1") },
      "connectors.encoding",
      /^data_clinical_patient\.txt, line 3: not valid UTF-8/,
    ],
    [
      "UTF-16",
      { ...smallStudy, [patients]: Buffer.from(`\uFEFF${smallStudy[patients]}`, "utf16le") },
      "connectors.encoding",
      /^data_clinical_patient\.txt, line 1: UTF-16/,
    ],
    [
      "no patients",
      { ...smallStudy, [patients]: "PATIENT_ID\tAGE\tOS_STATUS\tOS_MONTHS\tMETASTASIS\n" },
      "connectors.table-empty",
      /^data_clinical_patient\.txt has no rows/,
    ],
    [
      "an empty clinical file",
      { ...smallStudy, [patients]: "" },
      "connectors.table-empty",
      /^data_clinical_patient\.txt/,
    ],
    [
      "an empty matrix",
      { ...smallStudy, "data_expression.txt": "" },
      "connectors.matrix-empty",
      /^data_expression\.txt has no genes/,
    ],
    [
      "a matrix without genes",
      { ...smallStudy, "data_cna.txt": "Hugo_Symbol\tS1-01\n" },
      "connectors.matrix-empty",
      /^data_cna\.txt has no genes/,
    ],
    [
      "a matrix without samples",
      { ...smallStudy, "data_cna.txt": tsv(["Hugo_Symbol"], ["MYC"]) },
      "connectors.matrix-empty",
      /^data_cna\.txt has no samples/,
    ],
  ])("%s", async (_, files, code, message) => {
    const failure = await failureOf(files);
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
  });

  it("refuses to remove a column that it cannot do without", async () => {
    const failure = await failureOf(smallStudy, { fieldsToRemove: ["OS_MONTHS"] });
    expect(failure.code).toBe("deidentification.required-column-removed");
    expect(failure.message).toContain("OS_MONTHS");
  });
});

describe("damaged and oversized files", () => {
  const packed = gzipSync(tsv(["Hugo_Symbol", "S1-01"], ...Array.from({ length: 500 }, (_, i) => [`G${i}`, i % 3])));

  it("says of a gzip that ends early that it does", async () => {
    for (const length of [packed.length - 1, packed.length >> 1, 12]) {
      const failure = await failureOf({ ...smallStudy, "data_cna.txt": packed.subarray(0, length) });
      expect(failure.message).toMatch(/^data_cna\.txt is not a whole gzip file: it ends early/);
    }
  });

  it("says of a gzip with other content that it is damaged", async () => {
    const altered = Buffer.from(packed);
    altered[altered.length - 6]! ^= 0xff;
    expect((await failureOf({ ...smallStudy, "data_cna.txt": altered })).message).toMatch(/its content is damaged/);
    const notGzip = { ...smallStudy, "data_cna.txt": undefined, "data_cna.txt.gz": "Hugo_Symbol" };
    expect((await failureOf(notGzip)).code).toBe("connectors.gzip-broken");
  });

  it("gives up on a line of 2 GB at the limit, having read no more than that", async () => {
    await withStudy(smallStudy, async (directory) => {
      // Sparse: the file takes no room on the disk.
      await truncate(join(directory, "data_expression.txt"), 2 ** 31 + 1);
      let bytesRead = 0;
      const limit = 1024 * 1024;
      const attempt = readCbioportalStudy(directory, {
        lineLimitBytes: limit,
        onProgress: (progress) => {
          if (progress.file === "data_expression.txt") bytesRead = progress.bytesRead;
        },
      });
      await expect(attempt).rejects.toThrow(/^data_expression\.txt, line 4: longer than 1048576 bytes/);
      expect(bytesRead).toBeGreaterThan(0);
      expect(bytesRead).toBeLessThanOrEqual(2 * limit);
    });
  });

  it("has a limit by default, for packed files as well", async () => {
    const line = Buffer.alloc(65 * 1024 * 1024, "x");
    const failure = await failureOf({ ...smallStudy, "data_cna.txt": gzipSync(line, { level: 1 }) });
    expect(failure).toMatchObject({
      code: "connectors.line-too-long",
      parameters: { line: 1, limitBytes: 67_108_864 },
    });
  });

  it("says what the system says of a file that cannot be read", async () => {
    await withStudy({ ...smallStudy, "case_lists/a.txt/b": "" }, async (directory) => {
      await expect(readCbioportalStudy(directory)).rejects.toThrow(/case_lists\/a\.txt cannot be read \(EISDIR\)/);
    });
    await withStudy({ ...smallStudy, case_lists: "a file" }, async (directory) => {
      await expect(readCbioportalStudy(directory)).rejects.toThrow(/^case_lists cannot be read \(ENOTDIR\)/);
      await expect(listStudyFiles(directory)).rejects.toThrow(/^case_lists cannot be read \(ENOTDIR\)/);
    });
  });
});
