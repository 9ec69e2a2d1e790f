import { createGeneNames, type GeneNames } from "@osteon/cohort";
import type { IdentifierFinding, Refusal, SourceColumn, SourceFile, TableName } from "@osteon/deidentification";

/** How far reading has come; `bytesTotal` counts the file as stored. */
export interface ReadingProgress {
  readonly file: string;
  readonly bytesRead: number;
  readonly bytesTotal: number;
}

/** What every reader of the outside takes. */
export interface ReadingOptions {
  /** Columns treated as absent although the contract has them. */
  readonly fieldsToRemove?: readonly string[] | undefined;
  /** What genes are called; by default as the built-in table says. */
  readonly geneNames?: GeneNames | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ReadingProgress) => void) | undefined;
}

/** What one reading of a source has to tell besides the values; filled as the tables are read. */
export interface ReadingContext {
  readonly fieldsToRemove: readonly string[];
  /** What genes are called. */
  readonly geneNames: GeneNames;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: ReadingProgress) => void) | undefined;
  readonly columns: SourceColumn[];
  readonly findings: IdentifierFinding[];
  readonly files: SourceFile[];
  readonly refusals: Refusal[];
  readonly notes: string[];
  /** Of `fieldsToRemove`, those that a table had. */
  readonly removedFields: Set<string>;
}

/** A context that nothing has been read in yet. */
export function createReadingContext(options: ReadingOptions = {}): ReadingContext {
  return {
    fieldsToRemove: options.fieldsToRemove ?? [],
    geneNames: options.geneNames ?? createGeneNames(),
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
