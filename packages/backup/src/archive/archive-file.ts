import { open } from "node:fs/promises";
import { osteonError } from "@osteon/errors";

/** A file on its way into a backup: its length is known before its bytes are read. */
export interface ArchiveFile {
  /** Inside the backup. */
  readonly path: string;
  readonly bytes: number;
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

const chunkBytes = 256 * 1024;
/** No record of a log is longer. */
const longestLineBytes = 1024 * 1024;
const newline = 0x0a;

export function fileOfBytes(path: string, content: Uint8Array | string): ArchiveFile {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return { path, bytes: bytes.length, chunks: [bytes] };
}

/**
 * A file of the disk as long as it is now; what is appended meanwhile is left out. Of a log of lines (`.jsonl`,
 * `.ndjson`, `.log`) a line that is still being written is left out too.
 *
 * @returns undefined where there is none any more
 */
export async function fileOfDisk(path: string, source: string): Promise<ArchiveFile | undefined> {
  let bytes: number;
  try {
    await using file = await open(source, "r");
    bytes = (await file.stat()).size;
    if (/\.(?:jsonl|ndjson|log)$/.test(source)) {
      const tail = Buffer.alloc(Math.min(bytes, longestLineBytes));
      const { bytesRead } = await file.read(tail, 0, tail.length, bytes - tail.length);
      bytes += tail.subarray(0, bytesRead).lastIndexOf(newline) + 1 - tail.length;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  return { path, bytes, chunks: readBytes(source, bytes) };
}

async function* readBytes(source: string, bytes: number): AsyncGenerator<Uint8Array> {
  await using file = await open(source, "r");
  for (let at = 0; at < bytes;) {
    const buffer = new Uint8Array(Math.min(chunkBytes, bytes - at));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) throw osteonError("backup.changed-meanwhile", { what: `${source} became shorter` });
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
