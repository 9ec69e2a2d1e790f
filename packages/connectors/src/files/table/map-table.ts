import { isMissingCode, normaliseColumnName, type ColumnContract, type TableContract } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import type { ReadingContext } from "../../reading/reading-context.ts";
import type { SourceRow, SourceTable } from "../../reading/source-table.ts";
import { detectDecimal } from "../delimited/detect-decimal.ts";
import type { FileKeys } from "../mapping/mapping-schema.ts";
import { convertCell, factorOf, type CellConversion } from "./convert-cell.ts";
import type { FileTable } from "./file-table.ts";

/** What a mapping states of a table's columns; keys of all but `columns` are columns of the contract. */
export interface ColumnKeys {
  /** Headers by the contract's column that a key of their own names, such as `id`. */
  readonly named: Readonly<Record<string, string | undefined>>;
  readonly columns: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> | undefined;
  readonly constants?: Readonly<Record<string, string | undefined>> | undefined;
  readonly units?: Readonly<Record<string, string | undefined>> | undefined;
  readonly dates?: string | undefined;
}

/**
 * A file's table under the names, values and units of its contract. Nothing is checked here that the contract checks:
 * a value that no coding names goes on as it is.
 *
 * @param title what notes call the table
 * @throws files.column-missing, .id-number, .decimal
 */
export function mapTable<Name extends string>(
  context: ReadingContext,
  title: string,
  contract: TableContract<Name>,
  table: FileTable,
  keys: FileKeys & ColumnKeys,
): SourceTable {
  const headers = renameHeaders(table, contract, keys);
  const constants = Object.entries(keys.constants ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }],
  );
  const contracts = headers.map((header) => columnOf(contract, header));
  refuseNumericIds(table, keys, contracts);
  const numbers = contracts.flatMap((column, index) => (column?.contract.kind.type === "number" ? [index] : []));
  const cells = (table.head ?? []).flatMap((row) => numbers.map((index) => row[index] ?? ""));
  const decimal = keys.decimal ?? detectDecimal(cells, table.name);
  const detected = [
    ...(table.detected === undefined ? [] : [table.detected]),
    ...(decimal === "," && keys.decimal === undefined ? ["with decimal commas"] : []),
  ];
  if (detected.length > 0) context.notes.push(`${title}: read ${detected.join(", ")}.`);
  const missing = new Set(keys.missing.map((code) => code.trim().toLowerCase()));
  const conversions = contracts.map((column): CellConversion | undefined =>
    column === undefined ? undefined : conversionOf(column, { ...keys, decimal, missing }),
  );
  return {
    name: table.name,
    rows: mapRows(table, [...headers, ...constants.map(({ name }) => name)], conversions, constants),
  };
}

async function* mapRows(
  { name: file, headers: given, rows }: FileTable,
  headers: readonly string[],
  conversions: readonly (CellConversion | undefined)[],
  constants: readonly { readonly value: string }[],
): AsyncGenerator<SourceRow> {
  const values = constants.map(({ value }) => value);
  let isHeader = true;
  for await (const { line, cells } of rows) {
    if (isHeader) {
      isHeader = false;
      yield { line, cells: headers };
      continue;
    }
    if (cells.length !== given.length) {
      throw osteonError("connectors.ragged-row", { file, line, actual: cells.length, expected: given.length });
    }
    const mapped = cells.map((cell, index) => {
      const conversion = conversions[index];
      const place = () => ({ file, line, column: headers[index]!, ordinal: index + 1 });
      return conversion === undefined ? cell : convertCell(cell, conversion, place);
    });
    yield { line, cells: [...mapped, ...values] };
  }
}

/** The contract's names in place of those that the mapping names; a column that would pass for one of them is told apart. */
function renameHeaders<Name extends string>(
  { name: file, headers, headerLine: line }: FileTable,
  contract: TableContract<Name>,
  { named, columns, constants = {} }: ColumnKeys,
): string[] {
  const trimmed = headers.map((header) => header.trim());
  const stated = [
    ...Object.entries(named).flatMap(([target, source]) => (source === undefined ? [] : [{ source, target }])),
    ...Object.entries(columns).map(([source, target]) => ({ source, target })),
  ];
  const absent = stated.filter(({ source }) => !trimmed.includes(source.trim())).map(({ source }) => `'${source}'`);
  if (absent.length > 0) {
    const verb = absent.length === 1 ? "is" : "are";
    throw osteonError("files.column-missing", { file, line, absent: absent.join(", "), verb });
  }
  const targets = new Map(stated.map(({ source, target }) => [source.trim(), target]));
  const taken = new Set([...targets.values(), ...Object.keys(constants)].map(normaliseColumnName));
  for (const header of targets.keys()) {
    const first = trimmed.indexOf(header);
    const second = trimmed.indexOf(header, first + 1);
    if (second < 0) continue;
    const parameters = { file, line, column: targets.get(header)!, first: first + 1, second: second + 1 };
    throw osteonError("deidentification.column-twice", parameters);
  }
  return trimmed.map((header) => {
    const target = targets.get(header);
    if (target !== undefined) return target;
    return taken.has(normaliseColumnName(header)) ? `${header} (not mapped)` : header;
  });
}

interface ContractColumn {
  readonly name: string;
  readonly contract: ColumnContract;
}

/** The contract's column that a header names, by its own name or an alias. */
function columnOf<Name extends string>({ columns }: TableContract<Name>, header: string): ContractColumn | undefined {
  const wanted = normaliseColumnName(header);
  const found = (Object.entries(columns) as [string, ColumnContract][]).find(([name, { aliases }]) =>
    [name, ...aliases].some((spelling) => normaliseColumnName(spelling) === wanted),
  );
  return found && { name: found[0], contract: found[1] };
}

function refuseNumericIds(
  { name: file, numeric }: FileTable,
  { id_digits }: FileKeys,
  contracts: readonly (ContractColumn | undefined)[],
): void {
  const index = contracts.findIndex((column, at) => numeric.has(at) && column?.contract.kind.type === "identifier");
  if (index < 0 || id_digits !== undefined) return;
  throw osteonError("files.id-number", { file, ordinal: index + 1, column: contracts[index]!.name });
}

function conversionOf(
  { name, contract: { kind } }: ContractColumn,
  keys: Omit<FileKeys, "missing"> & ColumnKeys & { readonly decimal: "." | ","; readonly missing: ReadonlySet<string> },
): CellConversion {
  const coding = Object.entries(keys.values?.[name] ?? {});
  return {
    missing: keys.missing,
    coding: new Map(
      coding.map(([source, target]) => [source.trim().toLowerCase(), isMissingCode(target) ? "" : target]),
    ),
    kind: kind.type,
    decimal: keys.decimal,
    factor: factorOf(name, keys.units?.[name]),
    dates: keys.dates,
    idDigits: keys.id_digits,
  };
}
