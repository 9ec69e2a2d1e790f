import {
  checkDatabase,
  defaultQuerySet,
  fingerprintDatabase,
  omopQuerySet,
  openDatabase,
  queryOfView,
  readDatabase,
  readQueryFile,
  type DatabaseCheck,
  type DatabaseReadingOptions,
  type OmopSettings,
  type Query,
  type QuerySet,
  type QuerySetIn,
} from "@osteon/connectors";
import type { Configuration } from "@osteon/contracts";
import type { ServerAddress } from "@osteon/database-server";
import type { SourceExtract } from "@osteon/deidentification";
import type { Source, SourceReadingOptions } from "./source.ts";

/** A source that is a PostgreSQL database. */
type Settings = Extract<Configuration["data"], { source: "postgres" | "omop" }>;
type SiteQueries = NonNullable<Settings["queries"]>;

/** Whether a source is a database. */
export function isDatabase(data: Configuration["data"]): data is Settings {
  return data.source === "postgres" || data.source === "omop";
}

/** Tables and views of a PostgreSQL database, a server's or the embedded one; also one of the OMOP model. */
export function openPostgresSource(settings: Settings, address: ServerAddress | undefined): Source {
  return {
    settings: withoutPaths(settings),
    digest: async (options) => {
      const querySet = await querySetOf(settings);
      await using session = await openDatabase(address, settings.directory);
      const reading = { ...options, statementTimeoutSeconds: settings.statement_timeout_seconds };
      return { database: await fingerprintDatabase(session, querySet, reading) };
    },
    read: async (options) => {
      const querySet = await querySetOf(settings);
      await using session = await openDatabase(address, settings.directory);
      // Waited for here: what is returned bare is still at work when the session is closed.
      return await readDatabase(session, querySet, readingOptionsOf(settings, options));
    },
  };
}

/**
 * Holds the database against what is read from it; and where it fits, reads it.
 *
 * @returns no extract where there are faults, or where it was not asked for
 */
export async function checkPostgresSource(
  settings: Settings,
  address: ServerAddress | undefined,
  { columnsOnly, ...options }: SourceReadingOptions & { readonly columnsOnly: boolean },
): Promise<{ readonly database: DatabaseCheck; readonly extract: SourceExtract | undefined }> {
  const querySet = await querySetOf(settings);
  await using session = await openDatabase(address, settings.directory);
  const reading = readingOptionsOf(settings, options);
  const database = await checkDatabase(session, querySet, { ...reading, isEmbedded: address === undefined });
  const isToBeRead = !columnsOnly && database.faults.length === 0;
  return { database, extract: isToBeRead ? await readDatabase(session, querySet, reading) : undefined };
}

function readingOptionsOf(settings: Settings, { progress, ...options }: SourceReadingOptions): DatabaseReadingOptions {
  return {
    ...options,
    statementTimeoutSeconds: settings.statement_timeout_seconds,
    onRows: (query, rows) => progress(`${query}, ${rows.toLocaleString("en")} rows`),
  };
}

/** The site's own queries, or else the deployment guide's tables or those of the OMOP common data model. */
async function querySetOf(settings: Settings): Promise<QuerySetIn> {
  const own = await readSiteQueries(settings);
  if (settings.source === "omop") return (snapshot) => omopQuerySet(snapshot, omopSettingsOf(settings), own);
  const { patients, mutations } = own;
  if (patients !== undefined && mutations !== undefined) return () => Promise.resolve({ ...own, patients, mutations });
  return (snapshot) =>
    defaultQuerySet(snapshot, {
      schema: settings.schema,
      cancerType: settings.cancer_type,
      ageBelowYears: settings.any_age ? null : settings.age_below,
      expressionUnit: settings.expression_unit,
    });
}

/** Parts that the site has queries of its own for. */
async function readSiteQueries({ queries = {}, expression_unit: unit }: Settings): Promise<Partial<QuerySet>> {
  const { patients, samples, mutations, copy_number: copyNumber, expression } = queries;
  return {
    ...(patients && { patients: await queryOf(patients) }),
    ...(samples && { samples: await queryOf(samples) }),
    ...(mutations && { mutations: await queryOf(mutations) }),
    ...(copyNumber && { copyNumber: await queryOf(copyNumber) }),
    ...(expression && { expression: { ...(await queryOf(expression)), unit } }),
  };
}

async function queryOf({ view, file }: NonNullable<SiteQueries["patients"]>): Promise<Query> {
  return file === undefined ? queryOfView(view!) : readQueryFile(file);
}

function omopSettingsOf(settings: Extract<Settings, { source: "omop" }>): OmopSettings {
  return {
    schema: settings.schema,
    vocabularySchema: settings.vocabulary_schema,
    metastasisWindowDays: settings.metastasis_window_days,
    unrecordedMetastasis: settings.unrecorded_metastasis,
    concepts: settings.concepts,
  };
}

/** What decides the reading. A file is told by what its query gives, not by its path, which may name somebody. */
function withoutPaths(settings: Settings): Source["settings"] {
  const { directory: _, trusted_network: __, queries, ...told } = settings;
  if (queries === undefined) return told;
  const parts = Object.entries(queries).flatMap(([part, query]) => (query ? [[part, query.view ?? "a file"]] : []));
  return { ...told, queries: Object.fromEntries(parts) };
}
