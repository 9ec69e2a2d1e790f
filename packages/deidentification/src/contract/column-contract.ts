/** The source tables that have a contract. */
export type TableName =
  | "clinical-patient"
  | "clinical-sample"
  | "gene-panels"
  | "mutations"
  | "copy-number"
  | "expression";

/** Why a column is taken, and so what has to happen to it before it may pass. */
export const columnRoles = {
  "direct-identifier": { meaning: "names a person", treatment: "replaced by a keyed pseudonym, or not kept" },
  "quasi-identifier": { meaning: "harmless alone, identifying with others", treatment: "kept, as a code or a number" },
  date: {
    meaning: "a day of the calendar",
    treatment: "reduced to intervals between two days of a row; the day is not kept",
  },
  outcome: { meaning: "what happened to the patient", treatment: "kept, a time as an interval from diagnosis" },
  genomic: { meaning: "state of the tumour", treatment: "kept; positions, alleles and protein changes are dropped" },
  design: { meaning: "what was measured on whom", treatment: "used while reading and not kept" },
} as const;

export type ColumnRole = keyof typeof columnRoles;

/** What a cell of a column may hold, besides a missing code. */
export type ColumnKind =
  | { readonly type: "identifier" }
  | { readonly type: "gene" }
  /** Text that tells groups of patients apart; replaced by codes while reading. */
  | { readonly type: "label" }
  | { readonly type: "date" }
  | {
      readonly type: "number";
      readonly unit: string;
      readonly minimum: number;
      readonly maximum: number;
      /** Spellings that stand for a number, such as ">89". Lower case. */
      readonly spellings?: ReadonlyMap<string, number>;
    }
  | {
      readonly type: "code";
      /** Every value the column may have, in lower case, with its meaning. */
      readonly codes: ReadonlyMap<string, number>;
    };

export interface ColumnContract {
  /** In a few words, for errors and the data dictionary. */
  readonly meaning: string;
  /** What de-identification does to it, where it is not what it does to the role. */
  readonly treatment?: string;
  readonly role: ColumnRole;
  readonly kind: ColumnKind;
  readonly required: boolean;
  /** Other names that studies give the same column. The table's own name comes first when both are there. */
  readonly aliases: readonly string[];
}

/** One way in which a table may state something. */
interface ColumnWay<Name extends string> {
  readonly needs: readonly Name[];
  /** Taken beside them where the table has them. */
  readonly uses?: readonly Name[];
}

/** The closed list of columns that are taken from one table. What it does not name is dropped. */
export interface TableContract<Name extends string> {
  readonly table: TableName;
  readonly columns: Readonly<Record<Name, ColumnContract>>;
  /** Of each group of ways one has to be there whole. The first such is taken; columns of the others alone are dropped. */
  readonly alternatives?: readonly (readonly ColumnWay<Name>[])[];
}

/** A gene-by-sample matrix: one gene column, annotation columns that are dropped, one column a sample. */
export interface MatrixContract {
  /** As of a column. */
  readonly meaning: string;
  readonly table: TableName;
  readonly unit: string;
  readonly minimum: number;
  readonly maximum: number;
  /** The only values allowed where the scale is not continuous. */
  readonly values?: readonly number[];
}

/** Compares names of columns as people write them: `Date of birth` and `DATE_OF_BIRTH` are one. */
export function normaliseColumnName(name: string): string {
  return name
    .trim()
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/^_+|(?<!_)_+$/g, "");
}
