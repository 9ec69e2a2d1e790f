import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OsteonError } from "@osteon/errors";
import { parquetWriteFile } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import {
  csv,
  encode,
  readFolder,
  smallFiles,
  smallMapping,
  smallTables,
  writeH5ad,
  writeParquet,
} from "./files-fixture.ts";

type Write = (directory: string) => void | Promise<void>;

/** Whatever is in the mapping and the files that must not be repeated. */
const secret = "KANARIENVOGEL";

async function faultOf(mapping: string, files: Readonly<Record<string, string>>, write?: Write): Promise<OsteonError> {
  try {
    await readFolder(mapping, files, write);
  } catch (error) {
    expect(error).toBeInstanceOf(OsteonError);
    expect((error as Error).message).not.toMatch(new RegExp(`${secret}|/tmp/`));
    return error as OsteonError;
  }
  throw new Error("nothing was refused");
}

const { patients, expression } = smallTables;
const clinical = "patients: { file: patients.csv }\nsamples: { file: samples.csv }\n";
const table = (...rows: string[]) => rows.map((row) => `${row}\n`).join("");

describe("a text file", () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ["that is not there", { "patients.csv": csv(patients), "samples.csv": "" }, /samples\.csv has no rows/],
    [
      "with a ragged row",
      { "patients.csv": csv(patients).replace(",10,", ",10,,") },
      /patients\.csv, line 2: 7 columns/,
    ],
    [
      "with a ragged row in a matrix",
      { "expression.csv": csv(expression).replace("5.25,10", "5.25") },
      /expression\.csv, line 2: 2 columns where the header has 3/,
    ],
    [
      "with an unclosed quote",
      { "patients.csv": csv(patients).replace("Female", '"Female') },
      /patients\.csv, line 3, column 2: a quoted cell begins here and does not end/,
    ],
    [
      "with text after a quoted cell",
      { "patients.csv": csv(patients).replace("Female", `"Female"${secret}`) },
      /patients\.csv, line 3, column 2: text after the end of a quoted cell/,
    ],
    [
      "in one column",
      { "patients.csv": "PATIENT_ID\nS1\n" },
      /patients\.csv, line 1: neither comma, semicolon, tab nor \| separates the header/,
    ],
    [
      "that two characters separate alike",
      { "patients.csv": "PATIENT_ID,a;SEX\nS1,1;Male\n" },
      /a comma and a semicolon separate it alike\. State `separator`/,
    ],
    ["with a column twice", { "patients.csv": csv(patients).replace("SEX", "AGE") }, /columns 2 and 3 are both AGE/],
    [
      "with a sample twice",
      { "expression.csv": csv(expression).replace("S2-01", "S1-01") },
      /expression\.csv, line 1: columns 2 and 3 name the same sample/,
    ],
    [
      "with a cell that is no number",
      { "expression.csv": csv(expression).replace("5.25", secret) },
      /expression\.csv, line 2, column 2: not a number/,
    ],
    [
      "with a column of neither genes nor samples",
      {
        "expression.csv": csv([
          ["Hugo_Symbol", "S1-01", secret],
          ["RUNX2", "1.5", "x"],
        ]),
      },
      /expression\.csv, line 1, column 3: neither a gene column nor a sample of samples\.csv/,
    ],
    [
      "with Entrez ids for genes",
      { "expression.csv": csv(expression).replace("RUNX2", "860") },
      /expression\.csv, line 1: no column Hugo_Symbol\. Add gene symbols; Entrez ids alone cannot be matched/,
    ],
    [
      "with ids of nobody",
      { "expression.csv": csv(expression).replaceAll("-01", "-99") },
      /expression\.csv: no column and no row is called by an id of samples\.csv/,
    ],
    [
      "with ids in rows and columns",
      {
        "copy_number.csv": csv([
          ["id", "S1-01", "S2-01"],
          ["S1-01", "1", "0"],
          ["S2-01", "0", "1"],
        ]),
      },
      /copy_number\.csv: ids of samples are in the header and in the rows\. State `orientation`/,
    ],
    [
      "with decimals of both kinds",
      {
        "expression.csv": csv(
          [
            ["Hugo_Symbol", "S1-01", "S2-01"],
            ["RUNX2", "1,5", "2.5"],
          ],
          ";",
        ),
      },
      /expression\.csv: some numbers have a point and some a comma\. State `decimal`/,
    ],
    [
      "with commas that may be of thousands",
      {
        "expression.csv": csv(
          [
            ["Hugo_Symbol", "S1-01", "S2-01"],
            ["RUNX2", "1,500", "2,345"],
          ],
          ";",
        ),
      },
      /expression\.csv: commas may be decimal or of thousands/,
    ],
    [
      "with values that its unit cannot have",
      { "expression.csv": csv(expression).replace("5.25", "50000") },
      /expression\.csv, line 2, column 2: outside of 0 to 20 \(log2\(TPM\+1\)\)\. Correct the value, or the unit/,
    ],
    [
      "with a gene in two rows of the same sample",
      {
        "expression.csv": csv([
          ["id", "RUNX2"],
          ["S1-01", "1"],
          ["S1-01", "2"],
        ]),
      },
      /expression\.csv, line 3: a second value of the same gene and sample/,
    ],
    [
      "with a clinical column between genes",
      {
        "expression.csv": csv([
          ["id", "RUNX2", "AGE"],
          ["S1-01", "1", "12"],
        ]),
      },
      /expression\.csv, line 1, column 3: its header is a clinical variable's or an identifier's/,
    ],
    [
      "with an identifier's column between genes",
      {
        "expression.csv": csv([
          ["id", "RUNX2", "dateOfBirth"],
          ["S1-01", "1", "12"],
        ]),
      },
      /expression\.csv, line 1, column 3: its header is a clinical variable's or an identifier's/,
    ],
    [
      "of mutations other than 0 and 1",
      {
        "mutations.csv": csv([
          ["gene", "S1-01"],
          ["TP53", "2"],
        ]),
      },
      /mutations\.csv, line 2, column 2: outside of 0, 1/,
    ],
  ])("%s is refused with its place", async (_, others, message) => {
    const isMatrix = others["mutations.csv"] !== undefined;
    const mapping = smallMapping("csv", isMatrix ? { mutations: ", form: matrix" } : {});
    expect((await faultOf(mapping, smallFiles(others))).message).toMatch(message);
  });

  it("that is not there is told by its name", async () => {
    const { "patients.csv": _, ...files } = smallFiles();
    expect((await faultOf(smallMapping("csv"), files)).message).toMatch(/^patients\.csv cannot be read \(ENOENT\)/);
  });

  it("separated otherwise than the mapping states is told apart from one of a single column", async () => {
    const mapping = smallMapping("csv").replace("patients.csv", 'patients.csv, separator: ";"');
    expect((await faultOf(mapping, smallFiles())).message).toMatch(
      /separated by a semicolon the header is one cell, by a comma several/,
    );
  });

  it("with a point where the mapping states commas is refused: it may be of thousands", async () => {
    const mapping = smallMapping("csv").replace("patients.csv", 'patients.csv, decimal: ","');
    expect((await faultOf(mapping, smallFiles())).message).toMatch(/line 2, column 3 has a point, others a comma/);
    const matrix = smallMapping("csv", { expression: ', decimal: ","' });
    expect((await faultOf(matrix, smallFiles())).message).toMatch(/expression\.csv, line 2, column 2: not a number/);
  });

  it.each(["samples-in-rows", "genes-in-rows"])(
    "that lies otherwise than the stated %s is refused",
    async (orientation) => {
      const turned = csv([
        ["id", "RUNX2"],
        ["S1-01", "1"],
      ]);
      const files = smallFiles(orientation === "genes-in-rows" ? { "expression.csv": turned } : {});
      const mapping = smallMapping("csv", { expression: `, orientation: ${orientation}` });
      expect((await faultOf(mapping, files)).message).toMatch(
        new RegExp(`expression\\.csv: ${orientation} is stated, but the ids of samples are in the`),
      );
    },
  );

  it("without a column that the mapping names is refused with all such", async () => {
    const mapping = smallMapping("csv").replace("patients.csv", "patients.csv, id: Fall, columns: { Alter: AGE }");
    expect((await faultOf(mapping, smallFiles())).message).toMatch(
      /patients\.csv, line 1: 'Fall', 'Alter', which the mapping names, are not in the header/,
    );
  });
});

