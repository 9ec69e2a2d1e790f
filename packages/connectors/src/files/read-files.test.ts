import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { digestCohort, type Cohort } from "@osteon/cohort";
import { beforeAll, describe, expect, it } from "vitest";
import { readCbioportalStudy } from "../cbioportal/read-cbioportal-study.ts";
import { tsv, smallStudy, withStudy } from "../cbioportal/study-fixture.ts";
import {
  csv,
  readFolder,
  smallFiles,
  smallMapping,
  smallTables,
  transpose,
  writeH5ad,
  writeParquet,
  type Rows,
} from "./files-fixture.ts";

/** The same patients as a cBioPortal study. */
let expected: Cohort;
let digest: string;
beforeAll(async () => {
  const study = {
    ...smallStudy,
    "data_clinical_patient.txt": tsv(...smallTables.patients),
    "data_mutations.txt": tsv(...smallTables.mutations),
    "data_cna.txt": tsv(...smallTables.copyNumber),
    "data_expression.txt": tsv(...smallTables.expression),
  };
  ({ cohort: expected } = await withStudy(study, (directory) => readCbioportalStudy(directory)));
  digest = await digestCohort(expected);
});

const writeAllParquet =
  (options: Parameters<typeof writeParquet>[2] = {}, transform: (rows: Rows) => Rows = (rows) => rows) =>
  (directory: string) => {
    writeParquet(join(directory, "patients.parquet"), smallTables.patients, options);
    writeParquet(join(directory, "samples.parquet"), smallTables.samples, options);
    writeParquet(join(directory, "mutations.parquet"), smallTables.mutations, options);
    writeParquet(join(directory, "copy_number.parquet"), transform(smallTables.copyNumber), options);
    writeParquet(join(directory, "expression.parquet"), transform(smallTables.expression), options);
  };

const clinical = "patients: { file: patients.csv }\nsamples: { file: samples.csv }\n";

