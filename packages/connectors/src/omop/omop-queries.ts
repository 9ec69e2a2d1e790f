import { readFile } from "node:fs/promises";
import { sqlName, sqlText } from "../database/queries/sql-literal.ts";
import { conceptSets, necrosisCode, osteosarcomaCodes, type ConceptSetName } from "./concept-sets.ts";

/** Where an OMOP database keeps what, and what its records mean. */
export interface OmopSettings {
  /** Schema of the clinical tables. */
  readonly schema: string;
  /** Schema of the vocabulary tables; by default the same. */
  readonly vocabularySchema?: string | undefined;
  /** Days before and after the first diagnosis in which a statement on metastasis is one at diagnosis. */
  readonly metastasisWindowDays: number;
  /** What a patient has of whom nothing is stated: only a site that records every staging may say no. */
  readonly unrecordedMetastasis: "unknown" | "no";
  /** Concept ids that take the place of a set's own. */
  readonly concepts?: { readonly [Name in ConceptSetName]?: readonly number[] | undefined } | undefined;
}

/** SQL for PostgreSQL that reads, and gives no date. */
export interface OmopQueries {
  readonly patients: string;
  readonly mutations: string;
  /** Rows of a text and the number of patients that it holds for. */
  readonly remarks: string;
}

/** The queries of `sql/` for one database. */
export async function renderOmopQueries(settings: OmopSettings): Promise<OmopQueries> {
  const parameters = parametersOf(settings);
  const render = async (...names: readonly string[]): Promise<string> => {
    const parts = await Promise.all(names.map((name) => readFile(new URL(`sql/${name}.sql`, import.meta.url), "utf8")));
    return substitute(parts.join("\n"), parameters);
  };
  return {
    patients: await render("cohort", "course", "patients"),
    mutations: await render("cohort", "mutations"),
    remarks: await render("cohort", "course", "remarks"),
  };
}

function parametersOf(settings: OmopSettings): ReadonlyMap<string, string> {
  const { schema, vocabularySchema = schema, metastasisWindowDays, unrecordedMetastasis, concepts = {} } = settings;
  const sets = (Object.keys(conceptSets) as ConceptSetName[]).map(
    (name) => [name, listOf(concepts[name] ?? conceptSets[name].concepts.map(({ id }) => id))] as const,
  );
  const byCodes = concepts.osteosarcoma === undefined;
  return new Map<string, string>([
    ...sets,
    ["cdm", sqlName(schema)],
    ["vocabulary", sqlName(vocabularySchema)],
    ["osteosarcomaSnomed", byCodes ? osteosarcomaCodes.snomed.map(({ code }) => sqlText(code)).join(", ") : "NULL"],
    ["osteosarcomaIcdo3", byCodes ? sqlText(osteosarcomaCodes.icdo3) : "NULL"],
    ["necrosisCode", concepts.necrosis === undefined ? sqlText(necrosisCode) : "NULL"],
    ["windowDays", String(metastasisWindowDays)],
    ["unrecordedMetastasis", unrecordedMetastasis === "no" ? sqlText("no") : "NULL::text"],
  ]);
}

/** A list for IN and for NOT IN, also where the set is empty: no concept has a negative id. */
function listOf(ids: readonly number[]): string {
  return ids.length === 0 ? "-1" : ids.join(", ");
}

function substitute(sql: string, parameters: ReadonlyMap<string, string>): string {
  // Comments name parameters too, and a database has no use for them.
  return sql.replace(/^[ \t]*--.*\n/gm, "").replace(/@(\w+)/g, (_, name: string) => {
    const value = parameters.get(name);
    if (value === undefined) throw new TypeError(`the SQL names an unknown parameter @${name}`);
    return value;
  });
}
