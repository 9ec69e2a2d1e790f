import { OsteonError } from "@osteon/errors";
import type { Snapshot } from "../driver/snapshot.ts";
import { shapeOf, type MatrixShape } from "../tables/matrix-shape.ts";
import { readColumnTypes, type QueryColumn } from "../tables/result-type.ts";
import type { SourceExpressionUnit } from "../../reading/expression-units.ts";
import type { Query, QuerySet } from "./query.ts";
import { sqlName, sqlText } from "./sql-literal.ts";

export interface DefaultQueryOptions {
  readonly schema: string;
  /** Of `cancer_type`. */
  readonly cancerType: string;
  /** Patients of this age and older, or of unknown age, are left out; null takes all. */
  readonly ageBelowYears: number | null;
  readonly expressionUnit: SourceExpressionUnit;
}

/**
 * The deployment guide's tables: `patients` and `mutations`, of one cancer type under an age, and where they are
 * there `samples`, `copy_number` and `expression`. The last two may have any of the three forms of a matrix.
 */
export async function defaultQuerySet(snapshot: Snapshot, options: DefaultQueryOptions): Promise<QuerySet> {
  const { schema, cancerType, ageBelowYears, expressionUnit } = options;
  const table = (name: string): string => sqlName(schema, name);
  const conditions = [
    `cancer_type = ${sqlText(cancerType)}`,
    ...(ageBelowYears === null ? [] : [`patient_age < ${ageBelowYears}`]),
  ].join(" and ");
  const patientIds = `select patient_id from ${table("patients")} where ${conditions}`;
  const hasSamples = await hasTable(snapshot, table("samples"));
  const sampleIds = `select sample_id from ${table("samples")} where patient_id in (${patientIds})`;
  const othersIds =
    `select patient_id::text from ${table("patients")} where (${conditions}) is not true` +
    (hasSamples
      ? ` union all select sample_id::text from ${table("samples")} where patient_id not in (${patientIds})`
      : "");
  const matrix = async (name: string): Promise<Query | undefined> => {
    if (!(await hasTable(snapshot, table(name)))) return undefined;
    const whole = { name, text: `select * from ${table(name)}` };
    const columns = await readColumnTypes(snapshot, await snapshot.describe(whole));
    const { shape } = shapeOf(columns, hasSamples);
    // What is wrong with the table is told with all other faults, once the set is held against its contract.
    if (shape === undefined) return whole;
    const idsIn = (owner: string) => (hasSamples && !owner.startsWith("patient") ? sampleIds : patientIds);
    return { name, text: await restrict(snapshot, { table: table(name), columns, shape, idsIn, othersIds }) };
  };
  const expression = await matrix("expression");
  const leftOut = await countOthers(snapshot, table("patients"), conditions);
  return {
    patients: {
      name: "patients",
      text: `select p.*, p.patient_age as age from ${table("patients")} p where ${conditions}`,
    },
    samples: hasSamples
      ? { name: "samples", text: `select s.* from ${table("samples")} s where s.patient_id in (${patientIds})` }
      : undefined,
    mutations: {
      name: "mutations",
      text: `select m.* from ${table("mutations")} m where ${conditions}`,
    },
    copyNumber: await matrix("copy_number"),
    expression: expression && { ...expression, unit: expressionUnit },
    leftOut: [{ reason: "patients who are not of the cancer type and age asked for", count: leftOut }],
  };
}

async function hasTable(snapshot: Snapshot, name: string): Promise<boolean> {
  const [[found] = [null]] = await snapshot.all("select to_regclass($1::text)::text", [name]);
  return found !== null;
}

/** How many rows of the table of patients are not read; 0 where it cannot be told, which the contract's check explains. */
async function countOthers(snapshot: Snapshot, patients: string, conditions: string): Promise<number> {
  const query = `select count(*)::text from ${patients} where (${conditions}) is not true`;
  try {
    const [[count] = [null]] = await snapshot.all(query);
    return Number(count);
  } catch (error) {
    if (error instanceof OsteonError && error.code === "connectors.query-refused") return 0;
    throw error;
  }
}

interface Restriction {
  readonly table: string;
  readonly columns: readonly QueryColumn[];
  readonly shape: MatrixShape;
  /** Query of the ids that are read, of the kind that a column of this name holds. */
  readonly idsIn: (column: string) => string;
  /** Query of the ids of patients, and their samples, who are not read. */
  readonly othersIds: string;
}

/** The rows, elements or columns of a matrix that belong to the patients who are read. */
async function restrict(snapshot: Snapshot, { table, columns, shape, idsIn, othersIds }: Restriction): Promise<string> {
  const name = (position: number): string => sqlName(columns[position]!.name);
  switch (shape.form) {
    case "long":
      return `select m.* from ${table} m where m.${name(shape.owner)} in (${idsIn(columns[shape.owner]!.name)})`;
    case "arrays": {
      const { gene, owners, values } = shape;
      return (
        `select m.${name(gene)}, f.owners as ${name(owners)}, f.measured as ${name(values)} from ${table} m ` +
        "cross join lateral (select array_agg(o.owner order by o.place) as owners, " +
        "array_agg(o.measured order by o.place) as measured " +
        `from unnest(m.${name(owners)}, m.${name(values)}) with ordinality as o(owner, measured, place) ` +
        `where o.owner in (${idsIn(columns[owners]!.name)})) f`
      );
    }
    case "wide": {
      const others = new Set((await snapshot.all(othersIds)).map(([id]) => id!.toLowerCase()));
      const read = shape.owners.filter((position) => !others.has(columns[position]!.name.toLowerCase()));
      return `select ${[shape.gene, ...read].map((position) => `m.${name(position)}`).join(", ")} from ${table} m`;
    }
  }
}