describe("the same patients in files give the same cohort", () => {
  it("as CSV", async () => {
    const { cohort, files } = await readFolder(smallMapping("csv"), smallFiles());
    expect(cohort).toEqual(expected);
    expect(await digestCohort(cohort)).toBe(digest);
    expect(files.map(({ name, table }) => [name, table])).toEqual([
      ["patients.csv", "clinical-patient"],
      ["samples.csv", "clinical-sample"],
      ["mutations.csv", "mutations"],
      ["copy_number.csv", "copy-number"],
      ["expression.csv", "expression"],
    ]);
    expect(files.every(({ bytes, sha256 }) => bytes > 0 && /^[0-9a-f]{64}$/.test(sha256))).toBe(true);
  });

  it.each([";", "\t", "|"])(
    "as text separated by %j, with a byte order mark, decimal commas, packed",
    async (separator) => {
      const comma = (rows: Rows) =>
        csv(
          rows.map((row) => row.map((cell) => cell.replace(/^(\d+)\.(\d+)$/, "$1,$2"))),
          separator,
        );
      const packed = Object.fromEntries(
        Object.entries(smallTables).map(([name, rows]) => [
          `${name.replace("copyNumber", "copy_number")}.csv.gz`,
          gzipSync(`\uFEFF# a remark\r\n${comma(rows)}`),
        ]),
      );
      const { cohort, notes } = await readFolder(smallMapping("csv.gz"), packed);
      expect(await digestCohort(cohort)).toBe(digest);
      expect(notes.join("\n")).toMatch(/^Patients: read separated by .*, with decimal commas\.$/m);
      expect(notes.join("\n")).toMatch(/^Expression: read separated by .*, with decimal commas; genes in rows, since/m);
    },
  );

  it.each([
    ["plain pages of a row each", { codec: "UNCOMPRESSED", rowGroupSize: 1 }],
    ["snappy", { codec: "SNAPPY" }],
  ] as const)("as Parquet of %s, with numbers as numbers", async (_, options) => {
    const { cohort } = await readFolder(smallMapping("parquet"), {}, writeAllParquet(options));
    expect(await digestCohort(cohort)).toBe(digest);
  });

  it("with samples in rows, as CSV and as Parquet", async () => {
    const turned = (rows: Rows) => transpose(rows).map((row, at) => (at === 0 ? ["id", ...row.slice(1)] : row));
    const files = smallFiles({
      "copy_number.csv": csv(turned(smallTables.copyNumber)),
      "expression.csv": csv(turned(smallTables.expression)),
    });
    const text = await readFolder(smallMapping("csv"), files);
    expect(await digestCohort(text.cohort)).toBe(digest);
    expect(text.notes).toContain(
      "Expression: read separated by a comma; samples in rows, since the rows have their ids.",
    );
    const parquet = await readFolder(smallMapping("parquet"), {}, writeAllParquet({}, turned));
    expect(await digestCohort(parquet.cohort)).toBe(digest);
  });

  it("in the long form, as CSV and as Parquet", async () => {
    const long = ([header, ...rows]: Rows, name: string): Rows => [
      ["sample", "gene", name],
      ...rows.flatMap(([gene, ...values]) => values.map((value, at) => [header![at + 1]!, gene!, value])),
    ];
    const copyNumber = long(smallTables.copyNumber, "level");
    const expression = long(smallTables.expression, "log2tpm");
    const mapping = (suffix: string) =>
      `${clinical}mutations: { file: mutations.csv }\n` +
      `copy_number: { file: cn.${suffix}, form: long, id: sample, gene: gene, value: level }\n` +
      `expression: { file: ex.${suffix}, form: long, id: sample, gene: gene, value: log2tpm, unit: log2(TPM+1) }\n`;
    const text = { ...smallFiles(), "cn.csv": csv(copyNumber), "ex.csv": csv(expression) };
    expect(await digestCohort((await readFolder(mapping("csv"), text)).cohort)).toBe(digest);
    const { cohort } = await readFolder(mapping("parquet"), smallFiles(), (directory) => {
      writeParquet(join(directory, "cn.parquet"), copyNumber);
      writeParquet(join(directory, "ex.parquet"), expression);
    });
    expect(await digestCohort(cohort)).toBe(digest);
  });

  it.each(["array", "csr_matrix", "csc_matrix"] as const)("with expression in an .h5ad file, %s", async (encoding) => {
    const [, ...rows] = transpose(smallTables.expression.map((row) => [...row]));
    const content = {
      samples: rows.map(([id]) => id!),
      genes: smallTables.expression.slice(1).map(([gene]) => gene),
      values: rows.map(([, ...cells]) => cells.map((cell) => (cell === "NA" ? Number.NaN : Number(cell)))),
      encoding,
    };
    for (const [path, keys] of [
      ["X", ""],
      ["layers/tpm", ", layer: tpm"],
      ["raw/X", ", raw: true"],
    ] as const) {
      const mapping = smallMapping("csv").replace("expression.csv", `e.h5ad${keys}`);
      const { cohort } = await readFolder(mapping, smallFiles(), (directory) =>
        writeH5ad(join(directory, "e.h5ad"), { ...content, path }),
      );
      expect(await digestCohort(cohort)).toBe(digest);
    }
  });

  it("with mutations as a matrix of 0 and 1, either way", async () => {
    const matrix: Rows = [
      ["gene", "S1-01", "S2-01", "S3-01"],
      ["TTN", "0", "0", "NA"],
      ["TP53", "1", "0", "NA"],
    ];
    for (const rows of [matrix, transpose(matrix)]) {
      const mapping = smallMapping("csv", { mutations: ", form: matrix" });
      const { cohort, refusals } = await readFolder(mapping, smallFiles({ "mutations.csv": csv(rows) }));
      expect(await digestCohort(cohort)).toBe(digest);
      expect(refusals).toContainEqual({ table: "mutations", reason: "genes without a mutation", count: 1 });
    }
  });

  it("as a MAF with remarks and quotes that are plain characters", async () => {
    const maf = `#version 2.4\n${tsv(["Hugo_Symbol", "Note", "Variant_Classification", "Tumor_Sample_Barcode"], ["TP53", '"open', "Missense_Mutation", "S1-01"], ["ATRX", "", "5'UTR", "S1-01"])}`;
    const mapping = smallMapping("csv").replace("mutations.csv", "calls.maf.gz");
    const { cohort } = await readFolder(mapping, { ...smallFiles(), "calls.maf.gz": gzipSync(maf) });
    expect(await digestCohort(cohort)).toBe(digest);
  });
});

