import type { SourceLine } from "./read-lines.ts";

const tab = 0x09;

/** Where the cells of a line begin and end. Reused from line to line. */
export class CellBounds {
  count = 0;
  #ends = new Int32Array(1024);

  find(line: SourceLine): void {
    const { bytes } = line;
    this.count = 0;
    for (let at = bytes.indexOf(tab); at >= 0; at = bytes.indexOf(tab, at + 1)) this.#push(at);
    this.#push(bytes.length);
  }

  start(column: number): number {
    return column === 0 ? 0 : this.#ends[column - 1]! + 1;
  }

  end(column: number): number {
    return this.#ends[column]!;
  }

  text(line: SourceLine, column: number): string {
    return line.bytes.toString("utf8", this.start(column), this.end(column));
  }

  #push(end: number): void {
    if (this.count === this.#ends.length) {
      const wider = new Int32Array(this.#ends.length * 2);
      wider.set(this.#ends);
      this.#ends = wider;
    }
    this.#ends[this.count++] = end;
  }
}
