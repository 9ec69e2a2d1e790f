import { osteonError } from "@osteon/errors";
import type { AuditAction, AuditEvent } from "../event/audit-event.ts";
import { listSegments, readLines, segmentPath } from "./segment-files.ts";
import { isCheckpoint, readLine } from "./segment-line.ts";
import { readOpening } from "./segment-heads.ts";

/** An entry with its place. */
export interface AuditEntry {
  readonly segment: number;
  readonly line: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly event: AuditEvent;
  /** By which the entry is chained. */
  readonly hash: string;
}

/** Which entries are read; all where nothing is given. */
export interface EntryFilter {
  readonly actions?: readonly AuditAction[];
  readonly principal?: string;
  /** Not before, ISO 8601 in UTC. */
  readonly since?: string;
  /** Before, ISO 8601 in UTC. */
  readonly until?: string;
}

export interface ReadEntriesOptions {
  readonly directory: string;
  readonly filter?: EntryFilter;
  /** Told of each line that cannot be read, which is left out: verifying tells why. */
  readonly onUnreadable?: (segment: number, line: number) => void;
}

interface Reading {
  readonly segment: number;
  readonly entries: AsyncGenerator<AuditEntry, void>;
  next: AuditEntry;
}

/**
 * Reads a trail's entries in the order of their times, those of one writer in the order in which it wrote them. Only
 * segments that were written at one time are open at once.
 *
 * @throws `audit.missing`
 */
export async function* readEntries(options: ReadEntriesOptions): AsyncGenerator<AuditEntry, void> {
  const { directory, filter = {} } = options;
  const waiting = [...(await listSegments(directory))];
  if (waiting.length === 0) throw osteonError("audit.missing", { directory });
  let nextOpening: string | undefined;
  const open: Reading[] = [];
  for (;;) {
    while (waiting.length > 0) {
      nextOpening ??= (await readOpening(directory, waiting[0]!)).at ?? "";
      if (open.some(({ next }) => next.at < nextOpening!)) break;
      const segment = waiting.shift()!;
      nextOpening = undefined;
      const entries = entriesOf(segment, options);
      const first = await entries.next();
      if (first.done !== true) open.push({ segment, entries, next: first.value });
    }
    const earliest = open.toSorted((a, b) => compare(a.next.at, b.next.at) || a.segment - b.segment)[0];
    if (earliest === undefined) return;
    if (fits(earliest.next, filter)) yield earliest.next;
    const following = await earliest.entries.next();
    if (following.done === true) open.splice(open.indexOf(earliest), 1);
    else earliest.next = following.value;
  }
}

async function* entriesOf(
  segment: number,
  { directory, onUnreadable }: ReadEntriesOptions,
): AsyncGenerator<AuditEntry, void> {
  let place = 0;
  for await (const { bytes, whole } of readLines(segmentPath(directory, segment))) {
    if (!whole) return;
    place += 1;
    const { line } = readLine(bytes);
    if (line === undefined) onUnreadable?.(segment, place);
    else if (!isCheckpoint(line)) {
      const { at, event, hash } = line;
      yield { segment, line: line.line, at, event, hash };
    }
  }
}

/** Whether an entry is among those asked for. */
export function fits({ at, event }: AuditEntry, { actions, principal, since, until }: EntryFilter): boolean {
  return (
    (actions === undefined || actions.includes(event.action)) &&
    (principal === undefined || event.principal === principal) &&
    (since === undefined || at >= since) &&
    (until === undefined || at < until)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
