import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { CbioportalOptions } from "./read-cbioportal-study.ts";
import { readCbioportalStudy } from "./read-cbioportal-study.ts";
import { smallStudy, tsv, withReplaced, withStudy, type StudyFiles } from "./study-fixture.ts";

const read = (files: StudyFiles, options?: CbioportalOptions) =>
  withStudy(files, (directory) => readCbioportalStudy(directory, options));

const metaOf = (entries: Readonly<Record<string, string>>) =>
  Object.entries(entries)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join("");

const zScores = {
  "meta_z.txt": metaOf({
    genetic_alteration_type: "MRNA_EXPRESSION",
    datatype: "Z-SCORE",
    stable_id: "scores",
    data_filename: "data_z.txt",
  }),
  "data_z.txt": tsv(["Hugo_Symbol", "S1-01"], ["RUNX2", "-1.25"]),
};

describe("readCbioportalStudy", () => {
  it("reads a small study whole", async () => {
    const { cohort, files, columns } = await read(smallStudy);
    expect(cohort.patientIds).toEqual(["S1", "S2", "S3"]);
    expect(cohort.simulated).toBe(false);
    expect(cohort.clinical).toEqual({
      survivalTimeDays: Float64Array.of(304, 0, Number.NaN),
      event: Int8Array.of(0, 1, -1),
      ageYears: Float64Array.of(12.5, 15, Number.NaN),
      metastasis: Int8Array.of(0, 1, -1),
      male: Int8Array.of(1, 0, -1),
      necrosisPercent: Float64Array.of(Number.NaN, Number.NaN, Number.NaN),
    });
    expect(cohort.mutations).toEqual({ genes: ["TP53"], values: Int8Array.of(1, 0, -1) });
    expect(cohort.copyNumber).toEqual({ genes: ["MYC", "RB1"], values: Int8Array.of(2, -128, -2, -2, -128, -128) });
    expect(cohort.expression).toEqual({
      genes: ["RUNX2", "TP53"],
      unit: "log2(TPM+1)",
      values: Float32Array.of(10, Number.NaN, 5.25, 0, Number.NaN, Number.NaN),
    });
    expect(files.map((file) => file.table)).toEqual([
      "clinical-patient",
      "clinical-sample",
      "mutations",
      "copy-number",
      "expression",
    ]);
    expect(columns).toContainEqual({
      table: "mutations",
      column: "Start_Position",
      taken: false,
      reason: "not in the contract",
    });
  });

  it("reads Windows line ends, a byte-order mark, packed files and a last line without an end alike", async () => {
    const plain = await read(smallStudy);
    const windows = Object.fromEntries(
      Object.entries(smallStudy).map(([name, text]) => [name, `\uFEFF${text.slice(0, -1).replaceAll("\n", "\r\n")}`]),
    );
    expect((await read(windows)).cohort).toEqual(plain.cohort);
    const packed: StudyFiles = {
      ...smallStudy,
      "data_cna.txt": undefined,
      "data_cna.txt.gz": gzipSync(smallStudy["data_cna.txt"]),
      "data_expression.txt": gzipSync(smallStudy["data_expression.txt"]),
    };
    expect((await read(packed)).cohort).toEqual(plain.cohort);
  });

  it("reads patients without any genomic file", async () => {
    const files = Object.fromEntries(Object.entries(smallStudy).filter(([name]) => /study|clinical/.test(name)));
    const { cohort, notes } = await read(files);
    expect([cohort.mutations.genes, cohort.copyNumber.genes, cohort.expression.genes]).toEqual([[], [], []]);
    expect(notes).toHaveLength(3);
  });

  it("reports progress to the end of each file and stops when told to", async () => {
    const done = new Map<string, boolean>();
    await read(smallStudy, { onProgress: (p) => done.set(p.file, p.bytesRead === p.bytesTotal) });
    expect(done.get("data_expression.txt")).toBe(true);
    const aborted = read(smallStudy, { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
  });

  it("treats a removed column as absent", async () => {
    const { cohort, columns } = await read(smallStudy, { fieldsToRemove: ["sex"] });
    expect([...cohort.clinical.male]).toEqual([-1, -1, -1]);
    expect(columns).toContainEqual({
      table: "clinical-patient",
      column: "SEX",
      taken: false,
      reason: "named in fields_to_remove",
    });
  });

  it("notes the names to remove that no table has, by whichever name a column is called", async () => {
    const { notes } = await read(smallStudy, { fieldsToRemove: ["gender", "start position", "SEXX", "mrn"] });
    expect(notes).toContain("No table has these columns of fields_to_remove: SEXX, mrn.");
    expect((await read(smallStudy, { fieldsToRemove: ["sex"] })).notes.join()).not.toContain("fields_to_remove");
  });
});

describe("samples of one patient", () => {
  const header = ["PATIENT_ID", "SAMPLE_ID", "SAMPLE_TYPE", "EXOME_SEQUENCED"];
  const withSamples = (...rows: string[][]): StudyFiles => ({
    ...smallStudy,
    "data_clinical_sample.txt": tsv(header, ...rows, ["S2", "S2-01", "Primary", "1"], ["S3", "S3-01", "", ""]),
    "data_expression.txt": tsv(["Hugo_Symbol", ...rows.map((row) => row[1]!)], ["RUNX2", ...rows.map((_, i) => i + 1)]),
  });
  const expressionOfFirst = async (files: StudyFiles) => (await read(files)).cohort.expression.values[0];

  it("takes a primary tumour before others, and then the first by id", async () => {
    const a = ["S1", "S1-00", "Metastasis", "1"];
    const b = ["S1", "S1-01", "Primary", "1"];
    const c = ["S1", "S1-02", "Primary", "1"];
    expect(await expressionOfFirst(withSamples(a, c, b))).toBe(3);
    expect((await read(withSamples(a, c, b))).refusals).toContainEqual({
      table: "clinical-sample",
      reason: "further tumour samples of a patient",
      count: 2,
    });
  });

  it("never takes normal tissue, whether the type or the barcode says so", async () => {
    const tumour = ["S1", "S1-01", "Recurrence", "1"];
    for (const normal of [
      ["S1", "S1-00", "Normal", "1"],
      ["S1", "TARGET-40-AAAAAA-11", "", "1"],
    ]) {
      const extract = await read(withSamples(normal, tumour));
      expect(extract.cohort.expression.values[0]).toBe(2);
      expect(extract.refusals).toContainEqual({
        table: "clinical-sample",
        reason: "samples of normal tissue",
        count: 1,
      });
    }
  });
});

describe("who was sequenced", () => {
  const caseList = (...ids: string[]) =>
    metaOf({ stable_id: "small_sequenced", case_list_ids: ids.join("\t"), case_list_name: "sequenced" });
  const withoutColumn: StudyFiles = {
    ...smallStudy,
    "data_clinical_sample.txt": tsv(["PATIENT_ID", "SAMPLE_ID"], ["S1", "S1-01"], ["S2", "S2-01"], ["S3", "S3-01"]),
  };
  const statusOf = async (files: StudyFiles) => [...(await read(files)).cohort.mutations.values];

  it("goes by the case list where the column is missing", async () => {
    expect(await statusOf({ ...withoutColumn, "case_lists/a.txt": caseList("S1-01", "S3-01") })).toEqual([1, -1, 0]);
  });

  it("follows the column where both speak, and says so", async () => {
    const files = { ...smallStudy, "case_lists/a.txt": caseList("S1-01", "S3-01") };
    expect(await statusOf(files)).toEqual([1, 0, -1]);
    expect((await read(files)).notes.join()).toContain("2 samples: EXOME_SEQUENCED and the case list");
  });

  it("takes only calls for proof where neither speaks", async () => {
    expect(await statusOf(withoutColumn)).toEqual([1, -1, -1]);
    expect((await read(withoutColumn)).notes.join()).toContain("1 samples count as sequenced only because");
  });

  it("does not take a targeted panel for a whole exome", async () => {
    const panels: StudyFiles = {
      "meta_gene_panel_matrix.txt": metaOf({
        genetic_alteration_type: "GENE_PANEL_MATRIX",
        datatype: "GENE_PANEL_MATRIX",
        data_filename: "data_gene_panel_matrix.txt",
      }),
      "data_gene_panel_matrix.txt": tsv(["SAMPLE_ID", "mutations"], ["S1-01", "WES"], ["S2-01", "IMPACT468"]),
    };
    expect(await statusOf({ ...smallStudy, ...panels })).toEqual([1, -1, -1]);
    expect(await statusOf({ ...withoutColumn, ...panels })).toEqual([1, -1, -1]);
  });

  it("does not count calls in a sample that is stated as not sequenced", async () => {
    const files = withReplaced("data_mutations.txt", "Missense_Mutation\tS1-01", "Missense_Mutation\tS3-01");
    const { cohort, refusals } = await read(files);
    expect(cohort.mutations.genes).toEqual([]);
    expect(refusals).toContainEqual(
      expect.objectContaining({ table: "mutations", count: 1, reason: expect.stringContaining("not sequenced") }),
    );
  });
});

describe("mutation calls", () => {
  it("counts those that are somatic and change the protein", async () => {
    const header = [
      "Hugo_Symbol",
      "Entrez_Gene_Id",
      "Variant_Classification",
      "Tumor_Sample_Barcode",
      "Mutation_Status",
    ];
    const call = (gene: string, kind: string, status: string, entrez = "1") => [gene, entrez, kind, "S1-01", status];
    const { cohort, refusals } = await read({
      ...smallStudy,
      "data_mutations.txt": `#version 2.4\n${tsv(
        header,
        call("Z1", "Frame_Shift_Del", "SOMATIC"),
        call("A1", "Splice_Site", ""),
        call("A1", "Nonsense_Mutation", "Somatic"),
        call("B1", "Intron", "Somatic"),
        call("C1", "Missense_Mutation", "GERMLINE"),
        call("Unknown", "IGR", "Somatic", "0"),
        call("", "Missense_Mutation", "Somatic", "4711"),
      )}`,
    });
    expect(cohort.mutations).toEqual({ genes: ["A1", "Z1"], values: Int8Array.of(1, 1, 0, 0, -1, -1) });
    expect(refusals.map(({ reason, count }) => [reason, count])).toEqual([
      ["calls that do not change the protein", 1],
      ["calls that are not somatic", 1],
      ["calls without a gene symbol", 2],
    ]);
  });

  it("takes a file without a call for what it says", async () => {
    const header = "Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\n";
    const { cohort } = await read({ ...smallStudy, "data_mutations.txt": header });
    expect(cohort.mutations.genes).toEqual([]);
  });
});

describe("expression profiles", () => {
  const both = { ...smallStudy, ...zScores };

  it("prefers magnitudes to scores and notes the choice", async () => {
    const { cohort, notes } = await read(both);
    expect(cohort.expression.unit).toBe("log2(TPM+1)");
    expect(notes).toEqual(["Of 2 expression profiles, one of CONTINUOUS, log2(TPM+1) was read."]);
  });

  it.each(["scores", "Z-SCORE", "z-score", "data_z.txt", "data_z.txt.gz", "meta_z.txt"])("finds %s", async (wish) => {
    const { cohort } = await read(both, { expressionProfile: wish });
    expect(cohort.expression).toMatchObject({ unit: "z-score", genes: ["RUNX2"] });
    expect(cohort.expression.values[0]).toBe(-1.25);
  });

  it("lists those there are when it is asked for another", async () => {
    await expect(read(both, { expressionProfile: "proteins" })).rejects.toThrow(
      /'proteins'.*rna_seq_mrna \(CONTINUOUS, data_expression\.txt\); scores \(Z-SCORE, data_z\.txt\)/,
    );
  });

  it("turns TPM into log2(TPM+1)", async () => {
    const { cohort, notes } = await read(withReplaced("meta_expression.txt", "log2(TPM+1)", "TPM"));
    expect(cohort.expression.unit).toBe("log2(TPM+1)");
    expect(cohort.expression.values[0]).toBeCloseTo(Math.log2(11), 6);
    expect(notes).toEqual(["Expression in TPM was turned into log2(TPM+1)."]);
  });

  it.each(["RSEM", "FPKM, log2(FPKM+1)", "log2(TPM+0.001)"])("refuses %s, or reads scores instead", async (unit) => {
    const files = withReplaced("meta_expression.txt", "log2(TPM+1)", unit);
    await expect(read(files)).rejects.toMatchObject({ code: "connectors.expression-unit" });
    expect((await read({ ...files, ...zScores })).cohort.expression.unit).toBe("z-score");
  });

  it("leaves out genes with an Entrez id alone, and counts them", async () => {
    const { cohort, refusals } = await read(withReplaced("data_expression.txt", "TP53\t7157", "\t7157"));
    expect(cohort.expression.genes).toEqual(["RUNX2"]);
    expect(refusals).toContainEqual({
      table: "expression",
      reason: "genes with an Entrez id and no symbol",
      count: 1,
    });
  });
});
