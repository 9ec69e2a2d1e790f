import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { osteonError } from "@osteon/errors";

/** Size and SHA-256 of a file, read as a stream. */
export async function digestFile(path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** One digest of a folder's files: of their names, in order, and contents. Throws `pipeline.source-folder`. */
export async function digestFolder(directory: string): Promise<string> {
  const hash = createHash("sha256");
  let names: string[];
  try {
    names = (await readdir(directory, { recursive: true })).sort();
  } catch (error) {
    throw osteonError("pipeline.source-folder", { folder: directory }, { cause: error });
  }
  for (const name of names) {
    const path = join(directory, name);
    if (!(await stat(path)).isFile()) continue;
    hash.update(`${name}\0${(await digestFile(path)).sha256}\n`);
  }
  return hash.digest("hex");
}
