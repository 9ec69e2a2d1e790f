import { matchColumns, mutationContract } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import type { SequencingStatus } from "../../reading/sequencing-status.ts";
import type { SourceRow, SourceTable } from "../../reading/source-table.ts";
import type { FolderContext } from "../../text/folder-context.ts";
import { readLines, splitCells, type SourceLine } from "../../text/read-lines.ts";
import type { GdcFile } from "../download/download-manifest.ts";

/** Name of the table that a project's mutation annotation files are together. */
const tableName = "mutations";

/**
 * The mutation annotation files of a download, one a pair of tumour and normal aliquot, as one table. Files may order
 * their columns differently; `Tumor_Sample_Barcode` names an aliquot and is turned into its sample.
 */
export function openMutationFiles(context: FolderContext, files: readonly GdcFile[]): SourceTable {
  return { name: tableName, rows: readRows(context, files) };
}

/** A sample is sequenced if it has a file, also one without a call. */
export function sequencedByFiles(files: readonly GdcFile[]): SequencingStatus {
  const sequenced = new Set(files.flatMap(({ aliquots }) => aliquots.map(({ sample }) => sample)));
  return (sample) => sequenced.has(sample);
}

async function* readRows(context: FolderContext, files: readonly GdcFile[]): AsyncGenerator<SourceRow> {
  const headers: (readonly string[])[] = [];
  for (const { path } of files) headers.push(await readHeader(context, path));
  // By name in any case; as the first file that has a column writes it.
  const columns = new Map<string, string>();
  for (const name of headers.flat()) if (!columns.has(keyOf(name))) columns.set(keyOf(name), name);
  yield { line: 1, cells: [...columns.values()] };
  for (const [at, file] of files.entries()) {
    const names = headers[at]!.map(keyOf);
    const positions = [...columns.keys()].map((key) => names.indexOf(key));
    const barcode = [...columns.keys()].indexOf("tumor_sample_barcode");
    const sampleOf = new Map(file.aliquots.map(({ aliquot, sample }) => [aliquot, sample]));
    let isHeader = true;
    for await (const line of readLines(context, file.path, "mutations")) {
      if (isHeader) {
        isHeader = isRemark(line);
        continue;
      }
      const cells = splitCells(line, file.path);
      if (cells.length !== names.length) {
        const parameters = { file: file.path, line: line.number, actual: cells.length, expected: names.length };
        throw osteonError("connectors.ragged-row", parameters);
      }
      const ordered = positions.map((position) => (position < 0 ? "" : cells[position]!));
      ordered[barcode] = sampleOf.get(ordered[barcode]!.trim()) ?? ordered[barcode]!;
      yield { line: line.number, cells: ordered, file: file.path };
    }
  }
}

/**
 * The columns of a file. Each file has to have what the contract asks for: a column that one lacks would else read as
 * "not stated" in its rows.
 */
async function readHeader(context: FolderContext, file: string): Promise<readonly string[]> {
  for await (const line of readLines({ ...context, onProgress: undefined }, file)) {
    if (isRemark(line)) continue;
    const cells = splitCells(line, file);
    matchColumns(mutationContract, cells, context.fieldsToRemove, { file, line: line.number });
    return cells.map((cell) => cell.trim());
  }
  throw osteonError("connectors.table-empty", { file });
}

function keyOf(name: string): string {
  return name.toLowerCase();
}

function isRemark({ bytes }: SourceLine): boolean {
  return bytes[0] === 0x23;
}
