import { readServerAddress, type ServerAddress } from "@osteon/database-server";
import type { Configuration } from "@osteon/contracts";
import { isDatabase } from "./postgres-source.ts";

/**
 * Where the database server is that the configured source reads, from the environment.
 *
 * @returns undefined for other sources, and where the environment names no server
 * @throws what {@link readServerAddress} throws
 */
export async function readDatabaseAddress(
  { data }: Configuration,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ServerAddress | undefined> {
  if (!isDatabase(data)) return undefined;
  return readServerAddress(environment, { trustedNetwork: data.trusted_network });
}