describe("an expression unit that is not stated", () => {
  const ids = ["S1-01", "S2-01", "S3-01"];
  const matrix = (...rows: number[][]) =>
    csv([["gene", ...ids], ...rows.map((row, at) => [`G${at}`, ...row.map(String)])]);
  const unstated = `${clinical}expression: { file: expression.csv }\n`;

  it.each([
    [
      "z-score",
      [
        [-1.2, 1.3, -0.1],
        [1.2, 0, -1.2],
        [0.5, -1.3, 0.8],
      ],
      /read .* in z-score, since most genes/,
    ],
    [
      "TPM",
      [
        [400_000.5, 900_000, 999_999],
        [599_999.5, 100_000, 1],
      ],
      /in TPM, since the values of each sample add up to a million/,
    ],
    [
      "log2(TPM+1)",
      [
        [5.25, 12.5, 0],
        [0, 1, 3],
      ],
      /in log2\(TPM\+1\), since values are between 0 and 20/,
    ],
  ])("is found to be %s, and said", async (_, rows, note) => {
    const { notes } = await readFolder(unstated, smallFiles({ "expression.csv": matrix(...rows) }));
    expect(notes.join("\n")).toMatch(note);
  });

  it.each([
    ["raw counts", [[12, 5000, 0]], /all values are whole numbers, as raw counts are/],
    ["large values of no known sum", [[12.5, 5000, 0]], /too large for logarithms, and do not add up to a million/],
    ["negative values of another scale", [[-9.97, 3.2, 5.5]], /some values are negative/],
    ["logarithms to base ten, perhaps", [[2.5, 3.2, 5.5]], /small enough for logarithms to base ten/],
    [
      "logarithms of more than a million",
      [
        [19.5, 3.2, 5.5],
        [19.5, 2, 1],
      ],
      /add up to over a million TPM/,
    ],
    ["nothing", [], /no value is known/],
  ])("of %s has to be stated", async (_, rows, message) => {
    const text =
      rows.length === 0
        ? csv([
            ["gene", ...ids],
            ["G0", "", "", ""],
          ])
        : matrix(...rows);
    const fault = await faultOf(unstated, smallFiles({ "expression.csv": text }));
    expect(fault.code).toBe("files.unit");
    expect(fault.message).toMatch(message);
  });
});

