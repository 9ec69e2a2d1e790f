import type { SqlSession } from "../database/driver/sql-session.ts";
import { conceptSets } from "./concept-sets.ts";

/** The tables of the OMOP common data model 5.4 that the queries read, with all their columns and their types. */
const tables = {
  person: `person_id integer NOT NULL, gender_concept_id integer NOT NULL, year_of_birth integer NOT NULL,
    month_of_birth integer, day_of_birth integer, birth_datetime timestamp, race_concept_id integer NOT NULL,
    ethnicity_concept_id integer NOT NULL, location_id integer, provider_id integer, care_site_id integer,
    person_source_value varchar(50), gender_source_value varchar(50), gender_source_concept_id integer,
    race_source_value varchar(50), race_source_concept_id integer, ethnicity_source_value varchar(50),
    ethnicity_source_concept_id integer`,
  observation_period: `observation_period_id integer NOT NULL, person_id integer NOT NULL,
    observation_period_start_date date NOT NULL, observation_period_end_date date NOT NULL,
    period_type_concept_id integer NOT NULL`,
  visit_occurrence: `visit_occurrence_id integer NOT NULL, person_id integer NOT NULL, visit_concept_id integer NOT NULL,
    visit_start_date date NOT NULL, visit_start_datetime timestamp, visit_end_date date NOT NULL,
    visit_end_datetime timestamp, visit_type_concept_id integer NOT NULL, provider_id integer, care_site_id integer,
    visit_source_value varchar(50), visit_source_concept_id integer, admitted_from_concept_id integer,
    admitted_from_source_value varchar(50), discharged_to_concept_id integer, discharged_to_source_value varchar(50),
    preceding_visit_occurrence_id integer`,
  condition_occurrence: `condition_occurrence_id integer NOT NULL, person_id integer NOT NULL,
    condition_concept_id integer NOT NULL, condition_start_date date NOT NULL, condition_start_datetime timestamp,
    condition_end_date date, condition_end_datetime timestamp, condition_type_concept_id integer NOT NULL,
    condition_status_concept_id integer, stop_reason varchar(20), provider_id integer, visit_occurrence_id integer,
    visit_detail_id integer, condition_source_value varchar(50), condition_source_concept_id integer,
    condition_status_source_value varchar(50)`,
  measurement: `measurement_id integer NOT NULL, person_id integer NOT NULL, measurement_concept_id integer NOT NULL,
    measurement_date date NOT NULL, measurement_datetime timestamp, measurement_time varchar(10),
    measurement_type_concept_id integer NOT NULL, operator_concept_id integer, value_as_number numeric,
    value_as_concept_id integer, unit_concept_id integer, range_low numeric, range_high numeric, provider_id integer,
    visit_occurrence_id integer, visit_detail_id integer, measurement_source_value varchar(50),
    measurement_source_concept_id integer, unit_source_value varchar(50), unit_source_concept_id integer,
    value_source_value varchar(50), measurement_event_id integer, meas_event_field_concept_id integer`,
  observation: `observation_id integer NOT NULL, person_id integer NOT NULL, observation_concept_id integer NOT NULL,
    observation_date date NOT NULL, observation_datetime timestamp, observation_type_concept_id integer NOT NULL,
    value_as_number numeric, value_as_string varchar(60), value_as_concept_id integer, qualifier_concept_id integer,
    unit_concept_id integer, provider_id integer, visit_occurrence_id integer, visit_detail_id integer,
    observation_source_value varchar(50), observation_source_concept_id integer, unit_source_value varchar(50),
    qualifier_source_value varchar(50), value_source_value varchar(50), observation_event_id integer,
    obs_event_field_concept_id integer`,
  // The model asks for a date here; sites that know of a death and not of its day drop that.
  death: `person_id integer NOT NULL, death_date date, death_datetime timestamp, death_type_concept_id integer,
    cause_concept_id integer, cause_source_value varchar(50), cause_source_concept_id integer`,
  episode: `episode_id integer NOT NULL, person_id integer NOT NULL, episode_concept_id integer NOT NULL,
    episode_start_date date NOT NULL, episode_start_datetime timestamp, episode_end_date date,
    episode_end_datetime timestamp, episode_parent_id integer, episode_number integer,
    episode_object_concept_id integer NOT NULL, episode_type_concept_id integer NOT NULL,
    episode_source_value varchar(50), episode_source_concept_id integer`,
  episode_event: `episode_id integer NOT NULL, event_id integer NOT NULL,
    episode_event_field_concept_id integer NOT NULL`,
  cdm_source: `cdm_source_name varchar(255) NOT NULL, cdm_source_abbreviation varchar(25) NOT NULL,
    cdm_holder varchar(255) NOT NULL, source_description text, source_documentation_reference varchar(255),
    cdm_etl_reference varchar(255), source_release_date date NOT NULL, cdm_release_date date NOT NULL,
    cdm_version varchar(10), cdm_version_concept_id integer NOT NULL, vocabulary_version varchar(20) NOT NULL`,
  concept: `concept_id integer NOT NULL, concept_name varchar(255) NOT NULL, domain_id varchar(20) NOT NULL,
    vocabulary_id varchar(20) NOT NULL, concept_class_id varchar(20) NOT NULL, standard_concept varchar(1),
    concept_code varchar(50) NOT NULL, valid_start_date date NOT NULL, valid_end_date date NOT NULL,
    invalid_reason varchar(1)`,
  concept_ancestor: `ancestor_concept_id integer NOT NULL, descendant_concept_id integer NOT NULL,
    min_levels_of_separation integer NOT NULL, max_levels_of_separation integer NOT NULL`,
} as const;

