import { stat } from "node:fs/promises";
import { osteonError } from "@osteon/errors";
import { fits, type AuditEntry, type EntryFilter } from "./read-entries.ts";
import { listSegments, readLinesBackward, segmentPath } from "./segment-files.ts";
import { isCheckpoint, readLine } from "./segment-line.ts";

/** Where an entry stands among all of a trail. */
export type EntryPlace = Pick<AuditEntry, "at" | "segment" | "line">;

export interface NewestEntriesRequest {
  readonly directory: string;
  readonly filter?: EntryFilter;
  /** Only entries older than this one. */
  readonly before?: EntryPlace | undefined;
  /** Most entries given. */
  readonly limit: number;
  /** Most entries looked at, so that a search for what is rare ends soon; the next goes on where it ended. */
  readonly mostRead?: number;
}

/** Some of the newest entries. */
export interface NewestEntries {
  /** The newest first. */
  readonly entries: readonly AuditEntry[];
  /** The oldest that was looked at, to go on from; null where everything was. */
  readonly oldest: EntryPlace | null;
}

/** A segment that is not read to its beginning. */
interface Reading {
  readonly segment: number;
  /** Its next entry; undefined until it is opened. */
  next: AuditEntry | undefined;
  /** Time of the next entry; until it is opened, one that the last entry is not later than. */
  at: string;
  entries: AsyncGenerator<AuditEntry, void> | undefined;
}

/**
 * Reads entries from the newest on: each segment from its end, by the times of their last entries, so that what is
 * older is not read. Lines that were altered are left out; verifying tells of them.
 *
 * @throws `audit.missing`
 */
export async function readNewestEntries(request: NewestEntriesRequest): Promise<NewestEntries> {
  const { directory, filter = {}, before, limit, mostRead = 20_000 } = request;
  const segments = await listSegments(directory);
  if (segments.length === 0) throw osteonError("audit.missing", { directory });
  const latest = [before?.at, filter.until].filter((at) => at !== undefined).toSorted()[0];
  const readings = new Set(await Promise.all(segments.map((segment) => unopened(directory, segment))));
  try {
    const found: AuditEntry[] = [];
    let read = 0;
    for (;;) {
      const newest = [...readings].reduce<Reading | undefined>((a, b) => (a && isNewer(a, b) ? a : b), undefined);
      if (newest === undefined || (filter.since !== undefined && newest.at < filter.since)) {
        return { entries: found, oldest: null };
      }
      const entry = newest.next;
      if (entry !== undefined && (before === undefined || isOlder(entry, before))) {
        read += 1;
        if (fits(entry, filter)) found.push(entry);
        if (found.length === limit || read === mostRead) return { entries: found, oldest: placeOf(entry) };
      }
      newest.entries ??= backward(directory, newest.segment, latest);
      const following = await newest.entries.next();
      if (following.done === true) readings.delete(newest);
      else Object.assign(newest, { next: following.value, at: following.value.at });
    }
  } finally {
    for (const { entries } of readings) await entries?.return();
  }
}

async function unopened(directory: string, segment: number): Promise<Reading> {
  const { mtimeMs } = await stat(segmentPath(directory, segment));
  // File systems round times, and take them from a clock that is a little late.
  const at = new Date(mtimeMs + 2_000).toISOString();
  return { segment, next: undefined, at, entries: undefined };
}

async function* backward(
  directory: string,
  segment: number,
  latest: string | undefined,
): AsyncGenerator<AuditEntry, void> {
  for await (const bytes of readLinesBackward(segmentPath(directory, segment))) {
    if (latest !== undefined && timeOf(bytes) > latest) continue;
    const { line } = readLine(bytes);
    if (line === undefined || isCheckpoint(line)) continue;
    const { at, event, hash } = line;
    yield { segment, line: line.line, at, event, hash };
  }
}

/** The time that an entry begins with, read without the rest: most of a trail may be later than what is asked for. */
function timeOf(bytes: Buffer): string {
  return bytes.toString("latin1", 7, 31);
}

/** Entries of one segment are in the order in which they were written, whatever the clock did. */
function isOlder(a: EntryPlace, b: EntryPlace): boolean {
  if (a.segment === b.segment) return a.line < b.line;
  return a.at === b.at ? a.segment < b.segment : a.at < b.at;
}

function isNewer(a: Reading, b: Reading): boolean {
  return a.at === b.at ? a.segment > b.segment : a.at > b.at;
}

function placeOf({ at, segment, line }: EntryPlace): EntryPlace {
  return { at, segment, line };
}
