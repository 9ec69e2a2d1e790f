import { createHash } from "node:crypto";
import { OsteonError } from "@osteon/errors";
import type { VerificationKey } from "@osteon/registry";
import { openCheckpoint, type Checkpoint, type SegmentHead } from "../trail/checkpoint.ts";
import { readLines, segmentPath } from "../trail/segment-files.ts";
import { isCheckpoint, readLine, type CheckpointLine, type EntryLine } from "../trail/segment-line.ts";
import type { Finding, FindingKind } from "./finding.ts";

/** What reading a segment from its beginning to its end gave. */
export interface VerifiedSegment {
  readonly segment: number;
  readonly findings: readonly Finding[];
  /** Number of the last line, as it was written. */
  readonly lines: number;
  readonly entries: number;
  readonly checkpoints: number;
  /** Hash of the first line; null where that was altered. */
  readonly openingHash: string | null;
  /** What the first line says it follows; undefined where it was altered. */
  readonly openingPrevious: string | null | undefined;
  readonly lastHash: string | null;
  readonly isClosed: boolean;
  /** Entries that no checkpoint covers. */
  readonly unsigned: number;
  readonly torn: { readonly bytes: number; readonly sha256: string } | undefined;
  /** Heads of other segments that checkpoints tell of, with the line of the checkpoint. */
  readonly claims: readonly { readonly line: number; readonly head: SegmentHead }[];
  readonly from: string | null;
  readonly to: string | null;
}

/** Reads along a segment, holding every line against the one before it. */
export class SegmentVerifier {
  readonly #segment: number;
  readonly #trusted: readonly VerificationKey[];
  readonly #onEntry: (entry: EntryLine, isSigned: boolean) => void;
  readonly #findings: Finding[] = [];
  readonly #claims: { line: number; head: SegmentHead }[] = [];
  /** Entries since the last checkpoint that held. */
  #pending: EntryLine[] = [];
  #place = 0;
  #entries = 0;
  #checkpoints = 0;
  #unsigned = 0;
  #openingHash: string | null = null;
  #openingPrevious: string | null | undefined;
  /** Of the line before; undefined after one that cannot be read. */
  #expected: { readonly line: number; readonly hash: string } | undefined;
  #last: Checkpoint["kind"] | "entry" | undefined;
  #from: string | null = null;
  #to: string | null = null;
  #torn: VerifiedSegment["torn"];

  /** @param onEntry told of each entry once a checkpoint after it held, with true; of the rest at the end, with false */
  constructor(
    segment: number,
    trusted: readonly VerificationKey[],
    onEntry: (entry: EntryLine, isSigned: boolean) => void = () => undefined,
  ) {
    this.#segment = segment;
    this.#trusted = trusted;
    this.#onEntry = onEntry;
  }

  async verify(directory: string): Promise<VerifiedSegment> {
    for await (const { bytes, whole } of readLines(segmentPath(directory, this.#segment))) {
      if (whole) this.#takeLine(bytes);
      else this.#takeTorn(bytes);
    }
    for (const entry of this.#pending) this.#onEntry(entry, false);
    return {
      segment: this.#segment,
      findings: this.#findings,
      lines: this.#expected?.line ?? this.#place,
      entries: this.#entries,
      checkpoints: this.#checkpoints,
      openingHash: this.#openingHash,
      openingPrevious: this.#openingPrevious,
      lastHash: this.#expected?.hash ?? null,
      isClosed: this.#last === "closing",
      unsigned: this.#unsigned,
      torn: this.#torn,
      claims: this.#claims,
      from: this.#from,
      to: this.#to,
    };
  }

  #takeTorn(bytes: Buffer): void {
    this.#torn = { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
    // A write that was cut off has no byte after a whole line but the line feed.
    if (readLine(bytes.subarray(0, -1)).line === undefined) return;
    this.#place += 1;
    this.#find("altered", "its line feed was altered");
  }

  #takeLine(bytes: Buffer): void {
    this.#place += 1;
    const { line, problem } = readLine(bytes);
    if (line === undefined) {
      this.#find("altered", problem);
      this.#expected = undefined;
      this.#last = undefined;
      return;
    }
    this.#holdAgainstBefore(line);
    if (this.#last === "closing") this.#find("continued", "it stands after the line that closes the segment");
    this.#expected = { line: line.line, hash: line.hash };
    if (isCheckpoint(line)) this.#takeCheckpoint(line);
    else {
      if (this.#place === 1) this.#find("replaced", "a segment begins with a signed line, and this one is none");
      this.#last = "entry";
      this.#entries += 1;
      this.#unsigned += 1;
      this.#noteTime(line.at);
      this.#pending.push(line);
    }
  }

  #holdAgainstBefore({ line, previous, hash }: EntryLine | CheckpointLine): void {
    const before = this.#expected;
    if (this.#place === 1 && line === 1) {
      this.#openingHash = hash;
      this.#openingPrevious = previous;
      return;
    }
    // After an altered line its number is all that can be held against anything.
    const due = before === undefined ? this.#place : before.line + 1;
    if (line > due) {
      const lost = line - due === 1 ? `line ${due} is` : `lines ${due} to ${line - 1} are`;
      this.#find("removed", `it was written as line ${line}: ${lost} missing before it`);
    } else if (line < due) {
      this.#find("reordered", `it was written as line ${line}: it stands in another place, or twice`);
    } else if (before !== undefined && previous !== before.hash) {
      this.#find("replaced", "it does not follow the line before it: one of the two was put in another's place");
    }
  }

  #takeCheckpoint(line: CheckpointLine): void {
    this.#last = undefined;
    const what = `segment ${this.#segment}, line ${this.#place}`;
    let checkpoint: Checkpoint;
    try {
      checkpoint = openCheckpoint(line.checkpoint, this.#trusted, what);
    } catch (error) {
      const reason = error instanceof OsteonError ? String(error.parameters["reason"]) : "it is not a checkpoint";
      const isForeign = reason.startsWith("it was signed by another key");
      this.#find(isForeign ? "foreign-key" : "signature", reason);
      return;
    }
    const { segment, previous } = checkpoint;
    if (segment !== this.#segment || checkpoint.line !== line.line || previous !== line.previous) {
      this.#find("replaced", `its signature is that of line ${checkpoint.line} of segment ${segment}`);
      return;
    }
    if ((checkpoint.kind === "opening") !== (line.line === 1)) {
      this.#find("replaced", "only the first line of a segment opens it");
      return;
    }
    this.#last = checkpoint.kind;
    this.#checkpoints += 1;
    this.#unsigned = 0;
    for (const entry of this.#pending.splice(0)) this.#onEntry(entry, true);
    for (const head of checkpoint.heads) this.#claims.push({ line: this.#place, head });
    this.#noteTime(checkpoint.at);
  }

  #noteTime(at: string): void {
    this.#from ??= at;
    if (this.#to === null || at > this.#to) this.#to = at;
  }

  #find(kind: FindingKind, message: string): void {
    this.#findings.push({ kind, segment: this.#segment, line: this.#place, message });
  }
}
