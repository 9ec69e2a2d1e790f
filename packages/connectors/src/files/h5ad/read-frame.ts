import { publishableHeader, type TableName } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import type { ReadingContext } from "../../reading/reading-context.ts";
import { encodingOf, isDataset, type H5File } from "./open-h5ad.ts";

/** Names of the rows or columns of an AnnData matrix. */
export interface FrameNames {
  readonly names: readonly string[];
  /** Whether they are stored as numbers. */
  readonly isNumeric: boolean;
}

/**
 * Reads one column of `obs` or `var`, by default the index. The other columns are listed by name, never read.
 *
 * @throws files.h5ad-part, .h5ad-encoding
 */
export function readFrame(
  context: ReadingContext,
  file: H5File,
  { path, column, table }: { readonly path: string; readonly column: string | undefined; readonly table: TableName },
): FrameNames {
  const frame = file.group(path, ["dataframe"]);
  const { index, keys } = file.attempt(() => ({ index: frame.attrs["_index"]?.value, keys: frame.keys() }));
  const wanted = column ?? (typeof index === "string" ? index : "_index");
  keys.forEach((key, at) => {
    if (key === wanted) return;
    const dropped = publishableHeader(key, at + 1);
    context.columns.push({ table, column: dropped, taken: false, reason: "not in the contract" });
  });
  return readNames(file, `${path}/${wanted}`, column === undefined ? `index of ${path}` : `${path}/${column}`);
}

function readNames(file: H5File, path: string, part: string): FrameNames {
  const found = file.find(path);
  if (found === undefined) throw osteonError("files.h5ad-part", { file: file.name, part });
  if (isDataset(found)) {
    const values = file.attempt(() => found.value);
    if (Array.isArray(values)) {
      return { names: values.map((value) => (typeof value === "string" ? value.trim() : "")), isNumeric: false };
    }
    if (ArrayBuffer.isView(values)) {
      return { names: Array.from(values as unknown as ArrayLike<number | bigint>, String), isNumeric: true };
    }
  } else if (file.attempt(() => encodingOf(found)) === "categorical") {
    const { names, isNumeric } = readNames(file, `${path}/categories`, part);
    const codes = file.attempt(() => file.dataset(`${path}/codes`).value);
    const places = Array.from(codes as unknown as ArrayLike<number>, Number);
    return { names: places.map((place) => names[place] ?? ""), isNumeric };
  } else if (file.attempt(() => encodingOf(found)) === "nullable-string-array") {
    return readNames(file, `${path}/values`, part);
  }
  throw osteonError("files.h5ad-encoding", { file: file.name, part, allowed: "string-array, categorical" });
}
