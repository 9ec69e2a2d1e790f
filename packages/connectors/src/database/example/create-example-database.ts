import { existsSync } from "node:fs";
import type { Cohort } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import { createEmbeddedSession, embeddedDatabasePath } from "../driver/open-embedded-session.ts";
import { openServerSession } from "../driver/open-server-session.ts";
import { queryError } from "../driver/query-error.ts";
import type { ServerAddress } from "@osteon/database-server";
import { loadExample } from "./load-example.ts";

export interface ExampleDatabaseRequest {
  /** Undefined: a new embedded database in the directory. */
  readonly address: ServerAddress | undefined;
  readonly directory: string;
  /** As `openEmbeddedDatabase` takes it. */
  readonly emptyDatabaseFile: string;
  /** Schema to make. */
  readonly schema: string;
}

/**
 * Makes the example schema in a database and fills it with a cohort. Of what was there before nothing is touched.
 *
 * @returns the place of the database
 * @throws connectors.example-exists where the embedded database, or the schema, is there already
 */
export async function createExampleDatabase(
  { address, directory, emptyDatabaseFile, schema }: ExampleDatabaseRequest,
  cohort: Cohort,
): Promise<string> {
  if (address === undefined && existsSync(embeddedDatabasePath(directory))) {
    throw osteonError("connectors.example-exists", { what: `an embedded database in ${directory}` });
  }
  await using session =
    address === undefined
      ? await createEmbeddedSession(directory, emptyDatabaseFile)
      : await openServerSession(address);
  try {
    await loadExample(session, cohort, schema);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === duplicateSchema) {
      throw osteonError("connectors.example-exists", { what: `the schema ${schema} in ${session.place}` });
    }
    throw queryError(error, { name: "the example schema", text: "" }, session.place);
  }
  return session.place;
}

const duplicateSchema = "42P06";
