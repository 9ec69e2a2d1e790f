import { isUtf8 } from "node:buffer";
import type { TableName } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import { readBytes } from "./read-bytes.ts";
import type { FolderContext } from "./folder-context.ts";

/** A line without its end; `number` counts from 1. `bytes` is valid UTF-8 and only until the next line. */
export interface SourceLine {
  readonly number: number;
  readonly bytes: Buffer;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * The lines of a text file, one at a time. Takes Unix and Windows line ends, a byte-order mark, and a last
 * line without an end; leaves out empty lines. Never holds more than one line and one chunk.
 *
 * @throws connectors.line-too-long once a line passes the limit, without reading the rest of it
 * @throws connectors.encoding, .unreadable, .gzip-broken
 */
export async function* readLines(context: FolderContext, file: string, table?: TableName): AsyncGenerator<SourceLine> {
  const limitBytes = context.lineLimitBytes;
  let number = 0;
  // Parts of a line that began in an earlier chunk; joined once, when its end is found.
  let parts: Buffer[] = [];
  let partsBytes = 0;
  const refuseLongLine = (length: number): void => {
    if (length > limitBytes) throw osteonError("connectors.line-too-long", { file, line: number + 1, limitBytes });
  };

  for await (const chunk of readBytes(context, file, table)) {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(lineFeed, start);
      if (end < 0) break;
      refuseLongLine(partsBytes + end - start);
      const tail = chunk.subarray(start, end);
      const whole = partsBytes === 0 ? tail : Buffer.concat([...parts, tail]);
      parts = [];
      partsBytes = 0;
      start = end + 1;
      number++;
      const bytes = trimLine(whole, file, number);
      if (bytes.length > 0) yield { number, bytes };
    }
    if (start < chunk.length) {
      parts.push(chunk.subarray(start));
      partsBytes += chunk.length - start;
      refuseLongLine(partsBytes);
    }
  }
  if (partsBytes > 0) {
    number++;
    const bytes = trimLine(Buffer.concat(parts), file, number);
    if (bytes.length > 0) yield { number, bytes };
  }
}

function trimLine(bytes: Buffer, file: string, number: number): Buffer {
  let start = 0;
  if (number === 1) {
    const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    if (isUtf16) throw osteonError("connectors.encoding", { file, line: number, reason: "UTF-16 text" });
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) start = 3;
  }
  const end = bytes.length > start && bytes[bytes.length - 1] === carriageReturn ? bytes.length - 1 : bytes.length;
  const line = bytes.subarray(start, end);
  if (!isUtf8(line)) throw osteonError("connectors.encoding", { file, line: number, reason: "not valid UTF-8" });
  return line;
}

// Everything below a space but the tab, and DEL: never part of a table's text.
// eslint-disable-next-line no-control-regex
const controlCharacter = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/**
 * A line's tab-separated cells as text.
 *
 * @throws connectors.control-character naming the column
 */
export function splitCells(line: SourceLine, file: string): string[] {
  const text = line.bytes.toString("utf8");
  const cells = text.split("\t");
  if (controlCharacter.test(text)) {
    const ordinal = cells.findIndex((cell) => controlCharacter.test(cell)) + 1;
    throw osteonError("connectors.control-character", { file, line: line.number, ordinal });
  }
  return cells;
}
