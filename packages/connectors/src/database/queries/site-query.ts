import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { osteonError } from "@osteon/errors";
import type { Query } from "./query.ts";

const largestQueryBytes = 1024 * 1024;
const part = String.raw`(?:[A-Za-z_][\w$]{0,62}|"(?:[^"\0]|""){1,63}")`;
const viewName = new RegExp(`^${part}(?:\\.${part})?$`);

/** A query of all columns of a view or table, named as in SQL: `view`, `schema.view`, `"View"`. */
export function queryOfView(name: string): Query {
  if (!viewName.test(name)) throw osteonError("connectors.view-name", {});
  // Quoted, so that a view called like a word of SQL is found; unquoted names are lower case to PostgreSQL.
  const quoted = [...name.matchAll(new RegExp(part, "g"))].map(([word]) =>
    word.startsWith('"') ? word : `"${word.toLowerCase()}"`,
  );
  return { name, text: `select * from ${quoted.join(".")}` };
}

/**
 * The query in a file. A semicolon at its end is taken off, as programs write one.
 *
 * @throws connectors.unreadable
 */
export async function readQueryFile(path: string): Promise<Query> {
  const name = basename(path);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw osteonError("connectors.unreadable", { file: name, reason }, { cause: error });
  }
  if (bytes.length > largestQueryBytes) {
    throw osteonError("connectors.unreadable", { file: name, reason: `longer than ${largestQueryBytes} bytes` });
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw osteonError("connectors.encoding", { file: name, line: 1, reason: "not valid UTF-8" });
  }
  return { name, text: text.replace(/(?<![\s;])[\s;]+$/, "") };
}
