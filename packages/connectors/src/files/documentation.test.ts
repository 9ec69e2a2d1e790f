import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { encode, csv, readFolder, writeH5ad, writeParquet } from "./files-fixture.ts";

const documentation = join(import.meta.dirname, "../../../../docs/files.md");

it("reads the example of docs/files.md", async () => {
  const text = await readFile(documentation, "utf8");
  const mapping = /```yaml\n(# mapping\.yaml\n[\s\S]*?)```/.exec(text)![1]!;
  const { cohort, findings } = await readFolder(mapping, {}, async (directory) => {
    const exports = join(directory, "exports");
    await mkdir(exports);
    const patients = [
      [
        "Fallnummer",
        "Geschlecht",
        "geboren",
        "Diagnose",
        "gestorben",
        "zuletzt gesehen",
        "Status",
        "Metastasen",
        "Nekrose",
      ],
      ["4711", "w", "01.03.2001", "01.03.2011", "", "01.04.2013", "lebt", "M0", "0,85"],
      ["815", "m", "15.06.1999", "15.06.2012", "15.07.2012", "15.07.2012", "verstorben", "M1", "-99"],
      ["7", "k.A.", "", "", "", "", "lebt", "Mx", "-99"],
    ];
    const samples = [
      ["Probe", "Fallnummer", "Art", "Labor"],
      ["T-1", "4711", "Primärtumor", "A"],
      ["T-2", "815", "Rezidiv", "A"],
      ["T-3", "7", "Blut", "B"],
    ];
    const calls =
      "#version 2.4\nHugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\nTP53\tNonsense_Mutation\tT-2\n";
    await writeFile(join(exports, "patients.csv"), csv(patients, ";"));
    await writeFile(join(exports, "samples.csv"), csv(samples));
    await writeFile(join(exports, "calls.maf.gz"), gzipSync(calls));
    writeParquet(join(exports, "gistic.parquet"), [
      ["symbol", "band", "T-1", "T-2"],
      ["MYC", "8q24", "2", "-1"],
    ]);
    const content = {
      samples: ["T-2", "T-1"],
      genes: ["ENSG1", "ENSG2"],
      values: [
        [3, 0],
        [1, 7],
      ],
      path: "layers/tpm",
    };
    await writeH5ad(join(exports, "expression.h5ad"), { ...content, encoding: "csr_matrix" }, (file) => {
      const frame = file.get("var") as ReturnType<typeof file.create_group>;
      encode(frame.create_dataset({ name: "symbol", data: ["RUNX2", "TP53"] }), "string-array");
    });
  });
  expect(findings.filter(({ taken }) => taken)).toEqual([]);
  expect(cohort.patientIds).toEqual(["004711", "000815", "000007"]);
  expect([...cohort.clinical.survivalTimeDays]).toEqual([762, 30, Number.NaN]);
  expect([...cohort.clinical.event]).toEqual([0, 1, 0]);
  expect([...cohort.clinical.metastasis]).toEqual([0, 1, -1]);
  expect([...cohort.clinical.male]).toEqual([0, 1, -1]);
  expect([...cohort.clinical.necrosisPercent]).toEqual([85, Number.NaN, Number.NaN]);
  expect(cohort.mutations).toEqual({ genes: ["TP53"], values: Int8Array.of(0, 1, -1) });
  expect(cohort.copyNumber).toEqual({ genes: ["MYC"], values: Int8Array.of(2, -1, -128) });
  expect(cohort.expression).toEqual({
    genes: ["RUNX2", "TP53"],
    unit: "log2(TPM+1)",
    values: Float32Array.of(1, 3, 2, 0, Number.NaN, Number.NaN),
  });
});
