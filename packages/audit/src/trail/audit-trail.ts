import { setTimeout as delay } from "node:timers/promises";
import { osteonError } from "@osteon/errors";
import { systemErrorCode, type SigningKey } from "@osteon/registry";
import { auditEventSchema, type AuditEvent } from "../event/audit-event.ts";
import { identifyWriter } from "./segment-writer-identity.ts";
import { openSegment, type OpenSegment, type SegmentSettings, type TimedEvent } from "./open-segment.ts";

export interface AuditTrailOptions {
  /** The trail's folder; made with the first entry. */
  readonly directory: string;
  /** Signs checkpoints. */
  readonly key: SigningKey;
  readonly osteonVersion: string;
  /** How long the first entry of a group waits for others to be written with, ms. By default 0: not at all. */
  readonly groupMs?: number;
  /** A segment is closed when it has as many bytes. By default 16 MiB. */
  readonly segmentBytes?: number;
  /** Most entries between two checkpoints. By default 500. */
  readonly checkpointEntries?: number;
  /** Longest time that an entry goes without a checkpoint after it, ms. By default 30,000. */
  readonly checkpointMs?: number;
  readonly now?: () => Date;
}

/** Somebody who waits for an event to be written, or for what was written to be signed. */
interface Waiting {
  readonly event: AuditEvent | undefined;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Clocks of several processes on a computer, and of a computer that is kept in time, differ by less. */
const clockToleranceMs = 1_000;

/**
 * The audit trail as one process writes it. Entries that come together are written together, with one fsync; each
 * process has segments of its own, so that several can write at once. See docs/adr/0008-audit-trail.md.
 *
 * @example
 * const trail = new AuditTrail({ directory, key, osteonVersion });
 * await trail.append({ action: "model.added", principal: "user:ada", outcome: "succeeded", detail: { model } });
 * await trail.close();
 */
export class AuditTrail {
  readonly #options: Required<Omit<AuditTrailOptions, "directory" | "key" | "osteonVersion">>;
  readonly #place: Pick<AuditTrailOptions, "directory" | "key" | "osteonVersion">;
  readonly #abandoned = new Set<number>();
  #settings: SegmentSettings | undefined;
  #segment: OpenSegment | undefined;
  #waiting: Waiting[] = [];
  /** Writings follow one another. */
  #isWriting = false;
  /** The checkpoint that the next writing ends with. */
  #due: "interim" | "closing" | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(options: AuditTrailOptions) {
    const { directory, key, osteonVersion } = options;
    this.#place = { directory, key, osteonVersion };
    this.#options = {
      groupMs: options.groupMs ?? 0,
      segmentBytes: options.segmentBytes ?? 16 * 1024 * 1024,
      checkpointEntries: options.checkpointEntries ?? 500,
      checkpointMs: options.checkpointMs ?? 30_000,
      now: options.now ?? (() => new Date()),
    };
  }

  /**
   * Enters an event. When this resolves it is on the disk and survives the process and a power failure.
   *
   * @throws `audit.unwritable`, and then it is not entered; zod's error for an event that its schema does not take
   */
  async append(event: AuditEvent): Promise<void> {
    const checked = auditEventSchema.parse(event);
    if (this.#closed) throw osteonError("audit.unwritable", { reason: "it is closed" });
    await this.#wait(checked);
  }

  /** Signs what was entered so far. @throws `audit.unwritable` */
  async checkpoint(): Promise<void> {
    this.#due ??= "interim";
    await this.#wait(undefined);
  }

  /** Writes what waits, signs it and closes the segment. @throws `audit.unwritable` */
  async close(): Promise<void> {
    this.#closed = true;
    this.#due = "closing";
    try {
      await this.#wait(undefined);
    } finally {
      clearTimeout(this.#timer);
      await this.#segment?.release();
    }
  }

  #wait(event: AuditEvent | undefined): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      this.#waiting.push({ event, resolve, reject });
      if (this.#isWriting) return;
      this.#isWriting = true;
      void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      if (this.#options.groupMs > 0 && !this.#closed) await delay(this.#options.groupMs);
      const group = this.#waiting;
      const due = this.#due;
      this.#waiting = [];
      this.#due = undefined;
      try {
        await this.#commit(
          group.flatMap(({ event }) => event ?? []),
          due,
        );
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    // Here and not when the promise settles: who came in between would wait for ever.
    this.#isWriting = false;
  }

  async #commit(events: readonly AuditEvent[], checkpoint: "interim" | "closing" | undefined): Promise<void> {
    try {
      if (events.length > 0) await this.#makeReady();
      const segment = this.#segment;
      if (segment === undefined) return;
      if (checkpoint === "interim" && segment.unsigned + events.length === 0) return;
      const isFull = segment.unsigned + events.length >= this.#options.checkpointEntries;
      const kind = checkpoint ?? (isFull ? "interim" : undefined);
      const timed = events.flatMap((event) => this.#time(event));
      await segment.append(timed, kind && { kind, at: this.#now().toISOString() });
      if (kind === "closing") await this.#leave(segment);
      else this.#planCheckpoint(segment);
    } catch (error) {
      await this.#recover();
      throw osteonError("audit.unwritable", { reason: systemErrorCode(error) }, { cause: error });
    }
  }

  /** Sees to it that there is a segment with room, of this month. */
  async #makeReady(): Promise<void> {
    const now = this.#now();
    const at = now.toISOString();
    const current = this.#segment;
    if (current !== undefined) {
      if (current.bytes < this.#options.segmentBytes && current.month === at.slice(0, 7)) return;
      await current.append([], { kind: "closing", at });
      await this.#leave(current);
    }
    this.#settings ??= { ...this.#place, writer: await identifyWriter() };
    const segment = await openSegment(this.#settings, at, this.#abandoned);
    this.#segment = segment;
    this.#lastAt = Math.max(this.#lastAt, segment.others.latest);
    for (const head of segment.others.heads) {
      if (head.state !== "abandoned") continue;
      this.#abandoned.delete(head.segment);
      const detail = { segment: head.segment, lines: head.lines, tornBytes: head.torn?.bytes ?? 0 };
      const event = { action: "audit.recovered", principal: "system", outcome: "succeeded", detail } as const;
      await segment.append([{ at, event }]);
    }
  }

  async #leave(segment: OpenSegment): Promise<void> {
    this.#segment = undefined;
    await segment.release();
  }

  /** After a failure: goes on with the segment if what was half-written can be taken back, or else with another. */
  async #recover(): Promise<void> {
    const segment = this.#segment;
    if (segment === undefined || (await segment.restore())) return;
    this.#abandoned.add(segment.number);
    await this.#leave(segment);
  }

  /** The event at its time; after one that says so, where the clock went back. */
  #time(event: AuditEvent): readonly TimedEvent[] {
    const now = this.#now();
    const at = now.toISOString();
    const backMs = this.#lastAt - now.getTime();
    this.#lastAt = now.getTime();
    if (backMs <= clockToleranceMs) return [{ at, event }];
    const setBack = {
      action: "clock.set-back",
      principal: "system",
      outcome: "succeeded",
      detail: { seconds: Math.round(backMs) / 1000 },
    } as const;
    return [
      { at, event: setBack },
      { at, event },
    ];
  }

  #planCheckpoint(segment: OpenSegment): void {
    if (segment.unsigned === 0) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
    if (segment.unsigned === 0 || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // A disk that is full is told to whoever enters something next.
      if (!this.#closed) void this.checkpoint().catch(() => undefined);
    }, this.#options.checkpointMs).unref();
  }

  #now(): Date {
    return this.#options.now();
  }
}