type Table = keyof typeof tables;
type Value = string | number | null;

const vocabularyTables: ReadonlySet<Table> = new Set<Table>(["concept", "concept_ancestor"]);

/** Stands in every text column that a test does not fill. */
export const canary = "CANARY-Jane-Doe";

/** Concepts that the fixture invents, and the real ones that its patients have. */
export const fixtureConcepts = {
  osteosarcomaOfBone: 1001,
  osteosarcomaOfFemur: 1002,
  icdo3OfTibia: 1003,
  icdo3OfSoftTissue: 1004,
  ewingSarcoma: 1005,
  malignantTumourOfBone: 1006,
  secondaryOfLung: 1010,
  metastasisToLung: 1011,
  m1a: 1012,
  m1Category: 1635142,
  m0Category: 1635624,
  stage2: 1635217,
  tumourCategory: 1013,
  necrosis: 1020,
  proteinChange: 1030,
  silentChange: 1031,
  dnaChange: 1032,
} as const;

/** An OMOP database with its tables in `cdm` and `vocabulary`, which a test fills. */
export class OmopDatabase {
  readonly #session: SqlSession;
  #lastId = 0;

  private constructor(session: SqlSession) {
    this.#session = session;
  }

  /** Makes the tables, with the vocabulary in them. */
  static async create(session: SqlSession): Promise<OmopDatabase> {
    const omop = new OmopDatabase(session);
    for (const schema of ["cdm", "vocabulary"]) await session.run(`CREATE SCHEMA ${schema}`);
    for (const [table, columns] of Object.entries(tables)) {
      await session.run(`CREATE TABLE ${schemaOf(table as Table)}.${table} (${columns})`);
    }
    await omop.#fillVocabulary();
    return omop;
  }

  /** A row; columns that are not given hold the least that their type takes, and texts the canary. */
  async insert(table: Table, given: Readonly<Record<string, Value>>): Promise<number> {
    await this.insertAll(table, [given]);
    return this.#lastId;
  }

  /** As {@link insert}, many rows at once. */
  async insertAll(table: Table, rows: readonly Readonly<Record<string, Value>>[]): Promise<void> {
    const columns = columnsOf(table);
    const values: string[] = [];
    const places = rows.map((given) => {
      const id = ++this.#lastId;
      const cells = columns.map(({ name, type, isRequired }) => {
        const value = name in given ? given[name]! : fill(name, type, isRequired, name === `${table}_id` ? id : 0);
        return value === null ? "NULL" : `$${values.push(String(value))}::text::${type}`;
      });
      return `(${cells.join(", ")})`;
    });
    const names = columns.map(({ name }) => name).join(", ");
    await this.#session.run(`INSERT INTO ${schemaOf(table)}.${table} (${names}) VALUES ${places.join(", ")}`, values);
  }

