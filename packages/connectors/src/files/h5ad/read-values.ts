import { osteonError } from "@osteon/errors";
import type { Dataset } from "h5wasm/node";
import type { GridBlock } from "../matrix/grid.ts";
import type { H5File } from "./open-h5ad.ts";

/** Samples and genes. */
export type Shape = readonly [rows: number, columns: number];
type Numbers = ArrayLike<number | bigint>;

/** Numbers held at once, 16 MiB of doubles: more where the file's own chunks are larger. */
const numbersHeld = 2 * 1024 * 1024;

/** A dense matrix, some rows at a time. */
export function* readDenseRows(
  file: H5File,
  path: string,
  [rows, columns]: Shape,
  labels: readonly string[],
  wanted: readonly number[],
): Generator<GridBlock> {
  const dataset = file.dataset(path);
  const { shape, chunks } = file.attempt(() => dataset.metadata);
  if (shape?.length !== 2 || shape[0] !== rows || shape[1] !== columns) throw misshapen(file, path);
  // Whole chunks: each is unpacked as a whole, whatever part of it is wanted.
  const chunkRows = chunks?.[0] ?? 1;
  const step = chunkRows * Math.max(1, Math.floor(numbersHeld / Math.max(1, columns * chunkRows)));
  for (let from = 0; from < rows; from += step) {
    const to = Math.min(from + step, rows);
    yield {
      line: from + 1,
      labels: labels.slice(from, to),
      visit: (onValue) => {
        const values = readSlice(file, dataset, path, [[from, to], []]);
        // A gene at a time: its values of these rows lie together where they go.
        for (const column of wanted) {
          for (let row = 0; row < to - from; row++) {
            onValue(row, column, plain(Number(values[row * columns + column]), row + from + 1, column, file));
          }
        }
        return Promise.resolve();
      },
    };
  }
}

/** A matrix stored by row (CSR): what a row does not list is 0. */
export function* readSparseRows(
  file: H5File,
  path: string,
  [rows, columns]: Shape,
  labels: readonly string[],
  wanted: readonly number[],
): Generator<GridBlock> {
  const sparse = openSparse(file, path, [rows, columns], rows);
  const line = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    yield {
      line: row + 1,
      labels: [labels[row]!],
      visit: (onValue) => {
        sparse.fill(row, line);
        for (const column of wanted) onValue(0, column, plain(line[column]!, row + 1, column, file));
        return Promise.resolve();
      },
    };
  }
}

/** A matrix stored by column (CSC), given column by column. */
export function* readSparseColumns(
  file: H5File,
  path: string,
  [rows, columns]: Shape,
  labels: readonly string[],
  wanted: readonly number[],
): Generator<GridBlock> {
  const sparse = openSparse(file, path, [rows, columns], columns);
  const line = new Float64Array(rows);
  yield {
    line: 1,
    labels,
    visit: (onValue) => {
      for (const column of wanted) {
        sparse.fill(column, line);
        for (let row = 0; row < rows; row++) onValue(row, column, plain(line[row]!, row + 1, column, file));
      }
      return Promise.resolve();
    },
  };
}

/** The compressed axis of a sparse matrix, read some lines ahead. */
function openSparse(file: H5File, path: string, shape: Shape, lines: number) {
  const group = file.group(path, ["csr_matrix", "csc_matrix"]);
  const stated = file.attempt(() => group.attrs["shape"]?.value) as unknown as Numbers | undefined;
  if (stated?.length !== 2 || Number(stated[0]) !== shape[0] || Number(stated[1]) !== shape[1])
    throw misshapen(file, path);
  const indices = file.dataset(`${path}/indices`);
  const data = file.dataset(`${path}/data`);
  const bounds = file.attempt(() => file.dataset(`${path}/indptr`).value) as unknown as Numbers;
  if (bounds.length !== lines + 1) throw misshapen(file, path);
  const starts = Float64Array.from(bounds, Number);
  let held: { readonly from: number; readonly to: number; readonly at: Numbers; readonly values: Numbers } | undefined;

  const hold = (from: number, to: number) => {
    if (held !== undefined && from >= held.from && to <= held.to) return held;
    const end = Math.max(to, Math.min(starts[lines]!, from + numbersHeld));
    const at = readSlice(file, indices, `${path}/indices`, [[from, end]]);
    const values = readSlice(file, data, `${path}/data`, [[from, end]]);
    return (held = { from, to: end, at, values });
  };
  return {
    /** Puts the numbers of a line in their places, and 0 in all others. */
    fill(line: number, target: Float64Array): void {
      const [from, to] = [starts[line]!, starts[line + 1]!];
      target.fill(0);
      if (!(to >= from)) throw misshapen(file, path);
      if (to === from) return;
      const { from: first, at, values } = hold(from, to);
      for (let k = from - first; k < to - first; k++) {
        const place = Number(at[k]);
        if (!(place >= 0 && place < target.length)) throw misshapen(file, path);
        target[place]! += Number(values[k]);
      }
    },
  };
}

function readSlice(
  file: H5File,
  dataset: Dataset,
  path: string,
  ranges: [number, number][] | [[number, number], []],
): Numbers {
  return file.attempt(() => {
    const { type, size } = dataset.metadata;
    const values = dataset.slice(ranges);
    // Of integers and floating point; halves come as bytes.
    if (!ArrayBuffer.isView(values) || !(type === 0 || (type === 1 && size >= 4))) {
      const allowed = "numbers of 32 or 64 bits";
      throw osteonError("files.h5ad-encoding", { file: file.name, part: path, allowed });
    }
    return values as unknown as Numbers;
  });
}

/** NaN is "not known"; no other value is not a number. */
function plain(value: number, line: number, column: number, { name }: H5File): number {
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) {
    throw osteonError("connectors.value-not-a-number", { file: name, line, ordinal: column + 1 });
  }
  return value === 0 ? 0 : value;
}

function misshapen({ name }: H5File, path: string) {
  return osteonError("files.h5ad-shape", { file: name, part: path });
}
