import type { IdentifierFinding, Refusal, SourceColumn, SourceFile, TableName } from "@osteon/deidentification";

/** How far reading has come; `bytesTotal` counts the file as stored. */
export interface ReadingProgress {
  readonly file: string;
  readonly bytesRead: number;
  readonly bytesTotal: number;
}

/** Longest line read, 64 MiB: 20,000 times what a row of 1,000 patients takes, and little enough to hold. */
const defaultLineLimitBytes = 64 * 1024 * 1024;

interface ReadingOptions {
  readonly fieldsToRemove: readonly string[];
  readonly lineLimitBytes: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ReadingProgress) => void) | undefined;
}

/** What one reading of a study has to tell besides the values; filled as the files are read. */
export interface ReadingContext extends ReadingOptions {
  /** The study's folder. */
  readonly directory: string;
  readonly columns: SourceColumn[];
  readonly findings: IdentifierFinding[];
  readonly files: SourceFile[];
  readonly refusals: Refusal[];
  readonly notes: string[];
  /** Of `fieldsToRemove`, those that a table had. */
  readonly removedFields: Set<string>;
}

/** A context that nothing has been read in yet; options left out have their defaults. */
export function createReadingContext(
  directory: string,
  options: { readonly [K in keyof ReadingOptions]?: ReadingOptions[K] | undefined } = {},
): ReadingContext {
  return {
    directory,
    fieldsToRemove: options.fieldsToRemove ?? [],
    lineLimitBytes: options.lineLimitBytes ?? defaultLineLimitBytes,
    signal: options.signal,
    onProgress: options.onProgress,
    columns: [],
    findings: [],
    files: [],
    refusals: [],
    notes: [],
    removedFields: new Set(),
  };
}

/** Notes rows that were not used, if there were any. */
export function refuseRows(context: ReadingContext, table: TableName, reason: string, count: number): void {
  if (count > 0) context.refusals.push({ table, reason, count });
}
