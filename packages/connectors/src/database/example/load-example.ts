import { readFile } from "node:fs/promises";
import { COPY_NUMBER_UNKNOWN, UNKNOWN, type Cohort } from "@osteon/cohort";
import { daysPerMonth } from "@osteon/deidentification";
import type { SqlSession } from "../driver/sql-session.ts";
import { sqlName } from "../queries/sql-literal.ts";

/** Rows sent at once. */
const rowsPerStatement = 50_000;

/** The example schema's statements, as shipped. */
async function readSchema(): Promise<readonly string[]> {
  const text = await readFile(new URL("./schema.sql", import.meta.url), "utf8");
  return text
    .replaceAll(/--[^\n]*/g, "")
    .split(";")
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}

/**
 * Makes the example schema and fills it with a cohort, so that reading it gives the same cohort again: a gene
 * without a mutated patient alone is lost, because a table of calls does not tell of it. All or nothing.
 *
 * @param cohort under the ids that its patients shall have in the database
 * @param schema to make; it must not be there
 */
export async function loadExample(session: SqlSession, cohort: Cohort, schema: string): Promise<void> {
  await session.run("begin");
  try {
    await session.run(`create schema ${sqlName(schema)}`);
    await session.run("select set_config('search_path', $1::text, true)", [sqlName(schema)]);
    for (const statement of await readSchema()) await session.run(statement);
    await loadClinical(session, cohort);
    await loadMutations(session, cohort);
    await loadCopyNumber(session, cohort);
    await loadExpression(session, cohort);
    await session.run("commit");
  } catch (error) {
    await session.run("rollback").catch(() => undefined);
    throw error;
  }
}

async function loadClinical(session: SqlSession, { patientIds, clinical, mutations, batch }: Cohort): Promise<void> {
  const { survivalTimeDays, event, ageYears, metastasis, male, necrosisPercent } = clinical;
  const coded = (codes: Int8Array, words: readonly [string, string]) =>
    Array.from(codes, (code) => (code === UNKNOWN ? null : words[code as 0 | 1]));
  await insert(session, "patients", [
    ["patient_id", "text", patientIds],
    ["cancer_type", "text", patientIds.map(() => cancerType)],
    ["patient_age", "double precision", Array.from(ageYears, numberOrNull)],
    ["sex", "text", coded(male, ["female", "male"])],
    ["os_status", "text", coded(event, ["alive", "dead"])],
    ["os_months", "double precision", Array.from(survivalTimeDays, (days) => numberOrNull(days / daysPerMonth))],
    ["metastatic_at_diagnosis", "boolean", coded(metastasis, ["false", "true"])],
    ["percent_necrosis", "double precision", Array.from(necrosisPercent, numberOrNull)],
  ]);
  const genes = mutations.genes.length;
  const sequenced = patientIds.map((_, i) => (genes === 0 ? null : String(mutations.values[i * genes] !== UNKNOWN)));
  // Padded: codes of batches of equal size follow the order of the labels.
  const label = (code: number) => (code === UNKNOWN ? null : `batch ${String(code).padStart(4, "0")}`);
  await insert(session, "samples", [
    ["sample_id", "text", patientIds],
    ["patient_id", "text", patientIds],
    ["sample_type", "text", patientIds.map(() => "primary")],
    ["exome_sequenced", "boolean", sequenced],
    ["batch", "text", batch === undefined ? patientIds.map(() => null) : Array.from(batch, label)],
  ]);
}

const cancerType = "osteosarcoma";

async function loadMutations(session: SqlSession, { patientIds, clinical, mutations }: Cohort): Promise<void> {
  const { genes, values } = mutations;
  const calls = [...values.keys()].filter((place) => values[place] === 1);
  const patientOf = (place: number) => Math.floor(place / genes.length);
  await insert(session, "mutations", [
    ["patient_id", "text", calls.map((place) => patientIds[patientOf(place)]!)],
    ["gene", "text", calls.map((place) => genes[place % genes.length]!)],
    ["mutation_type", "text", calls.map(() => "SNV")],
    // A cohort tells that a call changes the protein, and no more.
    ["variant_classification", "text", calls.map(() => "Missense_Mutation")],
    ["cancer_type", "text", calls.map(() => cancerType)],
    ["patient_age", "double precision", calls.map((place) => numberOrNull(clinical.ageYears[patientOf(place)]!))],
  ]);
}

async function loadCopyNumber(session: SqlSession, { patientIds, copyNumber }: Cohort): Promise<void> {
  const { genes, values } = copyNumber;
  const measured = patientIds.flatMap((_, i) =>
    genes.some((__, j) => values[i * genes.length + j] !== COPY_NUMBER_UNKNOWN) ? [i] : [],
  );
  const ids = arrayOf(measured.map((i) => patientIds[i]!));
  const levels = genes.map((_, j) =>
    arrayOf(
      measured.map((i) => {
        const value = values[i * genes.length + j]!;
        return value === COPY_NUMBER_UNKNOWN ? null : String(value);
      }),
    ),
  );
  await insert(session, "copy_number", [
    ["gene", "text", genes],
    ["patient_ids", "text[]", genes.map(() => ids)],
    ["values", "smallint[]", levels],
  ]);
}

async function loadExpression(session: SqlSession, { patientIds, expression }: Cohort): Promise<void> {
  const { genes, values } = expression;
  const measured = [...values.keys()].filter((place) => !Number.isNaN(values[place]!));
  await insert(session, "expression", [
    ["patient_id", "text", measured.map((place) => patientIds[Math.floor(place / genes.length)]!)],
    ["gene", "text", measured.map((place) => genes[place % genes.length]!)],
    ["value", "real", measured.map((place) => String(values[place]))],
  ]);
}

type ColumnOfTexts = readonly [name: string, type: string, cells: readonly (string | null)[]];

/** Inserts columns of equal length, as arrays of texts that the database casts. */
async function insert(session: SqlSession, table: string, columns: readonly ColumnOfTexts[]): Promise<void> {
  const rows = columns[0]![2].length;
  const names = columns.map(([name]) => sqlName(name)).join(", ");
  const casts = columns.map(([, type], i) => `c${i}::${type}`).join(", ");
  const arrays = columns.map((_, i) => `$${i + 1}::text::text[]`).join(", ");
  const aliases = columns.map((_, i) => `c${i}`).join(", ");
  const statement = `insert into ${sqlName(table)} (${names}) select ${casts} from unnest(${arrays}) as u(${aliases})`;
  for (let from = 0; from < rows; from += rowsPerStatement) {
    const parameters = columns.map(([, , cells]) => arrayOf(cells.slice(from, from + rowsPerStatement)));
    await session.run(statement, parameters);
  }
}

/** An array as PostgreSQL writes it. */
function arrayOf(cells: readonly (string | null)[]): string {
  const quoted = cells.map((cell) => (cell === null ? "NULL" : `"${cell.replaceAll(/["\\]/g, "\\$&")}"`));
  return `{${quoted.join(",")}}`;
}

function numberOrNull(value: number): string | null {
  return Number.isNaN(value) ? null : String(value);
}
