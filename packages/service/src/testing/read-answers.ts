import { parquetMetadata, parquetReadObjects } from "hyparquet";

/** A patient's row by column: what is known of it, in the words of the wide table. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of a CSV answer as texts; an empty cell is null. Takes quoted cells, but no line break within one. */
export function readCsv(text: string): readonly Row[] {
  const [header, ...lines] = text.trimEnd().split("\n").map(splitCells);
  return lines.map((cells) => Object.fromEntries(header!.map((name, c) => [name, cells[c] === "" ? null : cells[c]])));
}

function splitCells(line: string): readonly string[] {
  const cells = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...cells].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}

/** The rows of a Parquet answer, and what its metadata say under Osteon's keys. */
export async function readParquet(
  bytes: Uint8Array,
): Promise<{ readonly rows: readonly Row[]; readonly metadata: Readonly<Record<string, string | undefined>> }> {
  const file = new Uint8Array(bytes).buffer;
  const { key_value_metadata: pairs = [] } = parquetMetadata(file);
  const rows = await parquetReadObjects({ file });
  return { rows, metadata: Object.fromEntries(pairs.map(({ key, value }) => [key, value])) };
}

/** A patient of the JSON answer as a row of the wide table. */
export function flattenPatient(patient: Readonly<Record<string, unknown>>): Row {
  return Object.fromEntries(
    Object.entries(patient).flatMap(([part, value]) =>
      typeof value === "object" && value !== null
        ? Object.entries(value).map(([name, inner]) => [`${part}.${name}`, inner as unknown])
        : [[part, value]],
    ),
  );
}
