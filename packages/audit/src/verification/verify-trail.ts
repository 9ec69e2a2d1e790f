import { osteonError } from "@osteon/errors";
import type { VerificationKey } from "@osteon/registry";
import type { AuditEvent } from "../event/audit-event.ts";
import { listSegments } from "../trail/segment-files.ts";
import { checkClaims, type Claim } from "./claims.ts";
import type { ExpectedCheckpoint } from "./checkpoint-file.ts";
import type { Finding, Note } from "./finding.ts";
import { SegmentVerifier, type VerifiedSegment } from "./verify-segment.ts";

export interface VerifyOptions {
  readonly directory: string;
  /** Keys of which one must have signed each checkpoint. */
  readonly trusted: readonly VerificationKey[];
  /** First segment to look at; what is before it is taken as it is. By default the first that is there. */
  readonly from?: number;
  /** Checkpoints kept elsewhere, which the trail must still hold. */
  readonly expected?: readonly ExpectedCheckpoint[];
}

/** What verifying found. The trail holds where there are no findings. */
export interface VerificationReport {
  readonly segments: number;
  readonly entries: number;
  readonly checkpoints: number;
  /** Time of the first and the last line, ISO 8601. */
  readonly from: string | null;
  readonly to: string | null;
  /** Entries that no checkpoint covers yet: they are chained, but whoever can write files could have written them. */
  readonly unsigned: number;
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
}

/** A segment, and whether its writer has done with it. */
export interface ExaminedSegment extends VerifiedSegment {
  readonly isEnded: boolean;
}

type PrunedEvent = Extract<AuditEvent, { action: "audit.pruned" }>;

/**
 * Verifies a whole trail with public keys alone: every hash, signature, order and gap, and what the segments say of
 * one another. Of each segment no more than one stretch between two checkpoints is in memory.
 *
 * @throws `audit.missing`, and the system's errors
 */
export async function verifyTrail(options: VerifyOptions): Promise<VerificationReport> {
  return (await examineTrail(options)).report;
}

/** {@link verifyTrail}, with what was found of each segment. */
export async function examineTrail({ directory, trusted, from, expected = [] }: VerifyOptions): Promise<{
  readonly report: VerificationReport;
  readonly segments: readonly ExaminedSegment[];
}> {
  const segments = (await listSegments(directory)).filter((segment) => segment >= (from ?? 1));
  if (segments.length === 0) throw osteonError("audit.missing", { directory });
  const notes: Note[] = [];
  const pruned: PrunedEvent[] = [];
  const verified = new Map<number, VerifiedSegment>();
  for (const segment of segments) {
    const verifier = new SegmentVerifier(segment, trusted, ({ event }, isSigned) => {
      if (event.action === "clock.set-back") {
        notes.push({ segment, message: `the clock was set back by ${event.detail.seconds} s` });
      }
      if (event.action === "audit.pruned" && event.outcome === "attempted" && isSigned) pruned.push(event);
    });
    verified.set(segment, await verifier.verify(directory));
  }
  const findings = [...verified.values()].flatMap((segment) => segment.findings);
  findings.push(...checkOrder(segments, verified, from === undefined ? pruned : undefined));
  const claims = collectClaims(verified, expected);
  const first = segments[0]!;
  for (const [segment, own] of claims) {
    const found = verified.get(segment);
    if (found !== undefined) findings.push(...(await checkClaims(directory, found, own)));
    // What was pruned, or is not looked at, is below the first; a gap is told already.
    else if (segment > segments.at(-1)!) {
      const { by, kind } = own[0]!;
      const message = `the segment is missing: ${by} tells of it`;
      findings.push({ kind: kind === "cut-off" ? "segment-missing" : kind, segment, line: null, message });
    } else if (
      segment < first &&
      own.some(({ kind }) => kind === "checkpoint-missing") &&
      pruned.length === 0 &&
      from === undefined
    ) {
      findings.push({
        kind: "checkpoint-missing",
        segment,
        line: null,
        message: `the segment is missing: ${own[0]!.by} tells of it`,
      });
    }
  }
  notes.push(...describeEnds(verified, claims));
  const isEnded = ({ segment, isClosed }: VerifiedSegment): boolean =>
    isClosed || (claims.get(segment)?.some(({ head }) => head.state === "abandoned") ?? false);
  return {
    report: summarise([...verified.values()], findings, notes),
    segments: [...verified.values()].map((segment) => ({ ...segment, isEnded: isEnded(segment) })),
  };
}

