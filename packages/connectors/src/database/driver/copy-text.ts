import { parseDecimal } from "../../text/parse-decimal.ts";

const tab = 0x09;
const lineFeed = 0x0a;
const backslash = 0x5c;

const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** The cells of a row as COPY writes it, by their bounds. Reused from row to row. */
export class CopyCells {
  bytes: Buffer = Buffer.alloc(0);
  readonly #separator: number;
  #ends = new Int32Array(64);
  #start = 0;

  constructor(separator = tab) {
    this.#separator = separator;
  }

  /** Takes the row that begins at a place. Returns where the next one begins. */
  find(bytes: Buffer, start: number): number {
    let end = start;
    while (bytes[end] !== lineFeed) end++;
    this.#split(bytes, start, end);
    return end + 1;
  }

  /** Takes what stands in a cell of a row. Returns how many cells there are in it. */
  findWithin(row: CopyCells, cell: number): number {
    return this.#split(row.bytes, row.start(cell), row.end(cell));
  }

  start(cell: number): number {
    return cell === 0 ? this.#start : this.#ends[cell - 1]! + 1;
  }

  end(cell: number): number {
    return this.#ends[cell]!;
  }

  /** Null for NULL. */
  text(cell: number): string | null {
    const text = this.bytes.toString("utf8", this.start(cell), this.end(cell));
    if (text === String.raw`\N`) return null;
    return text.includes("\\") ? text.replace(/\\(.)/gs, (_, escaped: string) => escapes[escaped] ?? escaped) : text;
  }

  /** Whether it holds nothing, or NULL. */
  isEmpty(cell: number): boolean {
    return this.start(cell) === this.end(cell) || this.bytes[this.start(cell)] === backslash;
  }

  /**
   * The value of a numeric column: NaN for NULL, for nothing and for NaN, which is how numbers say that there is none;
   * `notANumber` for an infinite one.
   */
  number(cell: number): number {
    return this.isEmpty(cell) ? Number.NaN : parseDecimal(this.bytes, this.start(cell), this.end(cell));
  }

  #split(bytes: Buffer, start: number, end: number): number {
    this.bytes = bytes;
    this.#start = start;
    let count = 0;
    for (let at = start; at <= end; at++) {
      if (at < end && bytes[at] !== this.#separator) continue;
      if (count === this.#ends.length) this.#widen();
      this.#ends[count++] = at;
    }
    return count;
  }

  #widen(): void {
    const wider = new Int32Array(this.#ends.length * 2);
    wider.set(this.#ends);
    this.#ends = wider;
  }
}

/** Rows as COPY would write them. */
export function encodeCopyRows(rows: readonly (readonly (string | null)[])[]): Buffer {
  const cell = (text: string | null): string => (text === null ? String.raw`\N` : text.replace(/[\\\t\n\r]/g, escape));
  return Buffer.from(rows.map((row) => `${row.map(cell).join("\t")}\n`).join(""));
}

function escape(character: string): string {
  const name = Object.keys(escapes).find((key) => escapes[key] === character);
  return `\\${name ?? character}`;
}
