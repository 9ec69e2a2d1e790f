import type { MatrixValues } from "../../reading/matrix/matrix-source.ts";

/** The numbers of one sample's file, held until all are read: what they become depends on the whole file. */
export class SampleValues<T extends MatrixValues> {
  readonly #rows: T[] = [];
  readonly #values: number[] = [];
  readonly #lines: number[] = [];
  #ordinal = 0;

  get length(): number {
    return this.#rows.length;
  }

  /** @param ordinal the column that they all stand in, from 1 */
  add(row: T, value: number, line: number, ordinal: number): void {
    this.#rows.push(row);
    this.#values.push(value);
    this.#lines.push(line);
    this.#ordinal = ordinal;
  }

  /** Puts what `convert` makes of each number into column `k` of its row. */
  store(k: number, convert: (value: number, line: number, ordinal: number) => number): void {
    for (const [i, row] of this.#rows.entries()) row[k] = convert(this.#values[i]!, this.#lines[i]!, this.#ordinal);
  }
}