describe("a Parquet file", () => {
  const write: Write = (directory) => writeParquet(join(directory, "e.parquet"), expression);
  const mapping = smallMapping("csv").replace("expression.csv", "e.parquet");

  it.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ["cut short", (bytes) => bytes.subarray(0, bytes.length >> 1)],
    ["empty", () => new Uint8Array(0)],
    ["that is something else", () => new TextEncoder().encode(secret.repeat(20))],
    [
      "with damaged pages",
      (bytes) => {
        const damaged = Uint8Array.from(bytes);
        damaged.fill(0xff, 4, 90);
        return damaged;
      },
    ],
  ])("%s is refused without a word of its content", async (_, spoil) => {
    const fault = await faultOf(mapping, smallFiles(), async (directory) => {
      await write(directory);
      const file = join(directory, "e.parquet");
      writeFileSync(file, spoil(readFileSync(file)));
    });
    expect(fault.code).toBe("files.parquet");
    expect(fault.message).toMatch(/^e\.parquet is not a whole Parquet file/);
  });

  it("with ids as numbers is refused, and read where the mapping says how many digits they have", async () => {
    const ids = smallFiles({
      "patients.csv": csv(patients).replaceAll(/^S/gm, "00"),
      "samples.csv": csv(smallTables.samples).replaceAll(/^S(\d),S\d-01/gm, "00$1,00$1"),
    });
    const numbers: Write = (directory) =>
      writeParquet(join(directory, "e.parquet"), [
        ["id", "RUNX2"],
        ["1", "1.5"],
        ["2", "2.5"],
      ]);
    const text = `${clinical}expression: { file: e.parquet, id: id, unit: log2(TPM+1) }\n`;
    const fault = await faultOf(text, ids, numbers);
    expect(fault.code).toBe("files.id-number");
    expect(fault.message).toMatch(/e\.parquet, column 1 \(SAMPLE_ID\): ids are stored as numbers/);
    const { cohort } = await readFolder(text.replace("id: id", "id: id, id_digits: 3"), ids, numbers);
    expect([...cohort.expression.values]).toEqual([1.5, 2.5, Number.NaN]);
    const table = await faultOf("patients: { file: p.parquet }\n", {}, (directory) =>
      writeParquet(join(directory, "p.parquet"), [
        ["PATIENT_ID", "AGE"],
        ["1", "12"],
      ]),
    );
    expect(table.code).toBe("files.id-number");
    expect(table.message).toMatch(/p\.parquet, column 1 \(PATIENT_ID\): ids are stored as numbers/);
  });

  it("with lists for numbers is refused", async () => {
    const fault = await faultOf(mapping, smallFiles(), (directory) =>
      parquetWriteFile({
        filename: join(directory, "e.parquet"),
        columnData: [
          { name: "gene", data: ["RUNX2"] },
          { name: "S1-01", data: [[1, 2]] },
        ],
        schema: [
          { name: "root", num_children: 2 },
          { name: "gene", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" },
          { name: "S1-01", repetition_type: "OPTIONAL", num_children: 1, converted_type: "LIST" },
          { name: "list", repetition_type: "REPEATED", num_children: 1 },
          { name: "element", type: "DOUBLE", repetition_type: "OPTIONAL" },
        ],
      }),
    );
    expect(fault.message).toMatch(/e\.parquet, column 2: holds lists or groups/);
  });
});

