import { readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { OsteonError } from "@osteon/errors";
import { describe, expect, it } from "vitest";
import { replaceCases, withDownload, writeBeside } from "../testing/download-fixture.ts";
import {
  madeUpContents,
  madeUpFile,
  madeUpProject,
  mafColumns,
  smallGenes,
  smallPatients,
  smallProject,
  tsv,
  type MadeUpPatient,
  type MadeUpProject,
} from "../testing/gdc-project.ts";
import { readGdcDownload, type GdcOptions } from "./read-gdc-download.ts";

const read = (project?: MadeUpProject, options?: GdcOptions) =>
  withDownload((directory) => readGdcDownload(directory, options), project);

/** Reads the small project with other clinical data of its first patient. */
const readClinical = (clinical: Readonly<Record<string, unknown>>) => {
  const [first, ...others] = smallPatients;
  return read(madeUpProject([{ ...first!, clinical }, ...others], smallGenes));
};

/** Reads the small project after a change of a case's line. */
const readCasesChanged = (change: (lines: string[]) => string[]) =>
  withDownload(async (directory) => {
    const cases = await readFile(join(directory, "cases.jsonl"), "utf8");
    const manifest = await readFile(join(directory, "manifest.json"), "utf8");
    await replaceCases(directory, manifest, change(cases.trimEnd().split("\n")).join("\n") + "\n");
    return readGdcDownload(directory);
  });

/** Values of one patient by gene. */
const valuesOf = (
  { genes, values }: { readonly genes: readonly string[]; readonly values: ArrayLike<number> },
  patient: number,
) => Object.fromEntries(genes.map((gene, j) => [gene, values[patient * genes.length + j]]));

const failureOf = async (reading: Promise<unknown>): Promise<OsteonError> => {
  const failure: unknown = await reading.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(OsteonError);
  return failure as OsteonError;
};

describe("a download of the GDC", () => {
  it("is read by patient, whatever files it is in", async () => {
    const { cohort, refusals } = await read();
    expect(cohort.patientIds).toEqual(smallPatients.map(({ id }) => id));
    const { clinical, mutations, copyNumber, expression } = cohort;
    expect([...clinical.survivalTimeDays]).toEqual([1000, 300, 2000, Number.NaN]);
    expect([...clinical.event]).toEqual([0, 1, 0, -1]);
    expect([...clinical.ageYears].map((age) => age.toFixed(2))).toEqual(["12.00", "15.00", "10.00", "NaN"]);
    expect([...clinical.male]).toEqual([1, 0, 1, -1]);
    expect([...clinical.metastasis]).toEqual([-1, -1, -1, -1]);
    // A file without a call says that there is none; no file says nothing. Of the second patient the primary counts.
    expect(mutations.genes).toEqual(["RB1", "TP53"]);
    expect([...mutations.values]).toEqual([0, 1, 1, 0, 0, 0, -1, -1]);
    expect(expression.unit).toBe("log2(TPM+1)");
    expect(valuesOf(expression, 0)).toEqual({ TP53: 2, RB1: 1, MYC: 3, RAD51B: 0, SHOX: 4 });
    expect(valuesOf(expression, 1)).toEqual({ TP53: 1, RB1: 2, MYC: 0, RAD51B: 1, SHOX: 1 });
    expect(expression.values.slice(10).every(Number.isNaN)).toBe(true);
    // Baselines 2 (first patient; 2 and 1 and 3 and 4 and 0 among four coding autosomal genes) and 3.
    expect(valuesOf(copyNumber, 1)).toEqual({ TP53: 0, RB1: 0, MYC: 2, RAD51B: -1 });
    expect(refusals).toContainEqual({ table: "clinical-sample", reason: "samples of normal tissue", count: 1 });
    expect(refusals).toContainEqual({
      table: "clinical-sample",
      reason: "further tumour samples of a patient",
      count: 1,
    });
    expect(refusals).toContainEqual({
      table: "expression",
      reason: "genes of other types than protein_coding",
      count: 1,
    });
    expect(refusals).toContainEqual({ table: "expression", reason: "genes told a second time on Y", count: 1 });
    expect(refusals).toContainEqual({ table: "copy-number", reason: "genes of the chromosomes X and Y", count: 2 });
  });

  it("may be read in counts per million of each sample's own reads", async () => {
    const { cohort, notes } = await read(undefined, { expression: "counts" });
    expect(cohort.expression.unit).toBe("log2(CPM+1)");
    // 200 reads, those of the gene that is not read among them, and not STAR's counters.
    const perMillion = (count: number) => Math.fround(Math.log2((count / 200) * 1e6 + 1));
    expect(valuesOf(cohort.expression, 0)).toEqual({
      TP53: perMillion(10),
      RB1: perMillion(20),
      MYC: perMillion(30),
      RAD51B: perMillion(40),
      SHOX: perMillion(0),
    });
    expect(notes).toContainEqual("Expression in CPM was turned into log2(CPM+1).");
  });

  it("leaves a sample without a read unknown", async () => {
    const { cohort, refusals } = await read(undefined, { expression: "counts" });
    expect(cohort.expression.values.slice(5, 10).every(Number.isNaN)).toBe(true);
    expect(refusals).toContainEqual({
      table: "expression",
      reason: "samples without a read in any gene",
      count: 1,
    });
  });

  it("may be read with other types of genes", async () => {
    const { cohort } = await read(undefined, { geneTypes: ["protein_coding", "lncRNA"] });
    expect(cohort.expression.genes).toContain("MALAT1");
    expect(cohort.copyNumber.genes).toContain("MALAT1");
  });

  it("may lack modalities", async () => {
    const clinicalOnly = smallPatients.map((patient): MadeUpPatient => ({
      ...patient,
      samples: patient.samples.flatMap(({ code, calls }) => (calls ? [{ code, calls }] : [])),
    }));
    const { cohort, notes } = await read(madeUpProject(clinicalOnly, smallGenes));
    expect(cohort.expression.genes).toEqual([]);
    expect(cohort.copyNumber.genes).toEqual([]);
    expect(notes).toContain("The source has no expression.");
  });

  it("tells copy number without count files by all its autosomal genes", async () => {
    const patients = smallPatients.map((patient): MadeUpPatient => ({
      ...patient,
      samples: patient.samples.flatMap(({ code, copies }) => (copies ? [{ code, copies }] : [])),
    }));
    const { cohort } = await read(madeUpProject(patients, smallGenes));
    expect(valuesOf(cohort.copyNumber, 0)).toEqual({ TP53: 0, RB1: -2, MYC: 2, RAD51B: 1, MALAT1: 0 });
  });
});

describe("samples", () => {
  it("are told by what took the place of sample_type", async () => {
    const { cohort } = await readCasesChanged((lines) =>
      lines.map((line) =>
        line
          .replace(`"sample_type":"Recurrent Tumor"`, `"tissue_type":"Tumor","tumor_descriptor":"Recurrence"`)
          .replaceAll(`"sample_type":"Primary Tumor"`, `"tissue_type":"Tumor","tumor_descriptor":"Primary"`)
          .replaceAll(`"sample_type":"Blood Derived Normal"`, `"tissue_type":"Normal"`),
      ),
    );
    expect(cohort.mutations.values.slice(2, 4)).toEqual(Int8Array.of(1, 0));
  });

  it("of an unknown type are refused by name of the column", async () => {
    const failure = await failureOf(
      readCasesChanged((lines) => lines.map((line) => line.replace("Recurrent Tumor", "Purple Tumor"))),
    );
    expect(failure.code).toBe("deidentification.cell-unknown-code");
    expect(failure.message).toMatch(/cases\.jsonl, line 2.*SAMPLE_TYPE/);
    expect(failure.message).not.toContain("Purple");
  });

  it("of which no file is are not chosen over one that was measured", async () => {
    const { cohort, refusals } = await readCasesChanged((lines) =>
      lines.map((line) =>
        line.replace(
          `{"submitter_id":"TARGET-40-CCCCCC-01A"`,
          `{"submitter_id":"TARGET-40-CCCCCC-00A","sample_type":"Primary Tumor"},{"submitter_id":"TARGET-40-CCCCCC-01A"`,
        ),
      ),
    );
    expect(cohort.mutations.values.slice(4, 6)).toEqual(Int8Array.of(0, 0));
    expect(refusals).toContainEqual({
      table: "clinical-sample",
      reason: "samples that no file of the download is of",
      count: 1,
    });
  });

  it("with files of several aliquots have the first one's", async () => {
    const project = smallProject();
    const again = { counts: [], tpm: [100, 100, 100, 100, 100, 100, 100], code: "01A" };
    const content = Buffer.from(madeUpContents.starCounts(again, smallGenes));
    const sample = "TARGET-40-AAAAAA-01A";
    const file = madeUpFile(50, "starCounts", [[sample, `${sample}-02R`]], content);
    const { cohort, refusals } = await read({ ...project, files: [file, ...project.files] });
    expect(valuesOf(cohort.expression, 0)).toMatchObject({ TP53: 2 });
    expect(refusals).toContainEqual({
      table: "expression",
      reason: "files of further aliquots of a sample",
      count: 1,
    });
  });
});

describe("the clinical course", () => {
  const diagnosis = { age_at_diagnosis: 4000, days_to_diagnosis: 0 };

  it("has the primary of several diagnoses, and the latest of all follow-ups", async () => {
    const { cohort } = await readClinical({
      demographic: { gender: "female", vital_status: "Alive" },
      diagnoses: [
        {
          age_at_diagnosis: 4500,
          days_to_diagnosis: 500,
          classification_of_tumor: "recurrence",
          days_to_last_follow_up: 900,
        },
        { ...diagnosis, diagnosis_is_primary_disease: "true", metastasis_at_diagnosis: "Distant Metastasis" },
        { age_at_diagnosis: 3000, days_to_diagnosis: -1000, classification_of_tumor: "Prior primary" },
      ],
      follow_ups: [{ days_to_follow_up: 100 }, { days_to_follow_up: 1200 }, { days_to_follow_up: null }],
    });
    expect(cohort.clinical.ageYears[0]).toBeCloseTo(4000 / 365.25, 10);
    expect(cohort.clinical.survivalTimeDays[0]).toBe(1200);
    expect(cohort.clinical.metastasis[0]).toBe(1);
    expect(cohort.clinical.male[0]).toBe(0);
  });

  it.each([
    [
      "the primary tumour's without a statement",
      [{ age_at_diagnosis: 9000 }, { age_at_diagnosis: 4000, classification_of_tumor: "primary" }],
    ],
    ["the earliest without that", [{ age_at_diagnosis: 9000, days_to_diagnosis: 50 }, diagnosis]],
  ])("has of several diagnoses %s", async (_, diagnoses) => {
    const { cohort } = await readClinical({ diagnoses });
    expect(cohort.clinical.ageYears[0]).toBeCloseTo(4000 / 365.25, 10);
  });

  it("of which nothing is told is unknown", async () => {
    const { clinical } = (await readClinical({})).cohort;
    const told = [clinical.survivalTimeDays, clinical.ageYears].map((values) => values[0]);
    expect(told).toEqual([Number.NaN, Number.NaN]);
    expect([clinical.event, clinical.male, clinical.metastasis].map((codes) => codes[0])).toEqual([-1, -1, -1]);
  });

  it("is counted from diagnosis where day 0 is another", async () => {
    const { cohort } = await readClinical({
      demographic: { vital_status: "Dead", days_to_death: "130" },
      diagnoses: [{ ...diagnosis, days_to_diagnosis: 30 }],
    });
    expect(cohort.clinical.survivalTimeDays[0]).toBe(100);
  });

  it("of a death whose day is not known has no time, whatever the last visit was", async () => {
    const { cohort } = await readClinical({
      demographic: { vital_status: "Dead" },
      diagnoses: [diagnosis],
      follow_ups: [{ days_to_follow_up: 100 }],
    });
    expect([cohort.clinical.event[0], cohort.clinical.survivalTimeDays[0]]).toEqual([1, Number.NaN]);
  });

  it.each([
    ["negative days", { demographic: { vital_status: "Dead", days_to_death: -5 } }, /line 1.*OS_MONTHS/],
    ["a negative age", { diagnoses: [{ age_at_diagnosis: -4000 }] }, /line 1.*AGE/],
    ["no number for days", { follow_ups: [{ days_to_follow_up: "KANARIENVOGEL" }] }, /line 1.*OS_MONTHS.*not a number/],
    ["an unknown status", { demographic: { vital_status: "KANARIENVOGEL" } }, /line 1.*OS_STATUS/],
    ["a death of one who is alive", { demographic: { vital_status: "Alive", days_to_death: 5 } }, /line 1.*alive/],
    ["an unknown metastasis", { diagnoses: [{ metastasis_at_diagnosis: "KANARIENVOGEL" }] }, /METASTATIC_AT_DIAGNOSIS/],
  ])("with %s is refused, naming place and column", async (_, clinical, expected) => {
    const failure = await failureOf(readClinical(clinical));
    expect(failure.message).toMatch(expected);
    expect(failure.message).not.toMatch(/KANARIENVOGEL|AAAAAA/);
  });

  it.each([
    ["no JSON", (lines: string[]) => ["KANARIENVOGEL", ...lines], /line 1: .*not JSON/],
    [
      "another type",
      (lines: string[]) => [...lines, `{"submitter_id":"X","samples":{"KANARIENVOGEL":1}}`],
      /line 5: .*samples is missing or of another type/,
    ],
    ["a case twice", (lines: string[]) => [...lines, lines[0]!], /line 5.*same patient as on line 1/],
  ])("in a file with %s is refused", async (_, change, expected) => {
    const failure = await failureOf(readCasesChanged(change));
    expect(failure.message).toMatch(expected);
    expect(failure.message).not.toContain("KANARIENVOGEL");
  });
});

describe("the clinical supplement", () => {
  const header = ["TARGET USI", "Gender", "Comment", "Disease at diagnosis", "Percent necrosis at Definitive Surgery"];
  const rows = [
    ["TARGET-40-AAAAAA", "Male", `"seen, ""late"""`, "Metastatic (confirmed)", "95"],
    ["TARGET-40-BBBBBB", "Female", `"two\nlines"`, "Non-metastatic", ""],
    ["TARGET-40-CCCCCC", "Male", "", "Non-Metastatic (Uncertain)", "NA"],
    ["TARGET-40-ZZZZZZ", "Male", "", "Metastatic", "5"],
  ];
  const table = (separator: string) => [header, ...rows].map((row) => row.join(separator)).join("\r\n") + "\r\n";
  const readWith = (...texts: readonly string[]) =>
    withDownload(async (directory) => {
      const paths: string[] = [];
      for (const [i, text] of texts.entries()) paths.push(await writeBeside(directory, `${i}.csv`, text));
      return readGdcDownload(directory, { clinicalSupplements: paths });
    });

  it.each([
    ["commas", ","],
    ["semicolons", ";"],
    ["tabs", "\t"],
  ])("adds metastasis and necrosis by patient, separated by %s", async (_, separator) => {
    const { cohort, notes, columns } = await readWith(table(separator));
    expect([...cohort.clinical.metastasis]).toEqual([1, 0, -1, -1]);
    expect([...cohort.clinical.necrosisPercent]).toEqual([95, Number.NaN, Number.NaN, Number.NaN]);
    expect(notes.join(" ")).toContain("tells of 3 of 4 patients, and of 1 who are not in the project");
    expect(columns).toContainEqual({
      table: "clinical-patient",
      column: "Comment",
      taken: false,
      reason: "not in the contract",
    });
  });

  it("may be in several files, and tells of nobody twice", async () => {
    const part = (...ids: readonly number[]) =>
      [header, ...ids.map((id) => rows[id]!)].map((row) => row.join(",")).join("\n");
    const { cohort } = await readWith(part(0), part(1));
    expect([...cohort.clinical.metastasis]).toEqual([1, 0, -1, -1]);
    const failure = await failureOf(readWith(part(0), part(1, 0)));
    expect(failure.message).toMatch(/1\.csv, line 4.*same patient as on line 2 of 0\.csv/);
  });

  it.each([
    ["without its column", table(",").replace("Disease at diagnosis", "Disease"), /METASTATIC_AT_DIAGNOSIS/],
    [
      "with an unknown word",
      table(",").replace("Metastatic (confirmed)", "KANARIENVOGEL"),
      /0\.csv, line 2.*METASTATIC/,
    ],
    ["with text for a number", table(",").replace("95", "KANARIENVOGEL"), /0\.csv, line 2.*PERCENT_NECROSIS/],
    ["with open quotes", table(",").replace(`late"""`, "late"), /0\.csv, line \d+: quotes/],
    ["without a row", header.join(","), /no rows/],
  ])("%s is refused", async (_, text, expected) => {
    const failure = await failureOf(readWith(text));
    expect(failure.message).toMatch(expected);
    expect(failure.message).not.toContain("KANARIENVOGEL");
  });
});

describe("files of mutations", () => {
  it("may order their columns differently", async () => {
    const maf: typeof madeUpContents.maf = (patient, sample) => {
      const text = madeUpContents.maf(patient, sample);
      if (patient.id !== "TARGET-40-BBBBBB") return text;
      const turn = (line: string) => (line.startsWith("#") ? line : line.split("\t").toReversed().join("\t"));
      return text.trimEnd().split("\n").map(turn).join("\n") + "\n";
    };
    const { cohort, columns } = await read(smallProject({ maf }));
    expect(cohort.mutations).toEqual((await read()).cohort.mutations);
    expect(columns.filter(({ column }) => column === "Hugo_Symbol")).toHaveLength(1);
  });

  it.each([
    [
      "an unknown classification",
      (text: string) => text.replace("Missense_Mutation", "KANARIENVOGEL"),
      /mutations\/.*1\.maf\.gz, line 4.*Variant_Classification/,
    ],
    [
      "a sample of nobody",
      (text: string) => text.replace("TARGET-40-AAAAAA-01A-01D", "KANARIENVOGEL"),
      /mutations\/.*1\.maf\.gz, line 4.*sample that is not in cases\.jsonl/,
    ],
    ["no column of genes", (text: string) => text.replace("Hugo_Symbol", "Symbol"), /1\.maf\.gz, line 3.*Hugo_Symbol/],
    ["a row too short", (text: string) => text.replace("\t80\t", "\t"), /1\.maf\.gz, line 4: 14 columns/],
    ["nothing at all", () => "#version\n", /1\.maf\.gz has no rows/],
  ])("with %s are refused", async (_, change, expected) => {
    const maf: typeof madeUpContents.maf = (patient, sample) => {
      const text = madeUpContents.maf(patient, sample);
      return patient.id === "TARGET-40-AAAAAA" ? change(text) : text;
    };
    const failure = await failureOf(read(smallProject({ maf })));
    expect(failure.message).toMatch(expected);
    expect(failure.message).not.toMatch(/KANARIENVOGEL|AAAAAA/);
  });

  it("that are cut off are refused", async () => {
    const project = smallProject();
    const files = project.files.map((file, i) => {
      if (i > 0) return file;
      const rows = Array.from({ length: 500 }, (_, row) => mafColumns.map((column) => `${column}${row}`));
      return madeUpFile(1, "maf", [["x", "x"]], gzipSync(tsv(mafColumns, ...rows)).subarray(0, 300));
    });
    const failure = await failureOf(read({ ...project, files }));
    expect(failure.code).toBe("connectors.gzip-broken");
  });
});

describe("files with a gene a line", () => {
  it("may lack a gene, which is unknown then", async () => {
    const starCounts: typeof madeUpContents.starCounts = (sample, genes) =>
      madeUpContents.starCounts(
        sample,
        sample.calls?.[0]?.[0] === "RB1" ? genes.filter(({ symbol }) => symbol !== "MYC") : genes,
      );
    const { cohort, notes } = await read(smallProject({ starCounts }));
    expect(valuesOf(cohort.expression, 1)).toMatchObject({ TP53: 1, RB1: 2, MYC: Number.NaN });
    expect(notes).toContain("1 values of genes that not every count file has are unknown.");
  });

  it("call a gene without a name by its id", async () => {
    const genes = smallGenes.map((gene) =>
      gene.symbol === "RAD51B" ? { ...gene, symbol: "", ensembl: "ENSG00000999999.7" } : gene,
    );
    const { cohort } = await read(madeUpProject(smallPatients, genes));
    expect(cohort.expression.genes).toContain("ENSG00000999999");
  });

  it.each([
    [
      "no column of TPM",
      (text: string) => text.replace("tpm_unstranded", "tpm"),
      /expression\/.*\.tsv, line 2: no column tpm_unstranded/,
    ],
    [
      "text for a number",
      (text: string) => text.replace("3.0000", "KANARIENVOGEL"),
      /expression\/.*, line 7, column 7: not a number/,
    ],
    [
      "more than a million",
      (text: string) => text.replace("3.0000", "1000001"),
      /expression\/.*, line 7, column 7: outside of 0 to 1000000 \(TPM\)/,
    ],
    ["a row too short", (text: string) => text.replace("\t3.0000", ""), /line 7: 6 columns where the header has 7/],
    ["nothing", () => "# gene-model\n", /has no rows/],
    ["no genes", (text: string) => text.replaceAll(/^ENSG.*\n/gm, ""), /has no genes/],
  ])("with %s are refused", async (_, change, expected) => {
    const starCounts: typeof madeUpContents.starCounts = (sample, genes) =>
      change(madeUpContents.starCounts(sample, genes));
    const failure = await failureOf(read(smallProject({ starCounts })));
    expect(failure.message).toMatch(expected);
    expect(failure.message).not.toContain("KANARIENVOGEL");
  });

  it.each([
    ["half a copy", "2.5"],
    ["fewer than none", "-1"],
  ])("with %s are refused", async (_, copies) => {
    const copyNumber: typeof madeUpContents.copyNumber = (sample, genes) =>
      madeUpContents.copyNumber(sample, genes).replace("\t4\t4\t4", `\t${copies}\t4\t4`);
    const failure = await failureOf(read(smallProject({ copyNumber })));
    expect(failure.message).toMatch(
      /copy-number\/.*\.tsv, line 4, column 6: outside of whole numbers from 0 \(copies\)/,
    );
  });

  it("leave copy number unknown where it is, and where most genes have no copy", async () => {
    const [first, ...others] = smallPatients;
    const sample = { ...first!.samples[0]!, copies: [undefined, 0, 0, 0, 1, 1, 2] };
    const { cohort, refusals } = await read(madeUpProject([{ ...first!, samples: [sample] }, ...others], smallGenes));
    expect(cohort.copyNumber.values.slice(0, 4)).toEqual(Int8Array.of(-128, -128, -128, -128));
    expect(refusals.find(({ reason }) => reason.includes("no copy"))).toMatchObject({ count: 1 });
  });
});

describe("a folder", () => {
  it("without its cases is refused", async () => {
    const failure = await withDownload((directory) => {
      rmSync(join(directory, "cases.jsonl"));
      return failureOf(readGdcDownload(directory));
    });
    expect(failure.code).toBe("connectors.gdc-incomplete");
  });

  it("without a download is refused", async () => {
    expect((await failureOf(readGdcDownload("/nowhere"))).code).toBe("connectors.gdc-no-download");
  });

  it.each([
    ["a file cut off", (path: string) => truncateSync(path, 10)],
    ["a file that is longer", (path: string) => writeFileSync(path, "x".repeat(100_000))],
  ])("with %s is refused before anything is read", async (_, harm) => {
    const failure = await withDownload((directory) => {
      harm(join(directory, "expression", readdirSync(join(directory, "expression"))[0]!));
      return failureOf(readGdcDownload(directory));
    });
    expect(failure.message).toContain("1 of 10 files of the download");
  });

  it("may be given up while it is read", async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(read(undefined, { signal: controller.signal })).rejects.toMatchObject({ name: "AbortError" });
  });
});
