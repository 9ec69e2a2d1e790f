import {
  checkDatabase,
  defaultQuerySet,
  fingerprintDatabase,
  openDatabase,
  queryOfView,
  readDatabase,
  readQueryFile,
  type DatabaseCheck,
  type DatabaseReadingOptions,
  type Query,
  type QuerySetIn,
  type ServerAddress,
} from "@osteon/connectors";
import type { Configuration } from "@osteon/contracts";
import type { SourceExtract } from "@osteon/deidentification";
import type { Source, SourceReadingOptions } from "./source.ts";

type Settings = Extract<Configuration["data"], { source: "postgres" }>;
type SiteQuery = NonNullable<Settings["queries"]>["patients"];

/** Tables and views of a PostgreSQL database, a server's or the embedded one. */
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

/** The site's own queries, or else the deployment guide's tables. */
async function querySetOf(settings: Settings): Promise<QuerySetIn> {
  const { queries, expression_unit: unit } = settings;
  if (queries === undefined) {
    return (snapshot) =>
      defaultQuerySet(snapshot, {
        schema: settings.schema,
        cancerType: settings.cancer_type,
        ageBelowYears: settings.any_age ? null : settings.age_below,
        expressionUnit: unit,
      });
  }
  const expression = queries.expression && (await queryOf(queries.expression));
  const set = {
    patients: await queryOf(queries.patients),
    samples: queries.samples && (await queryOf(queries.samples)),
    mutations: await queryOf(queries.mutations),
    copyNumber: queries.copy_number && (await queryOf(queries.copy_number)),
    expression: expression && { ...expression, unit },
  };
  return () => Promise.resolve(set);
}

async function queryOf({ view, file }: SiteQuery): Promise<Query> {
  return file === undefined ? queryOfView(view!) : readQueryFile(file);
}

/** What decides the reading. A file is told by what its query gives, not by its path, which may name somebody. */
function withoutPaths(settings: Settings): Source["settings"] {
  const { directory: _, trusted_network: __, queries, ...told } = settings;
  if (queries === undefined) return told;
  const parts = Object.entries(queries).flatMap(([part, query]) => (query ? [[part, query.view ?? "a file"]] : []));
  return { ...told, queries: Object.fromEntries(parts) };
}
