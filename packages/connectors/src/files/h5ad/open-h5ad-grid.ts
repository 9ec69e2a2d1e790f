import type { TableName } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import type { FolderContext } from "../../text/folder-context.ts";
import { digestBytes } from "../../text/read-bytes.ts";
import type { Grid, GridBlock, GridSelection } from "../matrix/grid.ts";
import { encodingOf, isDataset, openH5ad, type H5File } from "./open-h5ad.ts";
import { readFrame } from "./read-frame.ts";
import { readDenseRows, readSparseColumns, readSparseRows, type Shape } from "./read-values.ts";

/** What a mapping states of an .h5ad file. */
export interface H5adKeys {
  readonly file: string;
  /** Column of obs with the ids of samples; the index where it is left out. */
  readonly id?: string | undefined;
  /** Column of var with the names of genes; the index where it is left out. */
  readonly gene?: string | undefined;
  readonly layer?: string | undefined;
  readonly raw: boolean;
}

/**
 * A matrix in an AnnData file: samples in rows, genes in columns, dense or sparse. Of the file nothing is read but
 * the matrix, its shape and the names of rows and columns; `uns`, `obsm` and the other columns never.
 *
 * @throws connectors.unreadable, files.h5ad, .h5ad-part, .h5ad-encoding, .h5ad-shape
 */
export async function openH5adGrid(context: FolderContext, keys: H5adKeys, table: TableName): Promise<Grid> {
  await digestBytes(context, keys.file, table);
  using file = await openH5ad(context, keys.file);
  const root = keys.raw ? "raw/" : "";
  const matrix = keys.layer === undefined ? `${root}X` : `layers/${keys.layer}`;
  const samples = readFrame(context, file, { path: "obs", column: keys.id, table });
  const genes = readFrame(context, file, { path: `${root}var`, column: keys.gene, table });
  const shape: Shape = [samples.names.length, genes.names.length];
  // Before anything is read of it, so that what cannot be read is told at once.
  kindOf(file, matrix);
  return {
    name: keys.file,
    headerLine: 0,
    columns: genes.names,
    labelColumn: -1,
    numeric: new Set(samples.isNumeric ? [-1] : []),
    detected: undefined,
    blocks: (selection) => readBlocks(context, keys.file, matrix, shape, samples.names, selection),
  };
}

type Kind = "dense" | "csr_matrix" | "csc_matrix";

function kindOf(file: H5File, path: string): Kind {
  const found = file.find(path);
  if (found === undefined) throw osteonError("files.h5ad-part", { file: file.name, part: path });
  const encoding = file.attempt(() => encodingOf(found));
  // Before anndata 0.8 a dense array carried no encoding.
  if (isDataset(found) && (encoding === "array" || encoding === "")) return "dense";
  if (!isDataset(found) && (encoding === "csr_matrix" || encoding === "csc_matrix")) return encoding;
  const allowed = "array, csr_matrix, csc_matrix";
  throw osteonError("files.h5ad-encoding", { file: file.name, part: path, allowed });
}

async function* readBlocks(
  context: FolderContext,
  name: string,
  path: string,
  shape: Shape,
  labels: readonly string[],
  { wanted }: GridSelection,
): AsyncGenerator<GridBlock> {
  if (wanted.length === 0) {
    yield { line: 1, labels, visit: () => Promise.resolve() };
    return;
  }
  using file = await openH5ad(context, name);
  switch (kindOf(file, path)) {
    case "dense":
      yield* readDenseRows(file, path, shape, labels, wanted);
      return;
    case "csr_matrix":
      yield* readSparseRows(file, path, shape, labels, wanted);
      return;
    case "csc_matrix":
      yield* readSparseColumns(file, path, shape, labels, wanted);
  }
}
