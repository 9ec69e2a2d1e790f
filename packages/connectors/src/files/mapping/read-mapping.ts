import { readFile, stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { osteonError } from "@osteon/errors";
import { parseSettings } from "@osteon/settings";
import { mappingSchema, type FileMapping } from "./mapping-schema.ts";

/** A mapping has a few thousand bytes; what is far larger is another file, given by mistake. */
const largestFileBytes = 1024 * 1024;

/**
 * Reads a mapping file. Its `directory` is relative to the folder that it is in.
 *
 * @throws files.mapping-unreadable, .mapping-syntax, and .mapping-invalid with every fault, its key, line and column
 */
export async function readMapping(path: string): Promise<FileMapping> {
  const file = basename(path);
  const mapping = parseSettings(await readText(path, file), file, {
    schema: mappingSchema,
    syntaxFault: (place) => osteonError("files.mapping-syntax", { file, ...place }),
    invalid: (parameters) => osteonError("files.mapping-invalid", { file, ...parameters }),
  });
  return { ...mapping, directory: resolve(dirname(path), mapping.directory) };
}

async function readText(path: string, file: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    if ((await stat(path)).size > largestFileBytes) {
      throw osteonError("files.mapping-unreadable", { file, reason: "it is larger than a mapping ever is" });
    }
    bytes = await readFile(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    if (typeof reason !== "string" || !reason.startsWith("E")) throw error;
    throw osteonError("files.mapping-unreadable", { file: path, reason }, { cause: error });
  }
  try {
    // Takes a byte order mark off.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw osteonError("files.mapping-unreadable", { file, reason: "it is not text in UTF-8" });
  }
}
