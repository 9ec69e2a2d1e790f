import { join } from "node:path";
import { deidentifyCohort } from "@osteon/deidentification";
import { OsteonError } from "@osteon/errors";
import { describe, expect, it } from "vitest";
import {
  csv,
  encode,
  readFolder,
  smallFiles,
  smallTables,
  writeH5ad,
  writeParquet,
  type Rows,
} from "./files-fixture.ts";

/** A marker that stands wherever nothing may pass; the number tells where a leak came from. */
let planted = 0;
const canary = (form = "") => `${form}KANARIENVOGEL${++planted}`;
const telling = /KANARIENVOGEL|S[123]\b|S[123]-01|@example|617.555|123-45-6789|2011-03-04|Muster|7577121/i;
const options = { key: new Uint8Array(32).fill(3), release: "canaries" };

/** Adds columns of identifiers, some with identifiers for headers. */
function plant(rows: Rows): Rows {
  const headers = ["MRN", "EMAIL", "DATE_OF_VISIT", "NOTES", "Muster, Anna", "anna@example.org", `MRN 00${"1234567"}`];
  const cells = () => [
    canary("MRN-0012345 "),
    `${canary()}@example.org`,
    "2011-03-04",
    canary('seen "2011-03-04", '),
    "617-555-0123",
    canary(),
    "123-45-6789",
  ];
  return rows.map((row, at) => [...row, ...(at === 0 ? headers : cells())]);
}

const mapping = (suffix: string, expression = `expression.${suffix}`, keys = "") => `
# ${canary()}
patients: { file: patients.${suffix}, missing: ["${canary()}"] }
samples: { file: samples.${suffix} }
mutations: { file: mutations.${suffix} }
copy_number: { file: copy_number.${suffix} }
expression: { file: ${expression}, unit: log2(TPM+1)${keys} }
`;

const annotated: Rows = smallTables.expression.map((row, at) => [...row, at === 0 ? "Description" : canary()]);
const keys = ", annotations: [Description]";

const texts = () =>
  smallFiles({
    "patients.csv": `#${canary()}\n${csv(plant(smallTables.patients))}`,
    "samples.csv": csv(plant(smallTables.samples)),
    "mutations.csv": csv(plant(smallTables.mutations)),
    "expression.csv": csv(annotated),
  });

async function expectSilence(reading: ReturnType<typeof readFolder>): Promise<void> {
  const extract = await reading;
  const { cohort: read, files: _, ...account } = extract;
  expect(read.patientIds).toEqual(["S1", "S2", "S3"]);
  expect(JSON.stringify(account)).not.toMatch(telling);
  const { cohort, record } = await deidentifyCohort(extract, options);
  expect(JSON.stringify(record)).not.toMatch(telling);
  const bytesOf = (view: ArrayBufferView) => [...new Uint8Array(view.buffer, view.byteOffset, view.byteLength)];
  const plain = (_: string, value: unknown) => (ArrayBuffer.isView(value) ? bytesOf(value) : value);
  expect(JSON.stringify(cohort, plain)).not.toMatch(telling);
  expect(JSON.stringify([...cohort.expression.genes, ...cohort.mutations.genes, ...cohort.copyNumber.genes])).toBe(
    JSON.stringify(["RUNX2", "TP53", "TP53", "MYC", "RB1"]),
  );
}

describe("canaries", () => {
  it("in every column and header of CSV that is not named, and in remarks, pass nowhere", async () => {
    await expectSilence(readFolder(mapping("csv", "expression.csv", keys), texts()));
  });

  it("in columns, headers and metadata of Parquet pass nowhere", async () => {
    const metadata = { kvMetadata: [{ key: canary(), value: canary() }], createdBy: canary() };
    const write = (directory: string) => {
      const path = (name: string) => join(directory, `${name}.parquet`);
      writeParquet(path("patients"), plant(smallTables.patients), metadata);
      writeParquet(path("samples"), plant(smallTables.samples), metadata);
      writeParquet(path("mutations"), plant(smallTables.mutations), metadata);
      writeParquet(path("copy_number"), smallTables.copyNumber, metadata);
      writeParquet(path("expression"), annotated, metadata);
    };
    await expectSilence(readFolder(mapping("parquet", "expression.parquet", keys), {}, write));
  });

  it("in obs, var, uns, obsm, layers and attributes of an .h5ad file pass nowhere", async () => {
    const content = {
      samples: ["S1-01", "S2-01"],
      genes: ["ENSG1", "ENSG2"],
      values: [
        [10, Number.NaN],
        [5.25, 0],
      ],
    };
    const write = (directory: string) =>
      writeH5ad(join(directory, "e.h5ad"), content, (file) => {
        const dataset = (path: string, name: string, data: string[]) => {
          const group = file.get(path) as ReturnType<typeof file.create_group>;
          encode(group.create_dataset({ name, data }), "string-array");
        };
        file.create_attribute("note", canary());
        file.get("X")!;
        dataset("obs", "patient_name", [canary("Muster, "), canary()]);
        dataset("obs", "Muster, Anna", ["617-555-0123", "2011-03-04"]);
        dataset("obs", "anna@example.org", ["1", "2"]);
        dataset("var", "symbol", ["RUNX2", "TP53"]);
        dataset("var", "note", [canary(), canary()]);
        for (const name of ["uns", "obsm", "layers"]) {
          file.create_group(name);
          dataset(name, canary(), [canary()]);
        }
      });
    const files = { ...texts() };
    await expectSilence(readFolder(mapping("csv", "e.h5ad", ", gene: symbol"), files, write));
  });

  it("are reported by the alarm in columns that are not taken", async () => {
    const { findings } = await readFolder(mapping("csv", "expression.csv", keys), texts());
    const found = findings.filter(({ table }) => table === "clinical-patient").map((finding) => finding.column);
    expect(new Set(found)).toEqual(
      new Set(["MRN", "EMAIL", "DATE_OF_VISIT", "NOTES", "column 11 (name withheld)", "column 13 (name withheld)"]),
    );
    expect(findings.every(({ taken }) => !taken)).toBe(true);
  });

  it.each([
    ["patients.csv", "12.5"],
    ["patients.csv", "0:LIVING"],
    ["patients.csv", "S2,"],
    ["samples.csv", "S1-01"],
    ["mutations.csv", "Missense_Mutation"],
    ["mutations.csv", "S1-01"],
    ["mutations.csv", "TP53"],
    ["copy_number.csv", "MYC"],
    ["copy_number.csv", "-2"],
    ["copy_number.csv", "S2-01"],
    ["expression.csv", "5.25"],
    ["expression.csv", "RUNX2"],
    ["expression.csv", "S2-01"],
  ])("in %s for %j are not repeated by the error", async (file, from) => {
    const files = texts();
    expect(files[file]).toContain(from);
    for (const marker of [
      "KANARIENVOGEL 0",
      "KANARIENVOGEL\u0007",
      "anna@example.org KANARIENVOGEL",
      '"KANARIENVOGEL',
    ]) {
      const to = from.endsWith(",") ? `${marker},` : marker;
      const broken = { ...files, [file]: files[file]!.replace(from, to) };
      const failure: unknown = await readFolder(mapping("csv", "expression.csv", keys), broken).catch(
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(OsteonError);
      const { message, parameters, cause, stack } = failure as OsteonError;
      expect(JSON.stringify({ message, parameters, cause, stack })).not.toMatch(/KANARIENVOGEL|anna/i);
    }
  });
});
