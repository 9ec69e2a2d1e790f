import { mkdir, open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { listNames } from "@osteon/registry";

/** Segments of a trail: numbered files of lines, each written by one process. */
export function segmentsOf(directory: string): string {
  return join(directory, "segments");
}

export function segmentPath(directory: string, segment: number): string {
  return join(segmentsOf(directory), `${String(segment).padStart(8, "0")}.jsonl`);
}

/** The numbers of the segments that are there, ascending; none where there is no trail. */
export async function listSegments(directory: string): Promise<readonly number[]> {
  const names = await listNames(segmentsOf(directory));
  const numbers = names.flatMap((name) => (/^\d{8,}\.jsonl$/.test(name) ? [Number.parseInt(name, 10)] : []));
  return numbers.sort((a, b) => a - b);
}

/** Makes the folder of the segments, for its owner alone. */
export async function makeSegmentFolder(directory: string): Promise<void> {
  await mkdir(segmentsOf(directory), { recursive: true, mode: 0o700 });
}

/** The bytes of one line, without its line feed. */
export interface LineBytes {
  readonly bytes: Buffer;
  /** False for what follows the last line feed: a write that was cut off, or is under way. */
  readonly whole: boolean;
}

const lineFeed = 10;
const chunkBytes = 1 << 16;

/** Reads a segment line by line, never more than a chunk and a line of it in memory. */
export async function* readLines(path: string): AsyncGenerator<LineBytes, void> {
  await using file = await open(path, "r");
  let rest: Buffer = Buffer.alloc(0);
  const chunk = Buffer.alloc(chunkBytes);
  for (;;) {
    const { bytesRead } = await file.read(chunk, 0, chunkBytes, null);
    if (bytesRead === 0) break;
    rest = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
    let start = 0;
    for (let at = rest.indexOf(lineFeed); at >= 0; at = rest.indexOf(lineFeed, start)) {
      yield { bytes: rest.subarray(start, at), whole: true };
      start = at + 1;
    }
    rest = rest.subarray(start);
  }
  if (rest.length > 0) yield { bytes: rest, whole: false };
}

/** Reads the whole lines of a segment from its end to its beginning, never more than a chunk and a line of it in memory. */
export async function* readLinesBackward(path: string): AsyncGenerator<Buffer, void> {
  await using file = await open(path, "r");
  let { size: start } = await file.stat();
  // What follows the last line feed is no whole line.
  let rest: Buffer | undefined;
  while (start > 0) {
    const end = start;
    start = Math.max(0, start - chunkBytes);
    const chunk = await readRange(file, start, end - start);
    let stop = chunk.length;
    for (let at = chunk.lastIndexOf(lineFeed); at >= 0; at = at === 0 ? -1 : chunk.lastIndexOf(lineFeed, at - 1)) {
      if (rest !== undefined) yield Buffer.concat([chunk.subarray(at + 1, stop), rest]);
      rest = Buffer.alloc(0);
      stop = at;
    }
    if (rest !== undefined) rest = Buffer.concat([chunk.subarray(0, stop), rest]);
  }
  if (rest !== undefined) yield rest;
}

/** The first line of a segment; undefined where it has no whole one. */
export async function readFirstLine(path: string): Promise<Buffer | undefined> {
  for await (const { bytes, whole } of readLines(path)) return whole ? bytes : undefined;
  return undefined;
}

/**
 * The last whole line of a segment, and what follows it. What was read is on the disk: whoever tells others of it must
 * not be refuted by a power failure.
 */
export async function readLastLine(path: string): Promise<{ readonly last: Buffer; readonly torn: Buffer }> {
  await using file = await open(path, "r");
  // Windows does not do this for a file that is open for reading alone.
  if (process.platform !== "win32") await file.datasync();
  const { size } = await file.stat();
  let tail: Buffer = Buffer.alloc(0);
  for (let start = size; start > 0;) {
    const end = start;
    start = Math.max(0, start - chunkBytes);
    tail = Buffer.concat([await readRange(file, start, end - start), tail]);
    const close = tail.lastIndexOf(lineFeed);
    const begin = close < 0 ? -1 : tail.lastIndexOf(lineFeed, close - 1);
    if (close > 0 && (begin >= 0 || start === 0)) {
      return { last: tail.subarray(begin + 1, close), torn: tail.subarray(close + 1) };
    }
  }
  return { last: Buffer.alloc(0), torn: tail };
}

async function readRange(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, start);
  return bytes.subarray(0, bytesRead);
}