describe("a mapping of a hospital's own words", () => {
  const patients = [
    ["Fallnummer", "Geschlecht", "Alter (Tage)", "Status", "Überleben", "M", "AGE", "Nekrose"],
    ["7", "w", "3652,5", "verstorben", "365", "M1", "99", "0,5"],
    ["12", "m", "-99", "lebt", "k.A.", "M0", "99", "-99"],
  ];
  const mapping = `
patients:
  file: patients.csv
  id: Fallnummer
  id_digits: 4
  missing: [-99, k.A.]
  columns:
    Geschlecht: SEX
    Alter (Tage): AGE
    Status: OS_STATUS
    Überleben: OS_MONTHS
    M: METASTATIC_AT_DIAGNOSIS
    Nekrose: PERCENT_NECROSIS
  values:
    SEX: { w: Female, m: Male }
    OS_STATUS: { lebt: alive, verstorben: dead }
    METASTATIC_AT_DIAGNOSIS: { M1: Yes, M0: No }
  units: { AGE: days, OS_MONTHS: days, PERCENT_NECROSIS: fraction }
`;

  it("is read in the contract's", async () => {
    const { cohort, columns, notes } = await readFolder(mapping, { "patients.csv": csv(patients, ";") });
    expect(cohort.patientIds).toEqual(["0007", "0012"]);
    expect(cohort.clinical).toEqual({
      survivalTimeDays: Float64Array.of(365, Number.NaN),
      event: Int8Array.of(1, 0),
      ageYears: Float64Array.of(10, Number.NaN),
      metastasis: Int8Array.of(1, 0),
      male: Int8Array.of(0, 1),
      necrosisPercent: Float64Array.of(50, Number.NaN),
    });
    // The file's own column of that name is not the one that the mapping names.
    expect(columns).toContainEqual({
      table: "clinical-patient",
      column: "AGE (not mapped)",
      taken: false,
      reason: "not in the contract",
    });
    expect(notes).toContain("Patients: read separated by a semicolon, with decimal commas.");
  });

  it("takes dates in the form that it states, and every sample as sequenced where it says so", async () => {
    const dated = [
      ["PATIENT_ID", "geboren", "Diagnose", "gesehen", "OS_STATUS", "METASTASIS"],
      ["A", "4.3.2001", "04.03.2011", "04.04.2011", "alive", "m0"],
      ["B", "05.03.2001", "2011-03-05", "", "alive", "m1"],
    ];
    const text = `
patients:
  file: patients.csv
  dates: DD.MM.YYYY
  columns: { geboren: DATE_OF_BIRTH, Diagnose: DATE_OF_DIAGNOSIS, gesehen: DATE_OF_LAST_CONTACT }
mutations:
  file: calls.tsv
  gene: gene
  id: patient
  constants: { Variant_Classification: Missense_Mutation }
  sequenced: all
`;
    const { cohort, reductions } = await readFolder(text, {
      "patients.csv": csv(dated),
      "calls.tsv": "patient\tgene\nA\tTP53\n",
    });
    expect([...cohort.clinical.survivalTimeDays]).toEqual([31, Number.NaN]);
    expect(cohort.clinical.ageYears[0]).toBeCloseTo(10, 2);
    expect(cohort.mutations).toEqual({ genes: ["TP53"], values: Int8Array.of(1, 0) });
    expect(reductions?.map(({ column }) => column)).toContain("DATE_OF_BIRTH");
  });
});

describe("quoted cells", () => {
  it("may hold separators, doubled quotes and line ends, whose lines are counted", async () => {
    const [header, ...rows] = smallTables.patients;
    const withNotes = [[...header, "NOTES"], ...rows.map((row, at) => [...row, at === 0 ? 'a, "b"\n\nc' : ""])];
    const { cohort } = await readFolder(smallMapping("csv"), smallFiles({ "patients.csv": csv(withNotes) }));
    expect(await digestCohort(cohort)).toBe(digest);
    const broken = csv(withNotes).replace("15,", "old,");
    await expect(readFolder(smallMapping("csv"), smallFiles({ "patients.csv": broken }))).rejects.toThrow(
      /patients\.csv, line 5, column 3 \(AGE\): not a number/,
    );
  });
});
