import type {
  ClinicalPatientColumn,
  ClinicalSampleColumn,
  MutationColumn,
  TableContract,
} from "@osteon/deidentification";

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

/** Every name that a contract takes each of its columns by. */
export function namesOf<Name extends string>({ columns }: TableContract<Name>): Record<Name, string> {
  const names = Object.keys(columns) as Name[];
  return Object.fromEntries(
    names.map((name) => [name, [name, ...columns[name].aliases].map((alias) => `\`${alias}\``).join(", ")]),
  ) as Record<Name, string>;
}
