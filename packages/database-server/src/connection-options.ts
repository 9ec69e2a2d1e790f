import { checkServerIdentity } from "node:tls";
import type { ClientConfig } from "pg";
import type { ServerAddress } from "./server-address.ts";

/** How the server's list of sessions calls this program. */
const applicationName = "osteon";
const connectionTimeoutMs = 15_000;

/** What `pg` is given to connect to a server, whether one connection or a pool of them. */
export function connectionOptionsOf(address: ServerAddress): ClientConfig {
  return {
    host: address.host,
    port: address.port,
    database: address.database,
    user: address.user,
    password: address.password,
    ssl: tlsOf(address),
    application_name: applicationName,
    connectionTimeoutMillis: connectionTimeoutMs,
    keepAlive: true,
  };
}

/** How messages call a server; without user and password. */
export function placeOfServer({ host, port, database }: ServerAddress): string {
  return `${host}:${port}/${database}`;
}

function tlsOf({ host, tls, rootCertificate }: ServerAddress): NonNullable<ClientConfig["ssl"]> {
  if (tls === "disable") return false;
  const ca = rootCertificate === undefined ? {} : { ca: rootCertificate };
  if (tls === "require") return { rejectUnauthorized: false, ...ca };
  return {
    rejectUnauthorized: true,
    // By the name that was asked for, also where that is an address, which `pg` leaves unchecked.
    checkServerIdentity: (_, certificate) => (tls === "verify-ca" ? undefined : checkServerIdentity(host, certificate)),
    ...ca,
  };
}
