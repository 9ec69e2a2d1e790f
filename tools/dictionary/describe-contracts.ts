import {
  clinicalPatientContract,
  clinicalSampleContract,
  columnRoles,
  copyNumberContract,
  genePanelContract,
  logTpmContract,
  mutationContract,
  tpmContract,
  zScoreContract,
  type ColumnContract,
  type ColumnKind,
  type MatrixContract,
  type TableContract,
} from "@osteon/deidentification";
import { markdownTable } from "./markdown-table.ts";

/** Every column that a table contract takes. */
export function describeTables(): string {
  const tables = [
    ["Patients", clinicalPatientContract],
    ["Samples", clinicalSampleContract],
    ["Mutations", mutationContract],
    ["Gene panels", genePanelContract],
  ] as const;
  return tables.map(([title, contract]) => describeTable(title, contract)).join("\n\n");
}

function describeTable(title: string, { columns, alternatives = [] }: TableContract<string>): string {
  const rows = Object.entries(columns).map(([name, column]) => [
    `\`${name}\``,
    column.meaning,
    describeKind(column.kind),
    column.required ? "yes" : waysOf(name, alternatives),
    `${column.role}: ${treatmentOf(column)}`,
  ]);
  return `### ${title}\n\n${markdownTable(["column", "meaning", "values", "has to be there", "role and treatment"], rows)}`;
}

/** What de-identification does to a column. */
export function treatmentOf({ role, treatment }: ColumnContract): string {
  return treatment ?? columnRoles[role].treatment;
}

/** "no", or what may stand in its place. */
function waysOf(name: string, alternatives: NonNullable<TableContract<string>["alternatives"]>): string {
  const others = alternatives
    .filter((ways) => ways.some(({ needs }) => needs.includes(name)))
    .map((ways) =>
      ways.filter(({ needs }) => !needs.includes(name)).map(({ needs }) => needs.map(codeOf).join(" with ")),
    );
  return others.length === 0 ? "no" : `or ${others.map((ways) => ways.join(" or ")).join("; or ")}`;
}

function codeOf(name: string): string {
  return `\`${name}\``;
}

function describeKind(kind: ColumnKind): string {
  switch (kind.type) {
    case "identifier":
      return "id of letters, digits, `.`, `_`, `-`";
    case "gene":
      return "gene symbol";
    case "label":
      return "any text";
    case "date":
      return "date";
    case "number": {
      const spellings = [...(kind.spellings ?? [])].map(([text, value]) => `\`${text}\` → ${value}`);
      const range = `${format(kind.minimum)} to ${format(kind.maximum)} ${kind.unit}`;
      return spellings.length === 0 ? range : `${range}; ${spellings.join(", ")}`;
    }
    case "code":
      return describeCodes(kind.codes);
  }
}

/** `1`: yes, y; `0`: no, n. Unknown ones are said so. */
function describeCodes(codes: ReadonlyMap<string, number>): string {
  const byCode = new Map<number, string[]>();
  for (const [text, code] of codes) byCode.set(code, [...(byCode.get(code) ?? []), `\`${text}\``]);
  return [...byCode]
    .sort(([a], [b]) => b - a)
    .map(([code, texts]) => `${code < 0 ? "unknown" : code}: ${texts.join(", ")}`)
    .join("; ");
}

/** The matrices of genes by samples. */
export function describeMatrices(): string {
  const contracts: readonly MatrixContract[] = [copyNumberContract, logTpmContract, tpmContract, zScoreContract];
  const rows = contracts.map(({ table, meaning, unit, minimum, maximum, values }) => [
    table,
    meaning,
    unit,
    values === undefined ? `${format(minimum)} to ${format(maximum)}` : values.map(format).join(", "),
    columnRoles.genomic.treatment,
  ]);
  return markdownTable(["matrix", "meaning", "unit", "values", "treatment"], rows);
}

/** At most two decimals, with a proper minus sign. */
export function format(value: number): string {
  return String(Math.round(value * 100) / 100).replace("-", "−");
}
