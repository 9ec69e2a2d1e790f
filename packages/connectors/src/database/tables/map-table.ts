import { matchColumns, type ColumnKind, type TableContract } from "@osteon/deidentification";
import { OsteonError } from "@osteon/errors";
import type { QueryColumn, TypeFamily } from "./result-type.ts";

/** How a query's columns stand for those of a contract. */
export interface TableMapping {
  /** One a column of the query; those that are taken are called as the contract calls them. */
  readonly headers: readonly string[];
  /** Positions of the columns that are taken, by the contract's name. */
  readonly taken: ReadonlyMap<string, number>;
}

/** Types whose text a kind of cell can be. */
const families: Readonly<Record<ColumnKind["type"], readonly TypeFamily[]>> = {
  identifier: ["text", "integer"],
  gene: ["text"],
  label: ["text", "integer"],
  date: ["date", "text"],
  // Text, because sources that pool the oldest write ">89".
  number: ["number", "integer", "text"],
  code: ["text", "boolean", "integer"],
};

const expectations: Readonly<Record<ColumnKind["type"], string>> = {
  identifier: "text, uuid or integer",
  gene: "text",
  label: "text or integer",
  date: "date or timestamp without time zone",
  number: "a number",
  code: "text, boolean or integer",
};

/** PostgreSQL's name for a column that was given none. */
const unnamed = "?column?";

/**
 * Holds a query's columns against a contract, and tells all that is wrong at once.
 *
 * @throws deidentification.required-column-removed
 */
export function mapTable<Name extends string>(
  contract: TableContract<Name>,
  columns: readonly QueryColumn[],
  fieldsToRemove: readonly string[],
): { readonly mapping: TableMapping; readonly faults: readonly string[] } {
  const faults: string[] = [];
  // What is missing is added under its own name, and the rest looked at again: the match tells one fault a time.
  const present = columns.map(({ name }) => name);
  for (;;) {
    try {
      const { taken } = matchColumns(contract, present, fieldsToRemove, { file: "", line: 0 });
      for (const [name, index] of taken) {
        const column = columns[index];
        const { kind } = contract.columns[name];
        if (column === undefined || families[kind.type].includes(column.family)) continue;
        faults.push(describeMistyped(name, index + 1, column, expectations[kind.type]));
      }
      const headers = columns.map(({ name }) => name);
      for (const [name, index] of taken) if (index < headers.length) headers[index] = name;
      return { mapping: { headers, taken }, faults: [...describeUnnamed(columns), ...faults] };
    } catch (error) {
      const mended = error instanceof OsteonError && mend(error, present, faults);
      if (!mended) throw error;
    }
  }
}

function mend({ code, parameters }: OsteonError, present: string[], faults: string[]): boolean {
  const column = String(parameters["column"]);
  if (code === "deidentification.column-missing") {
    faults.push(`no column ${column}; give it under one of these names: ${parameters["accepted"]}`);
    present.push(...column.split(" and "));
    return true;
  }
  if (code === "deidentification.column-twice") {
    faults.push(`columns ${parameters["first"]} and ${parameters["second"]} are both ${column}; keep one of the two`);
    present[Number(parameters["second"]) - 1] = "";
    return true;
  }
  return false;
}

/** A sentence on a column of a type that its values cannot have. */
export function describeMistyped(name: string, ordinal: number, { typeName }: QueryColumn, expected: string): string {
  return `column ${ordinal} (${name}) is of the type ${typeName}, where ${expected} belongs; cast it in the query`;
}

/** Sentences on the columns that have no name. */
export function describeUnnamed(columns: readonly QueryColumn[]): readonly string[] {
  return columns.flatMap(({ name }, index) =>
    name === unnamed ? [`column ${index + 1} has no name; give it one by AS`] : [],
  );
}
