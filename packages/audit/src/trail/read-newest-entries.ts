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

/** A segment that was not looked into, and a time that its last entry is not later than. */
interface UnopenedSegment {
  readonly segment: number;
  readonly at: string;
}

/** A segment that is being read towards its beginning. */
interface Reading {
  readonly entries: AsyncGenerator<AuditEntry, void>;
  next: AuditEntry;
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
  const unopened = await listUnopened(directory, segments);
  const open = new Set<Reading>();
  const isWanted = (at: string): boolean => filter.since === undefined || at >= filter.since;
  try {
    const found: AuditEntry[] = [];
    let read = 0;
    for (;;) {
      const newest = [...open].reduce<Reading | undefined>((a, b) => (a && isOlder(b.next, a.next) ? a : b), undefined);
      const candidate = unopened.at(-1);
      // What was not looked into may hold the newest yet.
      if (candidate && isWanted(candidate.at) && (newest === undefined || candidate.at >= newest.next.at)) {
        unopened.pop();
        const entries = backward(directory, candidate.segment, latest);
        const first = await entries.next();
        if (first.done !== true) open.add({ entries, next: first.value });
        continue;
      }
      if (newest === undefined || !isWanted(newest.next.at)) return { entries: found, oldest: null };
      const entry = newest.next;
      if (before === undefined || isOlder(entry, before)) {
        read += 1;
        if (fits(entry, filter)) found.push(entry);
        if (found.length === limit || read === mostRead) return { entries: found, oldest: placeOf(entry) };
      }
      const following = await newest.entries.next();
      if (following.done === true) open.delete(newest);
      else newest.next = following.value;
    }
  } finally {
    for (const { entries } of open) await entries.return();
  }
}

/** Segments by the times of their files, those written last at the end. */
async function listUnopened(directory: string, segments: readonly number[]): Promise<UnopenedSegment[]> {
  const unopened = await Promise.all(
    segments.map(async (segment) => {
      const { mtimeMs } = await stat(segmentPath(directory, segment));
      // File systems round times, and take them from a clock that is a little late.
      return { segment, at: new Date(mtimeMs + 2_000).toISOString() };
    }),
  );
  return unopened.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.segment - b.segment));
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

function placeOf({ at, segment, line }: EntryPlace): EntryPlace {
  return { at, segment, line };
}
