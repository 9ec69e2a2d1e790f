import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { digestCohort } from "@osteon/cohort";
import { beforeAll, describe, expect, it } from "vitest";
import { readCbioportalStudy } from "../cbioportal/read-cbioportal-study.ts";
import { csv, readFolder, transpose, writeH5ad, writeParquet, type Rows } from "./files-fixture.ts";

const study = join(import.meta.dirname, "../../../../../shared/data/os_target_study");
const isAbsent = !existsSync(study);

const names = ["patients", "samples", "mutations", "copy_number", "expression"] as const;

function rowsOf(file: string): string[][] {
  const lines = readFileSync(join(study, file), "utf8").split("\n");
  return lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => line.split("\t"));
}

const mappingOf = (suffix: string, expression = `expression.${suffix}`) =>
  names.map((name) => `${name}: { file: ${name === "expression" ? expression : `${name}.${suffix}`} }\n`).join("");

describe("the real cohort of ../shared/data in files, skipped where it is absent", () => {
  let digest: string;
  let rows: Record<(typeof names)[number], Rows>;
  beforeAll(async () => {
    if (isAbsent) return;
    digest = await digestCohort((await readCbioportalStudy(study)).cohort);
    rows = {
      patients: rowsOf("data_clinical_patient.txt"),
      samples: rowsOf("data_clinical_sample.txt"),
      mutations: rowsOf("data_mutations.txt"),
      copy_number: rowsOf("data_cna.txt"),
      expression: rowsOf("data_mrna_seq_tpm_log2.txt"),
    };
  });

  it.skipIf(isAbsent)("is the same cohort as CSV", async () => {
    const { cohort, notes } = await readFolder(mappingOf("csv"), {}, async (directory) => {
      for (const [name, table] of Object.entries(rows)) await writeFile(join(directory, `${name}.csv`), csv(table));
    });
    expect(await digestCohort(cohort)).toBe(digest);
    expect(notes).toContain(
      "Expression: read separated by a comma; genes in rows, since the header has the ids of samples; in log2(TPM+1), " +
        "since values are between 0 and 20, and 2^x − 1 adds up to at most a million a sample.",
    );
  });

  it.skipIf(isAbsent)("is the same cohort as Parquet, its expression with samples in rows", async () => {
    const { cohort } = await readFolder(mappingOf("parquet"), {}, (directory) => {
      for (const [name, table] of Object.entries(rows)) {
        const lines =
          name === "expression" ? transpose(table).filter(([header]) => header !== "Entrez_Gene_Id") : table;
        writeParquet(join(directory, `${name}.parquet`), lines, { rowGroupSize: name === "expression" ? 40 : 5000 });
      }
    });
    expect(await digestCohort(cohort)).toBe(digest);
  });

  it.skipIf(isAbsent)("is the same cohort with its expression as .h5ad", async () => {
    const [genes, ...samples] = transpose(rows.expression).filter(([header]) => header !== "Entrez_Gene_Id");
    const mapping = mappingOf("csv", "expression.h5ad");
    const { cohort } = await readFolder(mapping, {}, async (directory) => {
      for (const [name, table] of Object.entries(rows)) await writeFile(join(directory, `${name}.csv`), csv(table));
      await writeH5ad(join(directory, "expression.h5ad"), {
        samples: samples.map(([id]) => id!),
        genes: genes!.slice(1),
        values: samples.map(([, ...values]) => values.map((value) => (value === "NA" ? Number.NaN : Number(value)))),
        encoding: "csr_matrix",
      });
    });
    expect(await digestCohort(cohort)).toBe(digest);
  });
});
