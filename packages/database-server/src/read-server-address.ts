import { readFile } from "node:fs/promises";
import { isLoopbackHost } from "@osteon/contracts";
import { osteonError, type OsteonError } from "@osteon/errors";
import type { ServerAddress, TlsMode } from "./server-address.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export interface AddressOptions {
  /** Whether the site declares that it answers for the network between; else TLS is not to be weakened. */
  readonly trustedNetwork: boolean;
}

const tlsModes: readonly TlsMode[] = ["verify-full", "verify-ca", "require", "disable"];
const urlParameters: readonly string[] = ["sslmode", "sslrootcert"];
const parts = ["DB_PORT", "DB_NAME", "DB_USER"] as const;
const settingNames: readonly string[] = ["DATABASE_URL", "DB_HOST", ...parts, "DB_PASSWORD", "DB_SSLMODE"];

/**
 * Where the server is, from the environment: `DATABASE_URL`, or `DB_HOST`, `DB_PORT`, `DB_NAME`, `DB_USER` and
 * `DB_PASSWORD`; each of them also with `_FILE`, the path of a file that holds it. Never from the configuration,
 * which is kept, copied and shown.
 *
 * @returns undefined where neither `DATABASE_URL` nor `DB_HOST` is set
 * @throws connectors.database-settings, .database-weak-tls; they name variables, never what these hold
 */
export async function readServerAddress(
  environment: Environment,
  options: AddressOptions,
): Promise<ServerAddress | undefined> {
  const settings = await readSettings(environment, settingNames);
  const url = settings("DATABASE_URL");
  const host = settings("DB_HOST");
  if (url === undefined && host === undefined) return undefined;
  if (url !== undefined) {
    const other = (["DB_HOST", ...parts] as const).find((name) => settings(name) !== undefined);
    if (other !== undefined) throw fault("DATABASE_URL", `is set beside ${other}: give one of the two`);
  }
  const place = url === undefined ? placeOfParts(settings) : placeOfUrl(url, "DATABASE_URL");
  const password = settings("DB_PASSWORD");
  if (place.password !== undefined && password !== undefined) {
    throw fault("DB_PASSWORD", "is set, and DATABASE_URL holds a password too: give one of the two");
  }
  return addressOf({ ...place, password: place.password ?? password }, settings, options);
}

/**
 * Where a server is, from one variable with a URL, or from its `_FILE`; nothing is taken from the others but what
 * PostgreSQL's own programs take, `PGSSLMODE` and `PGSSLROOTCERT`.
 *
 * @returns undefined where the variable is not set
 * @throws connectors.database-settings, .database-weak-tls; they name variables, never what these hold
 */
export async function readServerUrl(
  environment: Environment,
  variable: string,
  options: AddressOptions,
): Promise<ServerAddress | undefined> {
  const settings = await readSettings(environment, [variable]);
  const url = settings(variable);
  return url === undefined ? undefined : addressOf(placeOfUrl(url, variable), settings, options);
}

async function addressOf(place: Place, settings: Settings, options: AddressOptions): Promise<ServerAddress> {
  const { parameters, ...address } = place;
  const tls = tlsOf(
    settings("DB_SSLMODE") ?? parameters.get("sslmode") ?? settings("PGSSLMODE"),
    address.host,
    options,
  );
  const certificate = settings("DB_SSL_ROOT_CERT") ?? parameters.get("sslrootcert") ?? settings("PGSSLROOTCERT");
  return {
    ...address,
    tls,
    rootCertificate:
      certificate === undefined || certificate === "system" ? undefined : await readCertificate(certificate),
  };
}

type Settings = (name: string) => string | undefined;

