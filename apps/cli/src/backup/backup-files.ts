import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileOfBytes, fileOfDisk, type ArchiveFile } from "@osteon/backup";
import type { Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import {
  encodeBundle,
  ModelRegistry,
  nameOfMove,
  openPackage,
  verifyPackage,
  versionsOnCall,
  type Identity,
  type MoveLog,
  type ProductionMove,
} from "@osteon/registry";
import { openLocalLedger } from "../record-run.ts";
import { readTrustedKeys, type RegistryPlace } from "../registry/open-registry.ts";
import { registryFolders } from "../registry/registry-stores.ts";
import { backupLayout, foldersOfSite } from "./backup-layout.ts";
import { readConfiguredFile, relocateConfiguration, valueAt, type ConfiguredFiles } from "./configured-files.ts";

export interface BackupSource {
  readonly configuration: Configuration;
  /** Of the configuration's file; undefined where the defaults are used. */
  readonly configurationPath: string | undefined;
  readonly place: RegistryPlace;
  /** Opens the registry's packages; undefined where no key was named. */
  readonly identity: Identity | undefined;
  readonly configuredFiles: ConfiguredFiles;
}

/** What a backup's moment was, known once its moves were read. */
export interface BackupMoment {
  moves: readonly ProductionMove[];
}

/**
 * Everything that goes into a backup, in an order that makes it consistent while a service runs and models are
 * promoted: moves first, since whatever they name was in the registry before them; what is only added to, last, so
 * that it tells of every move.
 *
 * @throws `backup.changed-meanwhile` where a version that is on call was removed while it was read,
 *   `backup.key-missing`, and what reading a registry throws: what is altered is not backed up as if it were whole
 */
export async function* backupFiles(source: BackupSource, moment: BackupMoment): AsyncGenerator<ArchiveFile> {
  const { configuration, configurationPath, configuredFiles } = source;
  moment.moves = [];
  yield* registryFiles(source, moment);
  const text = configurationPath === undefined ? "" : await readFile(configurationPath, "utf8");
  if (configurationPath !== undefined) yield fileOfBytes(backupLayout.original, text);
  const moved = { ...configuredFiles.configured, ...directoriesOf(source) };
  yield fileOfBytes(backupLayout.configuration, relocateConfiguration(text, configuration, moved));
  for (const file of configuredFiles.files) yield fileOfBytes(file.path, await readConfiguredFile(file));
  if (existsSync(configuration.storage.directory)) {
    await using ledger = await openLocalLedger(configuration.storage.directory);
    yield fileOfBytes(backupLayout.ledgerRows, JSON.stringify(await ledger.exportRows()));
  }
  for (const [folder, path] of siteFolders(source)) yield* filesBelow(folder, path);
}

/** Folders beside the registry's that are there, each with its path in the backup. */
function siteFolders({ configuration, place }: BackupSource): readonly (readonly [folder: string, path: string])[] {
  return foldersOfSite.flatMap(({ folder: path, key }) => {
    const named = valueAt(configuration, key.split("."));
    const folder = typeof named === "string" ? named : join(dirname(resolve(place.directory)), path);
    return existsSync(folder) ? [[folder, path] as const] : [];
  });
}

/** What a site may have and this one has not, so that nobody takes it for backed up. */
export function absentParts(source: BackupSource): readonly string[] {
  const present = siteFolders(source).map(([, path]) => path);
  const ledger = source.configuration.storage.directory;
  return [
    ...(existsSync(ledger) ? [] : [`ledger (${ledger})`]),
    ...foldersOfSite.flatMap(({ folder }) => (present.includes(folder) ? [] : [folder])),
  ];
}

/** Keys of directories that a restored directory has, and that do not lie where they are by default. */
export function directoriesOf(source: BackupSource): Readonly<Record<string, string>> {
  const { configuration } = source;
  const moved = foldersOfSite.flatMap(({ folder, key }) =>
    valueAt(configuration, key.split(".")) === undefined ? [] : [[key, folder] as const],
  );
  return {
    ...Object.fromEntries(moved),
    "registry.directory": backupLayout.registry,
    ...(existsSync(configuration.storage.directory) && { "storage.directory": backupLayout.ledger }),
  };
}

async function* registryFiles({ place, identity }: BackupSource, moment: BackupMoment): AsyncGenerator<ArchiveFile> {
  const envelopes = await (await place.openMoves()).list();
  const packages = await place.openPackages();
  const trusted = await readTrustedKeys(place);
  moment.moves = await new ModelRegistry({ packages, moves: frozenLog(place.directory, envelopes), trusted }).history();
  for (const [index, envelope] of envelopes.entries()) {
    yield fileOfBytes(`${backupLayout.moves}/${nameOfMove(index + 1)}`, `${JSON.stringify(envelope)}\n`);
  }
  const onAir = moment.moves.at(-1)?.version;
  const missing = new Set(versionsOnCall(moment.moves));
  for (const version of await packages.list()) {
    const stored = await packages.get(version);
    // Removed since they were listed.
    if (stored === undefined) continue;
    const file = `model ${version}`;
    if (verifyPackage(stored.sealed, stored.envelope, trusted, file).modelVersion !== version) {
      throw osteonError("registry.altered", { file, part: "its place: it is another version" });
    }
    if (version === onAir) {
      if (identity === undefined) throw osteonError("backup.key-missing", { version });
      await openPackage(stored.sealed, identity, file);
    }
    missing.delete(version);
    yield fileOfBytes(
      `${backupLayout.packages}/${version}.osteon-bundle`,
      encodeBundle(stored.sealed, stored.envelope),
    );
  }
  if (missing.size > 0) {
    throw osteonError("backup.changed-meanwhile", { what: `model ${[...missing].join(", ")} is not in the registry` });
  }
  yield* filesBelow(place.directory, backupLayout.registry, [registryFolders.packages, registryFolders.moves]);
}

/** The history of one moment, whatever is promoted afterwards. */
function frozenLog(name: string, envelopes: readonly unknown[]): MoveLog {
  return { name, list: () => Promise.resolve(envelopes), append: () => Promise.resolve(false) };
}

/**
 * Files of a folder and of those in it, but for what programs keep for themselves. Their lengths are all taken before
 * the first is read, so that they are of one moment: entries of a trail tell of each other.
 */
async function* filesBelow(folder: string, path: string, except: readonly string[] = []): AsyncGenerator<ArchiveFile> {
  const found: (ArchiveFile | undefined)[] = [];
  for (const name of await listFiles(folder, except)) {
    found.push(await fileOfDisk(`${path}/${name}`, join(folder, name)));
  }
  for (const file of found) if (file !== undefined) yield file;
}

/** Paths of files below a folder, with slashes, sorted. */
async function listFiles(folder: string, except: readonly string[]): Promise<readonly string[]> {
  const names: string[] = [];
  for (const name of (await readdir(folder)).sort()) {
    if (except.includes(name) || name === "osteon.lock" || /\.(?:partial|tmp)$/.test(name)) continue;
    // Through links, as secrets are mounted by them.
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found?.isFile()) names.push(name);
    if (found?.isDirectory())
      names.push(...(await listFiles(join(folder, name), [])).map((inner) => `${name}/${inner}`));
  }
  return names;
}
