import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { osteonError } from "@osteon/errors";
import { parseGmt, type GeneSet } from "@osteon/features";

/** Keys of the configuration that name a GMT file. */
type FileKey = "features.gene_sets" | "training.differential_privacy.gene_panel";

/** @throws `pipeline.gene-sets`, and what reading the format throws */
export async function readGeneSetFile(path: string, key: FileKey): Promise<readonly GeneSet[]> {
  return parseGmt(new TextDecoder().decode(await readBytes(path, key)), path);
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