describe("an .h5ad file", () => {
  const content = {
    samples: ["S1-01", "S2-01"],
    genes: ["RUNX2", "TP53"],
    values: [
      [1, 2],
      [3, 4],
    ],
  };
  const mapping = smallMapping("csv").replace("expression.csv", "e.h5ad");
  const path = (directory: string) => join(directory, "e.h5ad");
  const write = (directory: string) => writeH5ad(path(directory), content);

  it.each<[string, (file: string) => void]>([
    ["cut short", (file) => truncateSync(file, 3000)],
    ["that is something else", (file) => writeFileSync(file, secret.repeat(99))],
    ["empty", (file) => writeFileSync(file, "")],
  ])("%s is refused without a word of its content", async (_, spoil) => {
    const fault = await faultOf(mapping, smallFiles(), async (directory) => {
      await write(directory);
      spoil(path(directory));
    });
    expect(fault.code).toBe("files.h5ad");
  });

  it.each<[string, string, Parameters<typeof writeH5ad>[2], RegExp]>([
    ["without the layer named", ", layer: tpm", undefined, /e\.h5ad has no layers\/tpm/],
    ["without raw", ", raw: true", undefined, /e\.h5ad has no raw\/var/],
    ["without the column of genes named", ", gene: symbol", undefined, /e\.h5ad has no var\/symbol/],
    [
      "with another encoding of its matrix",
      ", layer: odd",
      (file) => encode(file.create_group("layers").create_group("odd"), secret),
      /e\.h5ad, layers\/odd: its encoding-type is none of array, csr_matrix, csc_matrix/,
    ],
    [
      "with another shape",
      ", layer: odd",
      (file) => {
        const layer = { name: "odd", data: Float32Array.of(1, 2), shape: [1, 2], dtype: "<f4" };
        encode(file.create_group("layers").create_dataset(layer), "array");
      },
      /e\.h5ad, layers\/odd: its shape does not fit/,
    ],
  ])("%s is refused by the part", async (_, keys, more, message) => {
    const fault = await faultOf(mapping.replace("e.h5ad", `e.h5ad${keys}`), smallFiles(), (directory) =>
      writeH5ad(path(directory), content, more),
    );
    expect(fault.message).toMatch(message);
  });

  it("with samples for genes is refused", async () => {
    const fault = await faultOf(mapping, smallFiles(), (directory) =>
      writeH5ad(path(directory), { ...content, samples: content.genes, genes: content.samples }),
    );
    expect(fault.message).toMatch(/e\.h5ad: samples-in-rows is stated, but the ids of samples are in the header/);
  });
});