function collectClaims(
  verified: ReadonlyMap<number, VerifiedSegment>,
  expected: readonly ExpectedCheckpoint[],
): ReadonlyMap<number, readonly Claim[]> {
  const claims = new Map<number, Claim[]>();
  const add = (claim: Claim): void => {
    const { segment } = claim.head;
    const own = claims.get(segment) ?? [];
    claims.set(segment, own);
    own.push(claim);
  };
  for (const { segment, claims: own } of verified.values()) {
    for (const { line, head } of own) add({ head, by: `segment ${segment}, line ${line}`, kind: "cut-off" });
  }
  for (const { file, head, heads } of expected) {
    for (const one of [head, ...heads]) add({ head: one, by: file, kind: "checkpoint-missing" });
  }
  return claims;
}

/** Gaps between segments, their chain, and whether what is missing at the beginning was pruned. */
function checkOrder(
  segments: readonly number[],
  verified: ReadonlyMap<number, VerifiedSegment>,
  pruned: readonly PrunedEvent[] | undefined,
): readonly Finding[] {
  const findings: Finding[] = [];
  segments.forEach((segment, index) => {
    const before = segments[index - 1];
    if (before === undefined) return;
    if (segment !== before + 1) {
      const message = segment - before === 2 ? "the segment is missing" : `segments up to ${segment - 1} are missing`;
      findings.push({ kind: "segment-missing", segment: before + 1, line: null, message });
      return;
    }
    const openingHash = verified.get(before)!.openingHash;
    const { openingPrevious } = verified.get(segment)!;
    if (openingHash !== null && openingPrevious !== undefined && openingHash !== openingPrevious) {
      const message = `it does not follow segment ${before} as that is now`;
      findings.push({ kind: "replaced", segment, line: 1, message });
    }
  });
  const first = segments[0]!;
  if (pruned === undefined) return findings;
  const isAnchored = ({ detail: { throughSegment, lastOpening } }: PrunedEvent): boolean =>
    first === throughSegment + 1
      ? verified.get(first)!.openingPrevious === lastOpening
      : verified.get(throughSegment)?.openingHash === lastOpening;
  if (first > 1 && !pruned.some(isAnchored)) {
    const message = `the segments before ${first} are missing, and no signed entry says that they were pruned`;
    findings.push({ kind: "segment-missing", segment: first - 1, line: null, message });
  }
  if (first === 1 && verified.get(1)!.openingPrevious) {
    findings.push({ kind: "replaced", segment: 1, line: 1, message: "the first segment says that it follows another" });
  }
  return findings;
}

/** How segments end that were not closed by their writer. */
function describeEnds(
  verified: ReadonlyMap<number, VerifiedSegment>,
  claims: ReadonlyMap<number, readonly Claim[]>,
): readonly Note[] {
  const notes: Note[] = [];
  for (const { segment, isClosed, unsigned, torn } of verified.values()) {
    if (isClosed) continue;
    const isAbandoned = claims.get(segment)?.some(({ head }) => head.state === "abandoned") ?? false;
    const cut = torn === undefined ? "" : `; ${torn.bytes} bytes of a write that was cut off or is under way follow`;
    if (isAbandoned) notes.push({ segment, message: `its writer ended without closing it${cut}` });
    else {
      const signed = unsigned === 0 ? "" : `; its last ${unsigned} entries are not signed yet`;
      notes.push({ segment, message: `it is open${signed}${cut}` });
    }
  }
  return notes;
}

function summarise(
  verified: readonly VerifiedSegment[],
  findings: readonly Finding[],
  notes: readonly Note[],
): VerificationReport {
  const sum = (of: (segment: VerifiedSegment) => number): number => verified.reduce((total, one) => total + of(one), 0);
  const times = verified.flatMap(({ from, to }) => (from !== null && to !== null ? [{ from, to }] : []));
  return {
    segments: verified.length,
    entries: sum(({ entries }) => entries),
    checkpoints: sum(({ checkpoints }) => checkpoints),
    from: times.map((time) => time.from).toSorted()[0] ?? null,
    to:
      times
        .map((time) => time.to)
        .toSorted()
        .at(-1) ?? null,
    unsigned: sum(({ unsigned }) => unsigned),
    findings: findings.toSorted((a, b) => a.segment - b.segment || (a.line ?? 0) - (b.line ?? 0)),
    notes,
  };
}
