import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { readArchive, type BackupManifest } from "@osteon/backup";
import { osteonError } from "@osteon/errors";
import type { Synthesiser } from "@osteon/generator";
import { proveModel } from "@osteon/pipeline";
import { createIdentity, openPackage } from "@osteon/registry";
import type { KeyContext } from "../keys/command-keys.ts";
import { openRegistry } from "../registry/open-registry.ts";
import { backupLayout } from "./backup-layout.ts";
import { createBackup } from "./backup-command.ts";
import type { BackupSource } from "./backup-files.ts";
import { restoreBackup } from "./restore-backup.ts";
import { proveRestored } from "./restored-registry.ts";

/** A part of a rehearsal and how long it took. */
interface RehearsedPart {
  readonly part: string;
  readonly durationMs: number;
}

export interface Rehearsal {
  readonly manifest: BackupManifest;
  readonly backupBytes: number;
  readonly comparedPatients: number;
  readonly parts: readonly RehearsedPart[];
}

const comparedPatients = 50;
const rehearsalSeed = 20_260_101;

/**
 * Backs up, restores into a directory of its own, and compares: every file by its digest, and patients of one seed
 * by their bits. What is in use is only read; the key is made for the occasion, so that no other need be there.
 *
 * @param work where the rehearsal may write; what it writes is as secret as the registry, and is removed
 * @throws `backup.rehearsal`, and what backing up and restoring throw
 */
export async function rehearse(
  source: BackupSource,
  work: string,
  context: KeyContext,
  onPart: (part: string) => void,
): Promise<Rehearsal> {
  const parts: RehearsedPart[] = [];
  const timed = async <T>(part: string, work: () => Promise<T>): Promise<T> => {
    onPart(part);
    const began = performance.now();
    const result = await work();
    parts.push({ part, durationMs: performance.now() - began });
    return result;
  };
  await mkdir(work, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(work, ".rehearsal-"));
  try {
    const identity = await createIdentity();
    const target = { directory: join(folder, "backups"), recipients: [identity.recipient], keep: undefined };
    const { path, manifest, status } = await timed("backup", () => createBackup(source, target));
    await timed("verify", () =>
      readArchive(path, identity, async (_, chunks) => {
        for await (const chunk of chunks) void chunk;
      }),
    );
    const directory = join(folder, "restored");
    const request = { file: path, identity, directory, force: false, selfContained: true, context };
    await timed("restore", () => restoreBackup(request));
    await timed("compare files", () => compareFiles(directory, manifest));
    const restored = await timed("load the restored model", () => proveRestored(directory, manifest, context));
    if (restored !== undefined) {
      const original = await loadOnAir(source, restored.modelVersion);
      await timed("compare patients", () => comparePatients(original, restored));
    }
    return {
      manifest,
      backupBytes: status.bytes,
      comparedPatients: restored === undefined ? 0 : comparedPatients,
      parts,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compareFiles(directory: string, manifest: BackupManifest): Promise<void> {
  // The configuration is changed where it named servers, and the ledger's rows are in a database again.
  const changed: readonly string[] = [backupLayout.configuration, backupLayout.ledgerRows];
  for (const { path, sha256 } of manifest.files) {
    if (changed.includes(path)) continue;
    const hash = createHash("sha256");
    await pipeline(createReadStream(join(directory, path)), hash);
    if (hash.digest("hex") !== sha256) throw osteonError("backup.rehearsal", { what: `${path} came back changed` });
  }
}

async function loadOnAir({ place, identity }: BackupSource, version: string): Promise<Synthesiser> {
  const { sealed } = await (await openRegistry(place)).fetch(version);
  return proveModel(await openPackage(sealed, identity!, `model ${version}`));
}

async function comparePatients(original: Synthesiser, restored: Synthesiser): Promise<void> {
  const request = { conditions: {}, seed: rehearsalSeed, firstIndex: 0, count: comparedPatients };
  const [one, other] = [await original.generate(request), await restored.generate(request)];
  if (digestOf(one) !== digestOf(other)) {
    throw osteonError("backup.rehearsal", { what: "the restored model gives other patients" });
  }
}

/** Of every number and word, so that two records are equal to the bit or not at all. */
function digestOf(value: unknown): string {
  const hash = createHash("sha256");
  const visit = (part: unknown): void => {
    if (ArrayBuffer.isView(part)) hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    else if (typeof part === "object" && part !== null) {
      for (const [name, inner] of Object.entries(part)) {
        hash.update(`${name}:`);
        visit(inner);
      }
    } else hash.update(`${typeof part} ${String(part)};`);
  };
  visit(value);
  return hash.digest("hex");
}
