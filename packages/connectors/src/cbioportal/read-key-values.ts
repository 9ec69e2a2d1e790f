import { osteonError } from "@osteon/errors";
import type { FolderContext } from "../text/folder-context.ts";
import { readLines, splitCells } from "../text/read-lines.ts";

/** A meta file or case list: keys in lower case, values as they stand, with the lines they stand on. */
export interface KeyValueFile {
  readonly file: string;
  readonly values: ReadonlyMap<string, string>;
  readonly lines: ReadonlyMap<string, number>;
}

/** Reads lines of `key: value`. @throws connectors.meta-malformed, .meta-key-twice */
export async function readKeyValues(context: FolderContext, file: string): Promise<KeyValueFile> {
  const values = new Map<string, string>();
  const lines = new Map<string, number>();
  for await (const line of readLines(context, file)) {
    // Case lists separate their ids by tabs; the control-character check is what splitting is for here.
    const text = splitCells(line, file).join("\t");
    if (text.trim() === "" || text.startsWith("#")) continue;
    const colon = text.indexOf(":");
    const key = text.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (!/^[a-z][a-z0-9_]*$/.test(key)) throw osteonError("connectors.meta-malformed", { file, line: line.number });
    if (values.has(key)) throw osteonError("connectors.meta-key-twice", { file, line: line.number, key });
    values.set(key, text.slice(colon + 1).trim());
    lines.set(key, line.number);
  }
  return { file, values, lines };
}

/** @throws connectors.meta-key-missing */
export function requireValue(file: KeyValueFile, key: string): string {
  const value = file.values.get(key);
  if (value === undefined || value === "") throw osteonError("connectors.meta-key-missing", { file: file.file, key });
  return value;
}
