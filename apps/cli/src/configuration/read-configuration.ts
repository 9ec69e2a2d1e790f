import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { configurationSchema, type Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { parseSettings } from "@osteon/settings";
import type { z } from "zod";

type Environment = Readonly<Record<string, string | undefined>>;

/** A configuration has a few thousand bytes; what is far larger is another file, given by mistake. */
const largestFileBytes = 1024 * 1024;

/** Keys that hold a path. */
export const pathKeys: readonly (readonly string[])[] = [
  ["data", "path"],
  ["data", "clinical_supplement"],
  ["data", "directory"],
  ["data", "queries", "patients", "file"],
  ["data", "queries", "samples", "file"],
  ["data", "queries", "mutations", "file"],
  ["data", "queries", "copy_number", "file"],
  ["data", "queries", "expression", "file"],
  ["data", "mapping"],
  ["phi_removal", "key_path"],
  ["cohort", "gene_aliases"],
  ["features", "gene_sets"],
  ["training", "pretrain"],
  ["training", "differential_privacy", "gene_panel"],
  ["encryption", "key_path"],
  ["encryption", "passphrase_path"],
  ["registry", "directory"],
  ["registry", "signing_key_path"],
  ["registry", "trusted_keys"],
  ["audit", "directory"],
  ["audit", "signing_key_path"],
  ["audit", "profile_key_path"],
  ["audit", "trusted_keys"],
  ["drift", "directory"],
  ["drift", "run"],
  ["logging", "path"],
  ["backup", "directory"],
  ["storage", "directory"],
  ["service", "token_path"],
  ["service", "keys_directory"],
  ["service", "oidc", "jwks_path"],
  ["service", "oidc", "subject_key_path"],
  ["service", "tls", "certificate_path"],
  ["service", "tls", "key_path"],
  ["observability", "directory"],
  ["alerts", "channels", "secret_path"],
  ["alerts", "channels", "password_path"],
  ["alerts", "channels", "ca_path"],
];

/**
 * Reads a YAML configuration, fills in `${ENV}` references and defaults, and checks it whole. Paths in the
 * file are relative to the folder that the file is in, wherever the command is run.
 *
 * @throws `configuration.unreadable`, `.syntax`, `.secret`, and `.invalid` with every fault, its key, line and column
 */
export async function readConfiguration(file: string, environment: Environment): Promise<Configuration> {
  let bytes: Uint8Array;
  try {
    const { size } = await stat(file);
    if (size > largestFileBytes) {
      const reason = `it has ${size.toLocaleString("en")} bytes, and a configuration has a few thousand`;
      throw osteonError("configuration.unreadable", { file, reason });
    }
    bytes = await readFile(file);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code;
    if (typeof reason !== "string" || !reason.startsWith("E")) throw error;
    throw osteonError("configuration.unreadable", { file, reason }, { cause: error });
  }
  let text: string;
  try {
    // Takes a byte order mark off.
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw osteonError("configuration.unreadable", { file, reason: "it is not text in UTF-8" });
  }
  return parseConfiguration(text, file, environment);
}

/** {@link readConfiguration} of a text; `file` is how messages call it and where its paths begin. */
export function parseConfiguration(text: string, file: string, environment: Environment): Configuration {
  const configuration = parseSettings(text, file, {
    schema: configurationSchema,
    environment,
    prepare: (value) => resolvePaths(value, dirname(resolve(file))),
    syntaxFault: (place) => osteonError("configuration.syntax", { file, ...place }),
    invalid: (parameters) => osteonError("configuration.invalid", { file, ...parameters }),
  });
  return deepFreeze(configuration);
}

/** The configuration of defaults, with the given parts in their place; for callers without a file. */
export function configurationWith(parts: z.input<typeof configurationSchema>): Configuration {
  return deepFreeze(configurationSchema.parse(parts));
}

/** The configuration that `--config` names, or that of defaults. @throws as {@link readConfiguration} */
export async function configurationFrom(file: string | undefined, environment: Environment): Promise<Configuration> {
  return file === undefined ? configurationWith({}) : readConfiguration(file, environment);
}

function resolvePaths(value: unknown, base: string): unknown {
  return pathKeys.reduce((resolved, keys) => resolvePathAt(resolved, keys, base), value);
}

function resolvePathAt(value: unknown, [key, ...deeper]: readonly string[], base: string): unknown {
  if (key === undefined) return resolvePath(value, base);
  // Of a list of groups, the key in each.
  if (Array.isArray(value)) return value.map((entry) => resolvePathAt(entry, [key, ...deeper], base));
  if (!isRecord(value) || !Object.hasOwn(value, key)) return value;
  return { ...value, [key]: resolvePathAt(value[key], deeper, base) };
}

/** A path, or each of a list of them; what is neither is left for the schema to refuse. */
function resolvePath(value: unknown, base: string): unknown {
  if (Array.isArray(value)) return value.map((entry) => resolvePath(entry, base));
  return typeof value === "string" && value !== "" ? resolve(base, value) : value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
