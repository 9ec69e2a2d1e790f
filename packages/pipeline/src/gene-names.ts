import { readFile } from "node:fs/promises";
import { createGeneNames, parseGeneAliases, type GeneNames } from "@osteon/cohort";
import type { Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { digestFile } from "./file-digests.ts";

/** What genes are called: the built-in table under the lines of `cohort.gene_aliases`. */
export async function readGeneNames({ cohort }: Configuration): Promise<GeneNames> {
  const file = cohort.gene_aliases;
  if (file === undefined) return createGeneNames();
  return createGeneNames(parseGeneAliases(await readable(file, () => readFile(file, "utf8")), file));
}

/** Digest of the table: it is told by its content, not by its path, which may name somebody. */
export async function digestGeneAliases({ cohort }: Configuration): Promise<Record<string, string>> {
  const file = cohort.gene_aliases;
  return file === undefined ? {} : { geneAliases: (await readable(file, () => digestFile(file))).sha256 };
}

async function readable<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw osteonError("pipeline.gene-aliases", { file, reason }, { cause: error });
  }
}
