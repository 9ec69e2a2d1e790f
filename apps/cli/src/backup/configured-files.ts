import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import type { Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { changeSettings, type SettingsChange } from "@osteon/settings";
import { pathKeys } from "../configuration/read-configuration.ts";
import { backupLayout } from "./backup-layout.ts";

/** A file that the configuration names, and where it goes. */
export interface ConfiguredFile {
  readonly source: string;
  readonly path: string;
}

/** Files that a backup takes because a key of the configuration names them. */
export interface ConfiguredFiles {
  readonly files: readonly ConfiguredFile[];
  /** By dotted key, the paths inside the backup that it is to name. */
  readonly configured: Readonly<Record<string, string | string[]>>;
}

/** Keys of files that are part of the configuration, beside secrets. The data of patients are no part of a backup. */
const configurationKeys: readonly string[] = [
  "data.mapping",
  "data.queries.patients.file",
  "data.queries.samples.file",
  "data.queries.mutations.file",
  "data.queries.copy_number.file",
  "data.queries.expression.file",
  "cohort.gene_aliases",
  "features.gene_sets",
  "training.differential_privacy.gene_panel",
];
/** Keys of secrets, taken where the configuration sets them; a public half beside one goes with it. */
const secretFiles: Readonly<Record<string, string>> = {
  "phi_removal.key_path": "pseudonym.key",
  "registry.signing_key_path": "signing.pem",
  "service.token_path": "api-token",
  "service.oidc.subject_key_path": "oidc-subject.key",
  "service.oidc.jwks_path": "oidc-jwks.json",
  "service.tls.certificate_path": "tls-certificate.pem",
  "service.tls.key_path": "tls-key.pem",
  "audit.signing_key_path": "audit-signing.pem",
  "audit.profile_key_path": "audit-profile.key",
};

/** @param identityPath of the key that opens models, from wherever it was named */
export function configuredFilesOf(configuration: Configuration, identityPath: string | undefined): ConfiguredFiles {
  const files: ConfiguredFile[] = [];
  const configured: Record<string, string | string[]> = {};
  const add = (key: string, source: string, path: string): void => {
    files.push({ source, path });
    configured[key] = path;
  };
  // Where a command gives the key, it gives it to what is restored too.
  if (identityPath !== undefined && configuration.encryption.key_command === undefined)
    add("encryption.key_path", identityPath, backupLayout.identity);
  for (const [key, name] of Object.entries(secretFiles)) {
    const source = valueAt(configuration, key.split("."));
    if (typeof source !== "string") continue;
    add(key, source, `${backupLayout.keys}/${name}`);
    if (existsSync(`${source}.pub`)) {
      files.push({ source: `${source}.pub`, path: `${backupLayout.keys}/${name}.pub` });
    }
  }
  for (const group of ["registry", "audit"] as const) {
    const trusted = configuration[group].trusted_keys;
    const paths = trusted.map((_, index) => `${backupLayout.keys}/${group}-trusted-${index + 1}.pem`);
    trusted.forEach((source, index) => files.push({ source, path: paths[index]! }));
    if (trusted.length > 0) configured[`${group}.trusted_keys`] = paths;
  }
  for (const key of configurationKeys) {
    const source = valueAt(configuration, key.split("."));
    // Named by the key, as two files may have one name; the ending says what it is.
    if (typeof source === "string") {
      add(key, source, `${backupLayout.configurationFiles}/${key.replaceAll(".", "-")}${extname(basename(source))}`);
    }
  }
  return { files, configured };
}

/** Reads one, whole: these are small. @throws `configuration.file` where the configuration names what is not there */
export async function readConfiguredFile({ source, path }: ConfiguredFile): Promise<Uint8Array> {
  try {
    return await readFile(source);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw osteonError("configuration.file", { file: source, option: path, reason }, { cause: error });
  }
}

/**
 * A configuration's text as it is to stand in a restored directory: what was restored is named by where it is there,
 * every other path by where it was, absolutely. Remarks and references to the environment stay.
 */
export function relocateConfiguration(
  text: string,
  configuration: Configuration,
  configured: ConfiguredFiles["configured"],
): string {
  const moved: SettingsChange[] = Object.entries(configured).map(([key, path]) => [key.split("."), path]);
  const stays = pathKeys.flatMap((keys): SettingsChange[] => {
    const value = valueAt(configuration, keys);
    return value === undefined || keys.join(".") in configured ? [] : [[keys, value]];
  });
  return changeSettings(text, moved, stays);
}

/** What a configuration holds at a key; undefined where it does not know the key. */
export function valueAt(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (found, key) => (typeof found === "object" && found !== null ? (found as Record<string, unknown>)[key] : undefined),
    value,
  );
}
