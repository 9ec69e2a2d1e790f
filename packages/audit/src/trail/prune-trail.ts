import { rm } from "node:fs/promises";
import { osteonError } from "@osteon/errors";
import type { VerificationKey } from "@osteon/registry";
import type { AuditEvent } from "../event/audit-event.ts";
import { examineTrail, type ExaminedSegment } from "../verification/verify-trail.ts";
import type { AuditTrail } from "./audit-trail.ts";
import { segmentPath } from "./segment-files.ts";

/** Years that a trail is kept at the least: 45 CFR 164.316(b)(2)(i). */
export const fewestRetentionYears = 6;

export interface PruneOptions {
  readonly directory: string;
  /** The same trail, to enter what is removed in. */
  readonly trail: AuditTrail;
  readonly trusted: readonly VerificationKey[];
  /** {@link fewestRetentionYears} or more. */
  readonly retentionYears: number;
  readonly principal: string;
  readonly now?: Date;
}

export interface PruneResult {
  readonly segments: number;
  readonly entries: number;
}

/**
 * Removes the oldest segments whose last line is older than the retention. What is removed is entered and signed
 * first, with the hash that what stays is chained to: from then on that entry is where verification begins. Killed in
 * the middle, it leaves a trail that holds, and the next call goes on.
 *
 * @throws `audit.broken` where the trail does not hold, since removing would destroy the evidence; `audit.unwritable`
 */
export async function pruneTrail(options: PruneOptions): Promise<PruneResult> {
  const { directory, trail, trusted, principal, now = new Date() } = options;
  const { report, segments } = await examineTrail({ directory, trusted });
  const [first] = report.findings;
  if (first !== undefined) {
    throw osteonError("audit.broken", { directory, faults: report.findings.length, first: first.message });
  }
  const removable = oldSegments(segments, retainedSince(now, options.retentionYears));
  const last = removable.at(-1);
  if (last === undefined) return { segments: 0, entries: 0 };
  const entries = removable.reduce((total, segment) => total + segment.entries, 0);
  const event = (outcome: AuditEvent["outcome"]): AuditEvent => ({
    action: "audit.pruned",
    principal,
    outcome,
    detail: { throughSegment: last.segment, entries, lastOpening: last.openingHash! },
  });
  await trail.append(event("attempted"));
  await trail.checkpoint();
  // From the oldest on: what is left is without a gap at any moment.
  for (const { segment } of removable) await rm(segmentPath(directory, segment), { force: true });
  await trail.append(event("succeeded"));
  return { segments: removable.length, entries };
}

function retainedSince(now: Date, years: number): string {
  const since = new Date(now);
  since.setUTCFullYear(since.getUTCFullYear() - Math.max(years, fewestRetentionYears));
  return since.toISOString();
}

/** The segments from the first on that are ended and wholly older. The last of the trail always stays. */
function oldSegments(segments: readonly ExaminedSegment[], since: string): readonly ExaminedSegment[] {
  const end = segments.findIndex(({ isEnded, to }) => !isEnded || to === null || to >= since);
  return segments.slice(0, end < 0 ? segments.length - 1 : Math.min(end, segments.length - 1));
}
