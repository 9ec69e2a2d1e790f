import type { ClinicalPatientColumn, ClinicalSampleColumn, MutationColumn } from "@osteon/deidentification";

/** What the contracts take from any source: their columns, and the two matrices. */
export type ContractField =
  | ClinicalPatientColumn
  | ClinicalSampleColumn
  | MutationColumn
  | "copy number"
  | "expression";

/**
 * Where a reader finds each field of the contracts, for the data dictionary. A field left out is one that the
 * source does not have.
 */
export interface FieldMapping {
  /** As a person calls the source. */
  readonly reader: string;
  /** In Markdown: columns of the source, or how the field comes from them. */
  readonly fields: Readonly<Partial<Record<ContractField, string>>>;
}
