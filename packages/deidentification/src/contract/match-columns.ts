import { osteonError } from "@osteon/errors";
import { normaliseColumnName, type ColumnContract, type TableContract } from "./column-contract.ts";

export type DropReason = "not in the contract" | "named in fields_to_remove" | "another column states it";

export interface ColumnMatch<Name extends string> {
  /** 0-based position of every contract column that the table has. */
  readonly taken: ReadonlyMap<Name, number>;
  readonly dropped: readonly { readonly index: number; readonly reason: DropReason }[];
  /** Of the names to remove, those that name a column of this table, as they were given. */
  readonly removed: readonly string[];
}

/**
 * Finds the contract's columns in a header row. Case and punctuation do not matter; where both a
 * column's own name and an alias are there, the own name is taken and the alias dropped.
 *
 * @param fieldsToRemove names that are treated as absent although the contract has them
 * @throws deidentification.column-missing, .column-twice, .required-column-removed
 */
export function matchColumns<Name extends string>(
  contract: TableContract<Name>,
  headers: readonly string[],
  fieldsToRemove: readonly string[],
  place: { readonly file: string; readonly line: number },
): ColumnMatch<Name> {
  const normalised = headers.map(normaliseColumnName);
  const removed = new Set(fieldsToRemove.map(normaliseColumnName));
  const found = new Set(normalised);
  const taken = new Map<Name, number>();
  const removedIndices = new Set<number>();
  for (const [name, column] of Object.entries(contract.columns) as [Name, ColumnContract][]) {
    const spellings = [name, ...column.aliases].map(normaliseColumnName);
    if (spellings.some((spelling) => removed.has(spelling))) {
      if (column.required) {
        throw osteonError("deidentification.required-column-removed", { column: name, table: contract.table });
      }
      normalised.forEach((header, index) => spellings.includes(header) && removedIndices.add(index));
      if (spellings.some((spelling) => normalised.includes(spelling)))
        spellings.forEach((spelling) => found.add(spelling));
      continue;
    }
    const index = findColumn(name, spellings, normalised, place);
    if (index !== undefined) taken.set(name, index);
    else if (column.required) {
      throw osteonError("deidentification.column-missing", {
        ...place,
        column: name,
        meaning: column.meaning,
        table: contract.table,
        accepted: [name, ...column.aliases].join(", "),
      });
    }
  }
  const superfluous = settleAlternatives(contract, taken, removed, place);
  const takenIndices = new Set(taken.values());
  const reasonOf = (index: number, header: string): DropReason => {
    if (removedIndices.has(index) || removed.has(header)) return "named in fields_to_remove";
    return superfluous.has(index) ? "another column states it" : "not in the contract";
  };
  const dropped = normalised.flatMap((header, index) => {
    if (takenIndices.has(index)) return [];
    return [{ index, reason: reasonOf(index, header) }];
  });
  return { taken, dropped, removed: fieldsToRemove.filter((field) => found.has(normaliseColumnName(field))) };
}

/**
 * Keeps of each group of alternatives the first that is whole.
 *
 * @returns positions of columns that were found and are not needed
 */
function settleAlternatives<Name extends string>(
  contract: TableContract<Name>,
  taken: Map<Name, number>,
  removed: ReadonlySet<string>,
  place: { readonly file: string; readonly line: number },
): ReadonlySet<number> {
  const { table, columns, alternatives = [] } = contract;
  const spellingsOf = (name: Name) => [name, ...columns[name].aliases];
  const needed = new Set<Name>();
  for (const ways of alternatives) {
    const way = ways.find(({ needs }) => needs.every((name) => taken.has(name)));
    if (way === undefined) {
      const [first, ...others] = ways.map(({ needs }) => needs);
      const column = first!.join(" and ");
      const names = first!.flatMap(spellingsOf);
      if (names.some((name) => removed.has(normaliseColumnName(name)))) {
        throw osteonError("deidentification.required-column-removed", { column, table });
      }
      const accepted = [names.join(", "), ...others.map((needs) => needs.join(" with "))].join("; or ");
      const { meaning } = columns[first![0]!];
      throw osteonError("deidentification.column-missing", { ...place, column, meaning, table, accepted });
    }
    for (const name of [...way.needs, ...(way.uses ?? [])]) needed.add(name);
  }
  const superfluous = new Set<number>();
  for (const name of alternatives.flat().flatMap(({ needs, uses = [] }) => [...needs, ...uses])) {
    const index = taken.get(name);
    if (index === undefined || needed.has(name)) continue;
    taken.delete(name);
    superfluous.add(index);
  }
  return superfluous;
}

function findColumn(
  name: string,
  spellings: readonly string[],
  headers: readonly string[],
  place: { readonly file: string; readonly line: number },
): number | undefined {
  for (const spelling of spellings) {
    const first = headers.indexOf(spelling);
    if (first < 0) continue;
    const second = headers.indexOf(spelling, first + 1);
    if (second >= 0) {
      throw osteonError("deidentification.column-twice", {
        ...place,
        column: name,
        first: first + 1,
        second: second + 1,
      });
    }
    return first;
  }
  return undefined;
}
