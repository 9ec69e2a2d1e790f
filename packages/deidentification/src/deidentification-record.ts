import type { ColumnRole, TableName } from "./contract/column-contract.ts";
import type { DropReason } from "./contract/match-columns.ts";
import type { QuasiIdentifierCells } from "./quasi-identifier-cells.ts";
import type { IdentifierFinding, Refusal } from "./source-extract.ts";

/**
 * The account of one de-identification, in the spirit of NIST SP 800-188: what was taken, dropped, changed
 * and refused, and digests of what went in and came out. Plain JSON; holds no source value, id or file name.
 */
export interface DeidentificationRecord {
  readonly format: "osteon-deidentification-record/1";
  readonly release: string;
  readonly patients: number;
  readonly taken: readonly { readonly table: TableName; readonly column: string; readonly role: ColumnRole }[];
  readonly dropped: readonly { readonly table: TableName; readonly column: string; readonly reason: DropReason }[];
  readonly changed: readonly {
    readonly column: string;
    readonly treatment: string;
    /** Patients whose value changed. */
    readonly count: number;
  }[];
  readonly refused: readonly Refusal[];
  /** Sizes of the groups of patients who look alike; none of one to four is told. */
  readonly quasiIdentifierCells: readonly QuasiIdentifierCells[];
  /** Alarms on dropped columns; one on a column that is taken ends in an error instead. */
  readonly findings: readonly IdentifierFinding[];
  readonly sources: readonly { readonly table: TableName; readonly bytes: number; readonly sha256: string }[];
  readonly notes: readonly string[];
  /** SHA-256 of the de-identified cohort. */
  readonly cohortSha256: string;
}