describe("a mapping", () => {
  it("tells all its faults at once, with line and column", async () => {
    const mapping = table(
      "patients:",
      "  file: patients.xlsx",
      "  colums: { Alter: AGE }",
      "  columns:",
      "    Alter: AGEE",
      "samples: { file: ../samples.csv, separator: ':' }",
      "expression: { unit: RPKM }",
    );
    const fault = await faultOf(mapping, {});
    expect(fault.code).toBe("files.mapping-invalid");
    expect(fault.message).toMatch(/The mapping file mapping\.yaml has 5 faults/);
    for (const line of [
      /patients\.colums \(line 3, column 3\): no such key; did you mean columns\?/,
      /patients\.columns\.Alter \(line 5, column 5\): must be "PATIENT_ID" or "SEX" or "AGE"/,
      /samples\.separator \(line 6, column 34\): must be "," or ";" or "\|" or "\\t"/,
      /expression\.file \(line 7, column 1\): must be a text that is not empty/,
      /expression\.unit \(line 7, column 15\): must be "log2\(TPM\+1\)" or "TPM" or "CPM" or "z-score"/,
    ]) {
      expect(fault.message).toMatch(line);
    }
  });

  it.each<[string, RegExp]>([
    ["patients: { file: ../p.csv }", /patients\.file \(line 1, column 13\): must be a file inside `directory`/],
    ["patients: { file: /p.csv }", /must be a file inside/],
    ["patients: { file: p.xlsx }", /its suffix tells no format; state `format`/],
    ["patients: { file: p.h5ad }", /must be a table; \.h5ad is read as a matrix of expression/],
    ["patients: { file: p.parquet, separator: ',' }", /patients\.separator .*it is for text files/],
    ["patients: { file: p.csv, id: a, columns: { b: PATIENT_ID } }", /PATIENT_ID is named twice/],
    ["patients: { file: p.csv, columns: { a: AGE, b: AGE } }", /AGE is named twice/],
    ["patients: { file: p.csv, id: a, columns: { a: AGE } }", /columns\.a .*another key names this column/],
    [
      "patients: { file: p.csv }\nsamples: { file: s.csv, id: a, patient: a }",
      /samples \(line 2, column 1\): two of its keys name one column/,
    ],
    ["patients: { file: p.csv, columns: { days: OS_MONTHS } }", /its name speaks of another unit than OS_MONTHS's/],
    [
      "patients: { file: p.csv, values: { SEX: { w: weiblich } } }",
      /values\.SEX\.w .*must be one of male, m, female, f, or NA/,
    ],
    [
      "patients: { file: p.csv, values: { AGE: { alt: 200 } } }",
      /values\.AGE\.alt .*a number of 0 to 120 years, or NA/,
    ],
    ["patients: { file: p.csv, constants: { OS_STATUS: gone } }", /constants\.OS_STATUS .*must be one of/],
    [
      "patients: { file: p.csv }\nexpression: { file: e.csv, form: long }",
      /expression\.form .*must have `unit` beside it/,
    ],
    ["patients: { file: p.csv }\nexpression: { file: e.csv, layer: x }", /expression\.layer .*it is for \.h5ad files/],
    [
      "patients: { file: p.csv }\nexpression: { file: e.csv, id: a, gene: b }",
      /expression\.id .*the header has the ids/,
    ],
    [
      "patients: { file: p.csv }\nmutations: { file: m.csv, form: matrix, columns: { a: Hugo_Symbol } }",
      /for a table of calls/,
    ],
    ["samples: { file: s.csv }", /patients: must be a group of the keys file/],
  ])("%j is refused", async (mapping, message) => {
    expect((await faultOf(mapping, {})).message).toMatch(message);
  });

  it("that is not YAML is told with line and column", async () => {
    expect(await faultOf("patients: { file: p.csv\n", {})).toMatchObject({
      code: "files.mapping-syntax",
      parameters: { file: "mapping.yaml", line: 2, column: 1 },
    });
  });
});
