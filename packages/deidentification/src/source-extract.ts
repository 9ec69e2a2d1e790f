import type { Cohort } from "@osteon/cohort";
import type { ColumnRole, TableName } from "./contract/column-contract.ts";
import type { DropReason } from "./contract/match-columns.ts";
import type { DetectedIdentifier } from "./detection/identifier-detector.ts";
import type { Reduction } from "./reduce-dates.ts";

/** A column of a source table and what became of it. */
export type SourceColumn =
  | { readonly table: TableName; readonly column: string; readonly taken: true; readonly role: ColumnRole }
  | {
      readonly table: TableName;
      /** The header, or its position where the header itself might be a value. */
      readonly column: string;
      readonly taken: false;
      readonly reason: DropReason;
    };

/** An identifier that the alarm found. */
export interface IdentifierFinding extends DetectedIdentifier {
  readonly table: TableName;
  /** As {@link SourceColumn}. */
  readonly column: string;
  /** True stops the run: an identifier where one would have passed. */
  readonly taken: boolean;
}

/** A file that was read. */
export interface SourceFile {
  /** Name inside the source folder. Not passed on: a name may identify. */
  readonly name: string;
  readonly table: TableName;
  /** Size as stored, compressed if it is. */
  readonly bytes: number;
  /** Lower-case hex digest of the stored bytes. */
  readonly sha256: string;
}

/** Rows that were there and were not used. */
export interface Refusal {
  readonly table: TableName;
  readonly reason: string;
  readonly count: number;
}

/**
 * What a reader of the outside hands over: a cohort under its *source* ids and the account of how it was
 * read. Not to be stored or passed on before {@link deidentifyCohort}; all but `cohort.patientIds` and
 * `files[].name` is free of source values.
 */
export interface SourceExtract {
  readonly cohort: Cohort;
  readonly columns: readonly SourceColumn[];
  readonly findings: readonly IdentifierFinding[];
  readonly files: readonly SourceFile[];
  readonly refusals: readonly Refusal[];
  /** Decisions that a reader of the results should know, in sentences. */
  readonly notes: readonly string[];
  /** How columns were changed while they were read. */
  readonly reductions?: readonly Reduction[];
  /** As {@link DateReducer} gives them, for sources that state dates. */
  readonly observedDays?: readonly (readonly [patientId: string, days: number])[];
}
