import { createHash } from "node:crypto";
import { readCheckpointUnverified, type SegmentHead, type SegmentWriter } from "./checkpoint.ts";
import { readFirstLine, readLastLine, segmentPath } from "./segment-files.ts";
import { isCheckpoint, readLine } from "./segment-line.ts";
import { isGone } from "./segment-writer-identity.ts";

/** What a writer has to know of another segment in order to go on after it. */
interface SegmentState {
  /** Undefined where its last line was altered: what it ends with cannot be told, and verifying says so. */
  readonly head: SegmentHead | undefined;
  /** When its last line was written; undefined where that cannot be told. */
  readonly at: string | undefined;
}

/** Of a segment's first line: what the next segment is chained to, and what its writer knew. */
export interface SegmentOpening {
  readonly hash: string;
  readonly at: string | undefined;
  readonly writer: SegmentWriter | undefined;
  readonly heads: readonly SegmentHead[];
}

/** Reads how a segment begins. One that was altered does not keep others from being written: verifying tells of it. */
export async function readOpening(directory: string, segment: number): Promise<SegmentOpening> {
  const bytes = (await readFirstLine(segmentPath(directory, segment))) ?? Buffer.alloc(0);
  const { line } = readLine(bytes);
  if (line === undefined || !isCheckpoint(line)) {
    return { hash: createHash("sha256").update(bytes).digest("hex"), at: undefined, writer: undefined, heads: [] };
  }
  const checkpoint = readCheckpointUnverified(line.checkpoint);
  const { at, writer, heads = [] } = checkpoint ?? {};
  return { hash: line.hash, at, writer, heads };
}

/**
 * Reads how a segment ends now. One that was not closed is abandoned if its writer is no more, or if it is
 * `ownAbandoned`: this process's, which it could not go on with.
 */
async function readState(directory: string, segment: number, ownAbandoned: boolean): Promise<SegmentState> {
  // Before the file: a writer that ends in between has written all that it will.
  const { writer } = await readOpening(directory, segment);
  const isAbandoned = ownAbandoned || (writer !== undefined && (await isGone(writer)));
  const { last, torn } = await readLastLine(segmentPath(directory, segment));
  const { line } = readLine(last);
  if (line === undefined) return { head: undefined, at: undefined };
  const checkpoint = isCheckpoint(line) ? readCheckpointUnverified(line.checkpoint) : undefined;
  const state = checkpoint?.kind === "closing" ? "closed" : isAbandoned ? "abandoned" : "open";
  const isTorn = state === "abandoned" && torn.length > 0;
  return {
    head: {
      segment,
      lines: line.line,
      hash: line.hash,
      state,
      ...(isTorn && { torn: { bytes: torn.length, sha256: createHash("sha256").update(torn).digest("hex") } }),
    },
    at: isCheckpoint(line) ? checkpoint?.at : line.at,
  };
}

/** What is new of other segments. */
export interface HeadChanges {
  readonly heads: SegmentHead[];
  /** When the latest of their last lines was written, ms since 1970; −∞ where none was. */
  readonly latest: number;
  /** What is told once these are written. */
  readonly told: ToldHeads;
}

/** Segments whose end was not told yet, with what was told of each last; and the highest that is known. */
interface ToldHeads {
  readonly open: ReadonlyMap<number, SegmentHead | undefined>;
  readonly highest: number;
}

/**
 * Follows the segments of others for one writer: each is told of until its end was told. By way of the openings no
 * segment is forgotten, however many there are: each opening goes on with what the one before left open.
 */
export class HeadTracker {
  readonly #directory: string;
  readonly #ownAbandoned: ReadonlySet<number>;
  #told: ToldHeads = { open: new Map(), highest: 0 };

  constructor(directory: string, ownAbandoned: ReadonlySet<number>) {
    this.#directory = directory;
    this.#ownAbandoned = ownAbandoned;
  }

  /** Goes on where the opening of the highest segment stood. */
  begin(highest: number, opening: SegmentOpening, first: number): void {
    const carried = opening.heads.filter(({ segment, state }) => state === "open" && segment >= first);
    const open = [...carried.map(({ segment }) => segment), highest];
    this.#told = { open: new Map(open.map((segment) => [segment, undefined])), highest };
  }

  /**
   * Heads that changed since they were told last.
   *
   * @param own the segment that tells of them
   */
  async changes(segments: readonly number[], own: number): Promise<HeadChanges> {
    const open = new Map(this.#told.open);
    for (const segment of segments) {
      if (segment > this.#told.highest && segment !== own) open.set(segment, undefined);
    }
    const still = new Map<number, SegmentHead | undefined>();
    const heads: SegmentHead[] = [];
    let latest = Number.NEGATIVE_INFINITY;
    for (const [segment, told] of open) {
      if (!segments.includes(segment)) continue;
      const { head, at } = await readState(this.#directory, segment, this.#ownAbandoned.has(segment));
      if (head === undefined) {
        still.set(segment, told);
        continue;
      }
      if (at !== undefined) latest = Math.max(latest, Date.parse(at));
      if (told?.lines !== head.lines || told.state !== head.state) heads.push(head);
      if (head.state === "open") still.set(segment, head);
    }
    const highest = Math.max(this.#told.highest, segments.at(-1) ?? 0);
    return { heads, latest, told: { open: still, highest } };
  }

  /** Takes note that changes were written. */
  accept({ told }: HeadChanges): void {
    this.#told = told;
  }
}
