import type { SourceCheck } from "@osteon/pipeline";
import { countOf } from "./amounts.ts";

type Database = NonNullable<SourceCheck["database"]>;
type Reading = NonNullable<SourceCheck["reading"]>;

/** What `osteon source check` found, for a person. */
export function describeSource({ source, database, reading }: SourceCheck): string {
  const lines = [`Source: ${source}${database ? ` at ${database.place}` : ""}`];
  if (database) lines.push(...describeDatabase(database));
  else if (reading) lines.push(...describeColumns(reading.columns));
  // Among what the reading did not use they are counted as well.
  if (reading) lines.push(...describeReading(reading));
  else lines.push(...describeLeftOut(database));
  if (database && database.faults.length > 0) {
    lines.push("", "To be mended:", ...database.faults.map((fault) => `  ✘ ${fault}`));
  }
  return lines.join("\n");
}

function describeDatabase({ queries, absent, excessRights }: Database): string[] {
  const lines = queries.flatMap(({ part, query, rows, form, taken, dropped }) => {
    const named = query === part ? part : `${part}, from ${query}`;
    const columns = [...new Set(taken.map(nameOfColumn))];
    return [
      "",
      `${named}: ${countOf(rows, "row")}${form === null ? "" : `, ${form} form`}`,
      ...(columns.length > 0 ? [`  taken    ${columns.join(", ")}`] : []),
      ...(dropped.length > 0 ? [`  dropped  ${dropped.join(", ")}`] : []),
    ];
  });
  if (absent.length > 0) lines.push("", `Not in the database: ${absent.join(", ")}`);
  for (const right of excessRights) {
    lines.push("", `! The role ${right}: reading needs SELECT on these tables and nothing else.`);
  }
  return lines;
}

function describeColumns(columns: Reading["columns"]): string[] {
  const tables = Map.groupBy(columns, ({ table }) => table);
  return [...tables].flatMap(([table, of]) => {
    const taken = of.filter((column) => column.taken);
    const dropped = of.flatMap((column) =>
      column.taken ? [] : [column.column + (column.reason === "not in the contract" ? "" : ` (${column.reason})`)],
    );
    return [
      "",
      table,
      ...(taken.length > 0 ? [`  taken    ${taken.map(({ column }) => column).join(", ")}`] : []),
      ...(dropped.length > 0 ? [`  dropped  ${dropped.join(", ")}`] : []),
    ];
  });
}

function describeLeftOut(database: Database | undefined): string[] {
  const leftOut = database?.leftOut ?? [];
  return leftOut.flatMap(({ reason, count }) => ["", `Left out: ${count.toLocaleString("en")} ${reason}`]);
}

function describeReading({ cohort, findings, refusals, notes }: Reading): string[] {
  const number = (count: number) => count.toLocaleString("en");
  return [
    "",
    `Cohort: ${countOf(cohort.patients, "patient")}, ${number(cohort.complete)} complete ` +
      `(survival, age, metastasis, mutations, expression)`,
    `  ${number(cohort.deaths)} died, ${number(cohort.sequenced)} sequenced, ` +
      `${number(cohort.withCopyNumber)} with copy number, ${number(cohort.withExpression)} with expression`,
    `  ${countOf(cohort.mutationGenes, "mutated gene")}, ${number(cohort.copyNumberGenes)} with copy number, ` +
      `${number(cohort.expressionGenes)} with expression in ${cohort.expressionUnit}`,
    ...refusals.map(({ table, reason, count }) => `  not used: ${number(count)} ${reason} (${table})`),
    ...findings.map(
      ({ table, column, class: kind, taken }) =>
        `  ${taken ? "✘ identifier in a column that is taken" : "identifier in a dropped column"}: ${column} of ${table} (${kind})`,
    ),
    ...notes.map((note) => `  note: ${note}`),
  ];
}

/** `AGE`, or `AGE from patient_age` where the source calls it otherwise. */
function nameOfColumn({ column, name }: Database["queries"][number]["taken"][number]): string {
  const same = name === "" || name.toUpperCase().replaceAll(" ", "_") === column.toUpperCase();
  return same ? column : `${column} from ${name}`;
}
