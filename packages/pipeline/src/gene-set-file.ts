import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { GeneNames } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import { parseGmt, type GeneSet } from "@osteon/features";

/** Keys of the configuration that name a GMT file. */
type FileKey = "features.gene_sets" | "training.differential_privacy.gene_panel";

/**
 * The sets under the names that the cohort's genes have: a file of sets has names of its own year.
 *
 * @throws `pipeline.gene-sets`, and what reading the format throws
 */
export async function readGeneSetFile(path: string, key: FileKey, names: GeneNames): Promise<readonly GeneSet[]> {
  return parseGmt(new TextDecoder().decode(await readBytes(path, key)), path).map((set) => ({
    ...set,
    genes: [...new Set(set.genes.map((gene) => names.resolve(gene) ?? gene))],
  }));
}

/** By which a step tells the file: its path may name somebody. Throws `pipeline.gene-sets`. */
export async function digestGeneSetFile(path: string, key: FileKey): Promise<string> {
  return createHash("sha256")
    .update(await readBytes(path, key))
    .digest("hex");
}

async function readBytes(path: string, key: FileKey): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw osteonError("pipeline.gene-sets", { file: path, key, reason }, { cause: error });
  }
}
