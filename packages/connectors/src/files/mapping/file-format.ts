/** How a file holds its table. */
export type FileFormat = "csv" | "tsv" | "parquet" | "h5ad";

const formatsBySuffix: Readonly<Record<string, FileFormat>> = {
  csv: "csv",
  txt: "csv",
  tsv: "tsv",
  tab: "tsv",
  maf: "tsv",
  parquet: "parquet",
  pq: "parquet",
  h5ad: "h5ad",
};

/** The format that a file's suffix names; text may be packed with gzip. */
export function formatOf(file: string): FileFormat | undefined {
  const suffix = /\.([a-z0-9]+?)(\.gz)?$/i.exec(file);
  const format = formatsBySuffix[suffix?.[1]?.toLowerCase() ?? ""];
  return suffix?.[2] !== undefined && !isText(format) ? undefined : format;
}

export function isText(format: FileFormat | undefined): boolean {
  return format === "csv" || format === "tsv";
}
