import { open, type FileHandle } from "node:fs/promises";
import { createFileAtomically, systemErrorCode, type SigningKey } from "@osteon/registry";
import type { AuditEvent } from "../event/audit-event.ts";
import { signCheckpoint, type Checkpoint, type SegmentWriter } from "./checkpoint.ts";
import { chainLine, type ChainEnd } from "./segment-line.ts";
import { listSegments, makeSegmentFolder, segmentPath } from "./segment-files.ts";
import { HeadTracker, readOpening, type HeadChanges } from "./segment-heads.ts";

/** What segments are written with. */
export interface SegmentSettings {
  readonly directory: string;
  readonly key: SigningKey;
  readonly osteonVersion: string;
  readonly writer: SegmentWriter;
}

/** One event with its time, ISO 8601 in UTC. */
export interface TimedEvent {
  readonly at: string;
  readonly event: AuditEvent;
}

const openingAttempts = 1_000;

/**
 * A segment and the one process that writes it: no other ever does, so no lock is needed. Any call that fails leaves
 * it in a state that is not known, unless {@link OpenSegment.restore} holds.
 */
export class OpenSegment {
  readonly number: number;
  /** The month that it was opened in, as in `2026-11`. */
  readonly month: string;
  /** How far others were when it was opened. */
  readonly others: HeadChanges;
  readonly #settings: SegmentSettings;
  readonly #file: FileHandle;
  readonly #tracker: HeadTracker;
  #end: ChainEnd;
  #bytes: number;
  /** Lines since the last checkpoint. */
  #unsigned = 0;

  constructor(
    settings: SegmentSettings,
    begun: {
      readonly number: number;
      readonly at: string;
      readonly others: HeadChanges;
      readonly file: FileHandle;
      readonly tracker: HeadTracker;
      readonly end: ChainEnd;
      readonly bytes: number;
    },
  ) {
    this.#settings = settings;
    this.number = begun.number;
    this.month = begun.at.slice(0, 7);
    this.others = begun.others;
    this.#file = begun.file;
    this.#tracker = begun.tracker;
    this.#end = begun.end;
    this.#bytes = begun.bytes;
  }

  /** Bytes that are on the disk. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Lines that no checkpoint covers yet. */
  get unsigned(): number {
    return this.#unsigned;
  }

  /**
   * Writes events, and a checkpoint after them if asked for; they are on the disk when this resolves.
   *
   * @throws the system's errors
   */
  async append(
    events: readonly TimedEvent[],
    checkpoint?: { readonly kind: Checkpoint["kind"]; readonly at: string },
  ): Promise<void> {
    let end = this.#end;
    const texts: string[] = [];
    for (const { at, event } of events) {
      const chained = chainLine({ at, event }, end);
      texts.push(chained.text);
      end = chained.end;
    }
    let others: HeadChanges | undefined;
    if (checkpoint !== undefined) {
      others = await this.#tracker.changes(await listSegments(this.#settings.directory), this.number);
      const about = { ...checkpoint, segment: this.number, heads: others.heads };
      const chained = checkpointAfter(this.#settings, end, about);
      texts.push(chained.text);
      end = chained.end;
    }
    const bytes = Buffer.from(texts.join(""), "utf8");
    await writeWhole(this.#file, bytes);
    await this.#file.datasync();
    if (others !== undefined) this.#tracker.accept(others);
    this.#bytes += bytes.length;
    this.#end = end;
    this.#unsigned = checkpoint === undefined ? this.#unsigned + events.length : 0;
  }

  /** Takes back what a failed write left. @returns whether the segment can be gone on with */
  async restore(): Promise<boolean> {
    try {
      await this.#file.truncate(this.#bytes);
      await this.#file.datasync();
      return true;
    } catch {
      return false;
    }
  }

  /** Closes the file, and nothing else. */
  async release(): Promise<void> {
    await this.#file.close().catch(() => undefined);
  }
}

/**
 * Opens the next segment: creates its file with a signed first line, whole or not at all. Where another process takes
 * the number first, the next one is tried.
 *
 * @param ownAbandoned segments that this process could not go on with
 */
export async function openSegment(
  settings: SegmentSettings,
  at: string,
  ownAbandoned: ReadonlySet<number>,
): Promise<OpenSegment> {
  const { directory } = settings;
  await makeSegmentFolder(directory);
  for (let attempt = 0; attempt < openingAttempts; attempt++) {
    const segments = await listSegments(directory);
    const highest = segments.at(-1) ?? 0;
    const number = highest + 1;
    const tracker = new HeadTracker(directory, ownAbandoned);
    let previous: string | null = null;
    if (highest > 0) {
      const opening = await readOpening(directory, highest);
      tracker.begin(highest, opening, segments[0]!);
      previous = opening.hash;
    }
    const others = await tracker.changes(segments, number);
    const { text, end } = checkpointAfter(
      settings,
      { line: 0, hash: previous },
      { kind: "opening", at, segment: number, heads: others.heads },
    );
    const bytes = new TextEncoder().encode(text);
    try {
      await createFileAtomically(segmentPath(directory, number), bytes);
    } catch (error) {
      if (systemErrorCode(error) === "EEXIST") continue;
      throw error;
    }
    tracker.accept(others);
    const file = await open(segmentPath(directory, number), "a");
    return new OpenSegment(settings, { number, at, others, file, tracker, end, bytes: bytes.length });
  }
  throw Object.assign(new Error("Other processes took every number"), { code: "EEXIST" });
}

function checkpointAfter(
  { key, osteonVersion, writer }: SegmentSettings,
  end: ChainEnd,
  about: Pick<Checkpoint, "kind" | "at" | "segment" | "heads">,
): ReturnType<typeof chainLine> {
  const checkpoint = signCheckpoint({ ...about, line: end.line + 1, previous: end.hash, writer, osteonVersion }, key);
  return chainLine({ checkpoint }, end);
}

async function writeWhole(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += (await file.write(bytes, written, bytes.length - written)).bytesWritten;
  }
}
