import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { deidentifyCohort } from "@osteon/deidentification";
import { OsteonError } from "@osteon/errors";
import { describe, expect, it } from "vitest";
import { replaceCases, withDownload, writeBeside } from "../testing/download-fixture.ts";
import { madeUpContents, smallPatients, smallProject } from "../testing/gdc-project.ts";
import { readGdcDownload } from "./read-gdc-download.ts";

const marker = "KANARIENVOGEL";
/** Markers, source ids, barcodes, positions, dbSNP ids, protein changes, file ids, dates. */
const telling = /KANARIENVOGEL|TARGET-40|[A-D]{6}|7577121|rs28934578|R248W|00000000-0000|2011-03-04|@example/i;
const options = { key: new Uint8Array(32).fill(3), release: "canaries" };

/** A download with markers in all that is not taken, in fields beside those that are asked for too. */
async function withPlanted<T>(use: (directory: string, supplement: string) => Promise<T>): Promise<T> {
  const maf: typeof madeUpContents.maf = (patient, sample) =>
    madeUpContents
      .maf(patient, sample)
      .replaceAll("\tBI\t", `\t${marker}\t`)
      .replaceAll("\tG\tA\t", `\t${marker}\tanna@example.org\t`);
  return withDownload(async (directory) => {
    const cases = (await readFile(join(directory, "cases.jsonl"), "utf8")).trimEnd().split("\n");
    const planted = cases.map((line) => {
      const found = JSON.parse(line) as { demographic?: object };
      return JSON.stringify({
        ...found,
        mrn: `MRN ${marker}`,
        notes: [{ text: `seen 2011-03-04 by ${marker}` }],
        [`${marker}@example.org`]: "x",
        demographic: { ...found.demographic, date_of_birth: "2011-03-04", email: `${marker}@example.org` },
      });
    });
    const manifest = await readFile(join(directory, "manifest.json"), "utf8");
    await replaceCases(directory, manifest, `${planted.join("\n")}\n`);
    const rows = smallPatients.map(({ id }) => `${id},${marker},2011-03-04,Metastatic`);
    const text = ["TARGET USI,Comment,Date of birth,Disease at diagnosis", ...rows].join("\n");
    return use(directory, await writeBeside(directory, "supplement.csv", text));
  }, smallProject({ maf }));
}

describe("canaries", () => {
  it("none passes into the de-identified cohort or the record", async () => {
    const extract = await withPlanted((directory, supplement) =>
      readGdcDownload(directory, { clinicalSupplements: [supplement] }),
    );
    const { cohort, record } = await deidentifyCohort(extract, options);
    expect(JSON.stringify(record)).not.toMatch(telling);
    const bytesOf = (view: ArrayBufferView) => [...new Uint8Array(view.buffer, view.byteOffset, view.byteLength)];
    expect(
      JSON.stringify(cohort, (_, value: unknown) => (ArrayBuffer.isView(value) ? bytesOf(value) : value)),
    ).not.toMatch(telling);
    // Of the extract only the source ids and file names are the source's.
    const { cohort: _, files: __, ...account } = extract;
    expect(JSON.stringify(account)).not.toMatch(telling);
  });

  it("the alarm has seen what is beside the contract, in the cases, the supplement and the mutation files", async () => {
    const { record } = await withPlanted(async (directory, supplement) =>
      deidentifyCohort(await readGdcDownload(directory, { clinicalSupplements: [supplement] }), options),
    );
    const found = new Set(record.findings.map(({ table, class: kind, column }) => `${table} ${column}: ${kind}`));
    expect([...found].sort()).toEqual(
      [
        "clinical-patient Date of birth: date",
        "clinical-patient demographic.date_of_birth: date",
        "clinical-patient demographic.email: e-mail address",
        "clinical-patient mrn: medical record number",
        "clinical-patient notes.text: date",
        "mutations Matched_Norm_Sample_Barcode: other unique identifier",
        "mutations Tumor_Seq_Allele2: e-mail address",
        "mutations case_id: other unique identifier",
      ].sort(),
    );
    for (const { taken } of record.findings) expect(taken).toBe(false);
    expect(record.dropped.map(({ column }) => column)).toContainEqual(expect.stringMatching(/\(name withheld\)/));
  });

  it("an error repeats none", async () => {
    const places = [
      ["cases.jsonl", `"vital_status":"Dead"`, `"vital_status":"${marker}"`],
      ["cases.jsonl", `"submitter_id":"TARGET-40-AAAAAA"`, `"submitter_id":"anna@example.org ${marker}"`],
      ["cases.jsonl", `"days_to_follow_up":1000`, `"days_to_follow_up":"${marker}"`],
      ["cases.jsonl", `"submitter_id"`, `"${marker}"`],
      ["cases.jsonl", `{`, `${marker}{`],
    ] as const;
    for (const [file, from, to] of places) {
      const failure = await withDownload(async (directory) => {
        const cases = await readFile(join(directory, file), "utf8");
        expect(cases).toContain(from);
        const manifest = await readFile(join(directory, "manifest.json"), "utf8");
        await replaceCases(directory, manifest, cases.replace(from, to));
        return readGdcDownload(directory).catch((error: unknown) => error);
      });
      expect(failure).toBeInstanceOf(OsteonError);
      const { message, parameters, cause, stack } = failure as OsteonError;
      expect(JSON.stringify({ message, parameters, cause, stack })).not.toMatch(/KANARIENVOGEL|anna/i);
    }
  });

  it("a gene file's marker is repeated in no error", async () => {
    const starCounts: typeof madeUpContents.starCounts = (sample, genes) =>
      madeUpContents.starCounts(sample, genes).replace("\tTP53\t", `\t${marker} anna@example.org\t`);
    const failure = await withDownload(
      (directory) => readGdcDownload(directory).catch((error: unknown) => error),
      smallProject({ starCounts }),
    );
    expect(failure).toBeInstanceOf(OsteonError);
    expect((failure as OsteonError).message).not.toMatch(/KANARIENVOGEL|anna/);
  });
});