/** Settings by name, whether they stand in the environment or in a file. An empty one is none. */
async function readSettings(environment: Environment, names: readonly string[]): Promise<Settings> {
  const read = new Map<string, string>();
  for (const name of names) {
    const text = environment[name] || undefined;
    const file = environment[`${name}_FILE`] || undefined;
    if (text !== undefined && file !== undefined) {
      throw fault(name, `and ${name}_FILE are both set: give one of the two`);
    }
    const value = file === undefined ? text : await readSetting(`${name}_FILE`, file);
    if (value !== undefined) read.set(name, value);
  }
  const paths = names === settingNames ? ["DB_SSL_ROOT_CERT"] : [];
  for (const name of [...paths, "PGSSLMODE", "PGSSLROOTCERT"]) {
    if (environment[name]) read.set(name, environment[name]);
  }
  return (name) => read.get(name);
}

async function readSetting(name: string, file: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw fault(
      name,
      `names a file that cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown reason"})`,
    );
  }
  // Editors and `echo` end a file with a line break, which belongs to no password.
  const value = text.replace(/\r?\n$/, "");
  if (value === "" || /[\r\n\0]/.test(value)) throw fault(name, "names a file that does not hold one line");
  return value;
}

type Place = Omit<ServerAddress, "tls" | "rootCertificate"> & { readonly parameters: ReadonlyMap<string, string> };

function placeOfParts(settings: Settings): Place {
  const required = (name: string): string => {
    const value = settings(name);
    if (value === undefined) throw fault(name, "is not set, and DB_HOST is");
    return value;
  };
  return {
    host: required("DB_HOST"),
    port: portOf(settings("DB_PORT") ?? "5432", "DB_PORT"),
    database: required("DB_NAME"),
    user: required("DB_USER"),
    password: undefined,
    parameters: new Map(),
  };
}

function placeOfUrl(text: string, variable: string): Place {
  let url: URL;
  const decode = (part: string): string => decodeURIComponent(part);
  try {
    url = new URL(text);
    if (!["postgres:", "postgresql:"].includes(url.protocol)) throw new TypeError();
    for (const part of [url.username, url.password, url.pathname]) decode(part);
  } catch {
    // Not the error's own words: they quote the URL, and with it the password.
    throw fault(variable, "is not of the form postgresql://user:password@host:port/name");
  }
  const strange = [...url.searchParams.keys()].find((name) => !urlParameters.includes(name));
  if (strange !== undefined) throw fault(variable, `takes no parameters but ${urlParameters.join(" and ")}`);
  const host = decode(url.hostname).replace(/^\[(.*)\]$/, "$1");
  const database = decode(url.pathname.slice(1));
  if (host === "" || database === "" || url.username === "") {
    throw fault(variable, "lacks its user, its host or its name of a database");
  }
  return {
    host,
    port: portOf(url.port === "" ? "5432" : url.port, variable),
    database,
    user: decode(url.username),
    password: url.password === "" ? undefined : decode(url.password),
    parameters: new Map(url.searchParams),
  };
}

function portOf(text: string, setting: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw fault(setting, "has a port that is no number of 1 to 65535");
  return port;
}

function tlsOf(asked: string | undefined, host: string, { trustedNetwork }: AddressOptions): TlsMode {
  // A path is that of a socket.
  const local = host.startsWith("/") || isLoopbackHost(host);
  if (asked === undefined) return local ? "disable" : "verify-full";
  const mode = tlsModes.find((known) => known === asked);
  if (mode === undefined) throw fault("sslmode", `must be one of ${tlsModes.join(", ")}`);
  if (mode !== "verify-full" && !local && !trustedNetwork) throw osteonError("connectors.database-weak-tls", { mode });
  return mode;
}

async function readCertificate(file: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw fault("DB_SSL_ROOT_CERT", `names a file that cannot be read (${reason})`);
  }
  if (!text.includes("-----BEGIN CERTIFICATE-----")) {
    throw fault("DB_SSL_ROOT_CERT", "names a file without a certificate in PEM");
  }
  return text;
}

function fault(setting: string, problem: string): OsteonError {
  return osteonError("connectors.database-settings", { setting, problem });
}