  /** A concept of the OMOP Genomic vocabulary. */
  async addProteinChange(gene: string, change: string): Promise<number> {
    const concept_id = 1_000_000 + this.#lastId;
    const concept = { concept_name: `${gene} (a gene) protein:${change}`, vocabulary_id: "OMOP Genomic" };
    await this.insert("concept", { concept_id, concept_class_id: "Gene Protein Variant", ...concept });
    return concept_id;
  }

  async #fillVocabulary(): Promise<void> {
    const f = fixtureConcepts;
    const of = (id: number, name: string, vocabulary: string, code: string, kind = "Clinical Finding") => ({
      concept_id: id,
      concept_name: name,
      vocabulary_id: vocabulary,
      concept_code: code,
      concept_class_id: kind,
    });
    const genomic = (id: number, name: string, kind: string) => of(id, name, "OMOP Genomic", `g${id}`, kind);
    await this.insertAll("concept", [
      ...Object.values(conceptSets)
        .flatMap(({ concepts }) => concepts)
        .map(({ id, name }) => of(id, name, "Cancer Modifier", `code-${id}`)),
      of(f.osteosarcomaOfBone, "Osteosarcoma of bone", "SNOMED", "307576001"),
      of(f.osteosarcomaOfFemur, "Osteosarcoma of femur", "SNOMED", "x1"),
      of(f.icdo3OfTibia, "Osteosarcoma, NOS, of long bones of lower limb", "ICDO3", "9180/3-C40.2"),
      of(f.icdo3OfSoftTissue, "Osteosarcoma, NOS, of soft tissue", "ICDO3", "9180/3-C49.2"),
      of(f.ewingSarcoma, "Ewing sarcoma", "SNOMED", "x2"),
      of(f.malignantTumourOfBone, "Malignant tumor of bone", "SNOMED", "x3"),
      of(f.secondaryOfLung, "Metastatic malignant neoplasm to lung", "SNOMED", "x4"),
      of(f.metastasisToLung, "Metastasis to lung", "Cancer Modifier", "x5"),
      of(f.m1a, "AJCC/UICC 8th clinical M1a Category", "Cancer Modifier", "x6"),
      of(f.tumourCategory, "Distant metastases.clinical [Class] Cancer", "LOINC", "21907-1"),
      of(f.necrosis, "Percent Necrosis Post Neoadjuvant", "NAACCR", "bone@3908"),
      genomic(f.proteinChange, "TP53 (tumor protein p53) protein:p.Arg175His", "Gene Protein Variant"),
      genomic(f.silentChange, "RB1 (RB transcriptional corepressor 1) protein:p.Leu9=", "Gene Protein Variant"),
      genomic(f.dnaChange, "ATRX (ATRX chromatin remodeler) on genome GRCh38:g.77524567A>T", "Gene DNA Variant"),
    ]);
    const below = [
      [f.osteosarcomaOfBone, f.osteosarcomaOfFemur],
      [f.malignantTumourOfBone, f.osteosarcomaOfBone],
      [f.malignantTumourOfBone, f.ewingSarcoma],
      [432851, f.secondaryOfLung],
      [36769180, f.metastasisToLung],
      [f.m1Category, f.m1a],
    ] as const;
    await this.insertAll(
      "concept_ancestor",
      below.map(([ancestor_concept_id, descendant_concept_id]) => ({ ancestor_concept_id, descendant_concept_id })),
    );
  }
}

function schemaOf(table: Table): string {
  return vocabularyTables.has(table) ? "vocabulary" : "cdm";
}

function columnsOf(table: Table) {
  return tables[table].split(/,\s+/).map((definition) => {
    const [name, type] = definition.trim().split(/\s+/) as [string, string];
    return { name, type, isRequired: definition.includes("NOT NULL") };
  });
}

function fill(name: string, type: string, isRequired: boolean, id: number): Value {
  const length = /^varchar\((\d+)\)/.exec(type)?.[1];
  if (name.endsWith("_id") && length !== undefined) return "Other";
  if (type === "text" || Number(length) >= canary.length) return canary;
  if (!isRequired) return null;
  return type === "date" ? "1970-01-01" : id;
}
