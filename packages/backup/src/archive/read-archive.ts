import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { OsteonError, osteonError } from "@osteon/errors";
import { decryptStream, type Identity } from "@osteon/registry";
import { createTarDecoder, type ParsedTarEntry } from "modern-tar";
import {
  backupFormatVersion,
  backupManifestSchema,
  isBackupPath,
  manifestName,
  type BackedUpFile,
  type BackupManifest,
} from "../backup-manifest.ts";

/** Does something with the bytes of a file of a backup, all of which it has to take. */
export type FileVisitor = (path: string, chunks: AsyncIterable<Uint8Array>) => Promise<void>;

const longestManifestBytes = 64 * 1024 * 1024;
const ageMagic = "age-encryption.org/v1\n";
/** Of the age format: plain text comes in chunks of 64 KiB, each with 16 bytes of authentication. */
const chunkBytes = 65_536;
const sealedChunkBytes = chunkBytes + 16;

/**
 * Reads a backup from end to end and holds every file against the manifest's digests. What the visitor was given
 * counts only once this returns.
 *
 * @throws `backup.foreign`, `backup.wrong-key`, `backup.altered` naming the place, `registry.unsupported-version`,
 *   `registry.unreadable`
 */
export async function readArchive(file: string, identity: Identity, visit: FileVisitor): Promise<BackupManifest> {
  const { totalBytes, headerBytes } = await readAgeHeader(file);
  const source = createReadStream(file);
  let plainBytes = 0;
  let isOpen = false;
  let isVisiting = false;
  try {
    const plain = await decryptStream(Readable.toWeb(source) as ReadableStream<Uint8Array>, identity);
    if (plain === undefined) throw osteonError("backup.wrong-key", { file, recipient: abbreviate(identity.recipient) });
    isOpen = true;
    const counted = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        plainBytes += chunk.length;
        controller.enqueue(chunk);
      },
    });
    const entries = plain.pipeThrough(counted).pipeThrough(createTarDecoder({ strict: true }));
    return await readEntries(file, entries, async (path, chunks) => {
      isVisiting = true;
      await visit(path, chunks);
      isVisiting = false;
    });
  } catch (error) {
    if (error instanceof OsteonError) throw error;
    // What the visitor's disk says is not the archive's fault.
    if (isVisiting && typeof (error as NodeJS.ErrnoException).syscall === "string") throw error;
    throw osteonError("backup.altered", {
      file,
      part: isOpen ? failingPart(plainBytes, headerBytes, totalBytes) : "its header, or where that ends",
    });
  } finally {
    source.destroy();
  }
}

async function readEntries(
  file: string,
  entries: ReadableStream<ParsedTarEntry>,
  visit: FileVisitor,
): Promise<BackupManifest> {
  const found = new Map<string, BackedUpFile>();
  let manifest: BackupManifest | undefined;
  for await (const { header, body } of entries) {
    const { name: path, type } = header;
    if (manifest !== undefined) throw osteonError("backup.altered", { file, part: "something follows its manifest" });
    if (path === manifestName) {
      manifest = await parseManifest(file, body);
      continue;
    }
    // Before anything has its name on a disk.
    if (type !== "file" || !isBackupPath(path)) {
      throw osteonError("backup.foreign", { file, reason: "it holds a path or a kind of file that no backup has" });
    }
    if (found.has(path)) throw osteonError("backup.altered", { file, part: `${path} is there twice` });
    const hash = createHash("sha256");
    let bytes = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const chunk of body) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    }
    await visit(path, counted());
    found.set(path, { path, bytes, sha256: hash.digest("hex") });
  }
  if (manifest === undefined) throw osteonError("backup.foreign", { file, reason: "it has no manifest" });
  compare(file, found, manifest);
  return manifest;
}

function compare(file: string, found: ReadonlyMap<string, BackedUpFile>, manifest: BackupManifest): void {
  const refuse = (part: string) => osteonError("backup.altered", { file, part });
  for (const stated of manifest.files) {
    const actual = found.get(stated.path);
    if (actual === undefined) throw refuse(`${stated.path} is missing`);
    if (actual.sha256 !== stated.sha256 || actual.bytes !== stated.bytes) {
      throw refuse(`${stated.path} does not have its digest`);
    }
  }
  if (found.size === manifest.files.length) return;
  const stated = new Set(manifest.files.map(({ path }) => path));
  throw refuse(`${[...found.keys()].find((path) => !stated.has(path))} is not in its manifest`);
}

async function parseManifest(file: string, body: AsyncIterable<Uint8Array>): Promise<BackupManifest> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > longestManifestBytes) throw osteonError("backup.foreign", { file, reason: "its manifest is too long" });
    chunks.push(chunk);
  }
  let value: unknown;
  try {
    value = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw osteonError("backup.foreign", { file, reason: "its manifest is not JSON" });
  }
  const version = (value as { formatVersion?: unknown } | null)?.formatVersion;
  if (typeof version === "number" && version !== backupFormatVersion) {
    const supported = backupFormatVersion;
    throw osteonError("registry.unsupported-version", { file, part: "backup", version, supported });
  }
  const parsed = backupManifestSchema.safeParse(value);
  if (!parsed.success) throw osteonError("backup.foreign", { file, reason: "its manifest is not one of a backup" });
  return parsed.data;
}

/** Length of the file, and of age's header in it. */
async function readAgeHeader(file: string): Promise<{ readonly totalBytes: number; readonly headerBytes: number }> {
  let totalBytes: number;
  let text: string;
  try {
    await using handle = await open(file, "r");
    totalBytes = (await handle.stat()).size;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(chunkBytes), 0, chunkBytes, 0);
    text = buffer.toString("latin1", 0, bytesRead);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw osteonError("registry.unreadable", { file, reason }, { cause: error });
  }
  if (!text.startsWith(ageMagic)) {
    throw osteonError("backup.foreign", { file, reason: "it does not begin as a file of age does" });
  }
  const mac = /\n--- [^\n]*\n/.exec(text);
  return { totalBytes, headerBytes: mac === null ? totalBytes : mac.index + mac[0].length };
}

/** Where a backup stopped being readable. */
function failingPart(plainBytes: number, headerBytes: number, totalBytes: number): string {
  const payloadStart = headerBytes + 16;
  const from = payloadStart + Math.floor(plainBytes / chunkBytes) * sealedChunkBytes;
  if (from + sealedChunkBytes < totalBytes) return `its bytes ${from} to ${from + sealedChunkBytes}`;
  return `its bytes from ${from} on, or it is cut short after ${totalBytes}`;
}

function abbreviate(recipient: string): string {
  return recipient.length > 80 ? `${recipient.slice(0, 40)}…` : recipient;
}
