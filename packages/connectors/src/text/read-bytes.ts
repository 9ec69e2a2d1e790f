import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { SourceFile, TableName } from "@osteon/deidentification";
import { osteonError } from "@osteon/errors";
import type { FolderContext } from "./folder-context.ts";

const chunkBytes = 256 * 1024;

/**
 * Streams a file of the folder, unpacked if it is gzip (by its first bytes or its name), and digests the
 * stored bytes on the way. A file that was read to its end and belongs to a table is entered in `files`.
 *
 * @throws connectors.unreadable, .gzip-broken
 */
export async function* readBytes(
  context: FolderContext,
  file: string,
  table: TableName | undefined,
): AsyncGenerator<Buffer> {
  const path = join(context.directory, file);
  const hash = createHash("sha256");
  let bytesRead = 0;
  const stored = storedBytes(path, file, context, (chunk) => {
    hash.update(chunk);
    bytesRead += chunk.length;
  });
  const first = await stored.next();
  if (!first.done) {
    const whole = prepend(first.value, stored);
    const isGzip = file.toLowerCase().endsWith(".gz") || (first.value[0] === 0x1f && first.value[1] === 0x8b);
    yield* isGzip ? unpack(whole, file) : whole;
  }
  if (table !== undefined) enterFile(context, { name: file, table, bytes: bytesRead, sha256: hash.digest("hex") });
}

/** A file that is read twice is entered once. */
function enterFile({ files }: FolderContext, entry: SourceFile): void {
  if (!files.some(({ name, table }) => name === entry.name && table === entry.table)) files.push(entry);
}

/**
 * Enters a file that is not read as a stream in `files`: its size and the digest of its bytes.
 *
 * @throws connectors.unreadable
 */
export async function digestBytes(context: FolderContext, file: string, table: TableName): Promise<void> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of storedBytes(join(context.directory, file), file, context, () => undefined)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  enterFile(context, { name: file, table, bytes, sha256: hash.digest("hex") });
}

async function* storedBytes(
  path: string,
  file: string,
  context: FolderContext,
  onChunk: (chunk: Buffer) => void,
): AsyncGenerator<Buffer> {
  let bytesRead = 0;
  try {
    const bytesTotal = (await stat(path)).size;
    for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) {
      context.signal?.throwIfAborted();
      onChunk(chunk);
      bytesRead += chunk.length;
      yield chunk;
      context.onProgress?.({ file, bytesRead, bytesTotal });
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).syscall === undefined ? undefined : (error as { code?: string }).code;
    // The system's own message holds the whole path, which may name a person; its code says enough.
    if (code !== undefined) throw osteonError("connectors.unreadable", { file, reason: code });
    throw error;
  }
}

async function* prepend(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

async function* unpack(source: AsyncGenerator<Buffer>, file: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: chunkBytes });
  // Errors reach the loop below through gunzip, which the pipeline destroys with them.
  pipeline(Readable.from(source), gunzip, () => {});
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === "Z_BUF_ERROR") throw osteonError("connectors.gzip-broken", { file, reason: "it ends early" });
    if (code === "Z_DATA_ERROR")
      throw osteonError("connectors.gzip-broken", { file, reason: "its content is damaged" });
    throw error;
  }
}
