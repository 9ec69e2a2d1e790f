import { osteonError } from "@osteon/errors";
import type { SourceLine } from "../../text/read-lines.ts";
import type { Dialect } from "./dialect.ts";

const quote = 0x22;
const lineFeed = Buffer.from("\n");
/** Most of a quoted cell that is read in search of its end: longer ones are not closed. */
const quotedLimitBytes = 1024 * 1024;

// Everything below a space but the tab and the line feed, and DEL: never part of a table's text.
// eslint-disable-next-line no-control-regex
const controlCharacter = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/**
 * The rows of a text, whose quoted cells may hold separators, doubled quotes and line ends (RFC 4180). A quote
 * inside a cell that does not begin with one is a plain character. The row is reused from row to row.
 *
 * @throws files.quote-open, .quote-stray
 */
export async function* splitRows(
  lines: AsyncIterable<SourceLine> | Iterable<SourceLine>,
  file: string,
  { separator, quoted }: Pick<Dialect, "separator" | "quoted">,
): AsyncGenerator<DelimitedRow> {
  const row = new DelimitedRow(file, separator.charCodeAt(0), quoted);
  // Lines of a row whose last cell is not closed yet; copied, for a line is only valid until the next.
  let parts: Buffer[] = [];
  let partsBytes = 0;
  let line = 0;
  for await (const { number, bytes } of lines) {
    if (parts.length === 0) {
      line = number;
      if (row.split(bytes, line)) yield row;
      else parts = [Buffer.from(bytes)];
      partsBytes = 0;
      continue;
    }
    parts.push(lineFeed, Buffer.from(bytes));
    partsBytes += bytes.length + 1;
    if (partsBytes > quotedLimitBytes) row.refuseOpenQuote();
    if (!bytes.includes(quote)) continue;
    const whole = Buffer.concat(parts);
    if (row.split(whole, line)) {
      parts = [];
      yield row;
    } else parts = [whole];
  }
  if (parts.length > 0) row.refuseOpenQuote();
}

/** Where the cells of a row begin and end, in bytes; cells that are numbers need not become strings. */
export class DelimitedRow {
  line = 0;
  count = 0;
  bytes: Buffer = Buffer.alloc(0);
  readonly #file: string;
  readonly #separator: number;
  readonly #quoted: boolean;
  #starts = new Int32Array(1024);
  #ends = new Int32Array(1024);
  /** Cells with doubled quotes in them. */
  readonly #doubled = new Set<number>();

  constructor(file: string, separator: number, quoted: boolean) {
    this.#file = file;
    this.#separator = separator;
    this.#quoted = quoted;
  }

  /** @returns false where a quoted cell, the last one, is not closed */
  split(bytes: Buffer, line: number): boolean {
    this.bytes = bytes;
    this.line = line;
    this.count = 0;
    this.#doubled.clear();
    return this.#quoted && bytes.includes(quote) ? this.#splitQuoted(bytes) : this.#splitPlain(bytes);
  }

  start(cell: number): number {
    return this.#starts[cell]!;
  }

  end(cell: number): number {
    return this.#ends[cell]!;
  }

  /** @throws connectors.control-character */
  text(cell: number): string {
    const text = this.bytes.toString("utf8", this.#starts[cell]!, this.#ends[cell]!);
    if (controlCharacter.test(text)) {
      throw osteonError("connectors.control-character", { file: this.#file, line: this.line, ordinal: cell + 1 });
    }
    return this.#doubled.has(cell) ? text.replaceAll('""', '"') : text;
  }

  texts(): string[] {
    return Array.from({ length: this.count }, (_, cell) => this.text(cell));
  }

  refuseOpenQuote(): never {
    throw osteonError("files.quote-open", { file: this.#file, line: this.line, ordinal: this.count + 1 });
  }

  #splitPlain(bytes: Buffer): true {
    let start = 0;
    for (let at = bytes.indexOf(this.#separator); at >= 0; at = bytes.indexOf(this.#separator, start)) {
      this.#push(start, at);
      start = at + 1;
    }
    this.#push(start, bytes.length);
    return true;
  }

  #splitQuoted(bytes: Buffer): boolean {
    let at = 0;
    for (;;) {
      let next: number;
      if (bytes[at] === quote) {
        const end = this.#findClosing(bytes, at + 1);
        if (end < 0) return false;
        next = end + 1;
        if (next < bytes.length && bytes[next] !== this.#separator) {
          throw osteonError("files.quote-stray", { file: this.#file, line: this.line, ordinal: this.count + 1 });
        }
        this.#push(at + 1, end);
      } else {
        const found = bytes.indexOf(this.#separator, at);
        next = found < 0 ? bytes.length : found;
        this.#push(at, next);
      }
      if (next >= bytes.length) return true;
      at = next + 1;
    }
  }

  #findClosing(bytes: Buffer, from: number): number {
    for (let at = bytes.indexOf(quote, from); at >= 0; at = bytes.indexOf(quote, at + 2)) {
      if (bytes[at + 1] !== quote) return at;
      this.#doubled.add(this.count);
    }
    return -1;
  }

  #push(start: number, end: number): void {
    if (this.count === this.#ends.length) {
      this.#starts = widen(this.#starts);
      this.#ends = widen(this.#ends);
    }
    this.#starts[this.count] = start;
    this.#ends[this.count++] = end;
  }
}

function widen(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(values.length * 2);
  wider.set(values);
  return wider;
}
