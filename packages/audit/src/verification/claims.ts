import type { SegmentHead } from "../trail/checkpoint.ts";
import { readLines, segmentPath } from "../trail/segment-files.ts";
import { readLine } from "../trail/segment-line.ts";
import type { Finding } from "./finding.ts";
import type { VerifiedSegment } from "./verify-segment.ts";

/** That a segment was so far, and who says so. */
export interface Claim {
  readonly head: SegmentHead;
  /** How messages call who says it. */
  readonly by: string;
  /** What to report where it does not hold. */
  readonly kind: "cut-off" | "checkpoint-missing";
}

/**
 * Holds what others say of a segment against it. Any of its lines may be spoken of, so it is read once more where one
 * before its last is.
 */
export async function checkClaims(
  directory: string,
  verified: VerifiedSegment,
  claims: readonly Claim[],
): Promise<readonly Finding[]> {
  const { segment, lines, torn } = verified;
  const find = (kind: Finding["kind"], line: number | null, message: string): Finding => ({
    kind,
    segment,
    line,
    message,
  });
  const findings: Finding[] = [];
  const known = new Map([[lines, verified.lastHash]]);
  const wanted = new Set(claims.map(({ head }) => head.lines).filter((line) => line < lines));
  if (wanted.size > 0) await collectHashes(directory, segment, wanted, known);
  // The furthest first: of several that say the same of a place, one is told.
  for (const { head, by, kind } of claims.toSorted((a, b) => b.head.lines - a.head.lines)) {
    if (head.lines > lines) {
      findings.push(find(kind, lines, `the segment ends here, and ${by} says that it had ${head.lines} lines`));
    } else if (known.get(head.lines) !== head.hash) {
      findings.push(
        find(kind === "cut-off" ? "replaced" : kind, head.lines, `${by} says that another line stood here`),
      );
    }
    if (head.state === "open") continue;
    const ended = `${by} says that the segment ended after line ${head.lines}`;
    if (lines > head.lines) findings.push(find("continued", head.lines + 1, `${ended}, and it goes on`));
    if (torn?.sha256 !== head.torn?.sha256) {
      const message =
        head.torn === undefined ? "and it goes on" : `with ${head.torn.bytes} other bytes of a cut-off write`;
      findings.push(find("torn", lines + 1, `${ended} ${message}`));
    }
  }
  const places = findings.map(({ kind, line }) => `${kind} ${line}`);
  return findings.filter((_, index) => places.indexOf(places[index]!) === index);
}

async function collectHashes(
  directory: string,
  segment: number,
  wanted: ReadonlySet<number>,
  known: Map<number, string | null>,
): Promise<void> {
  for await (const { bytes, whole } of readLines(segmentPath(directory, segment))) {
    const { line } = whole ? readLine(bytes) : { line: undefined };
    if (line !== undefined && wanted.has(line.line) && !known.has(line.line)) known.set(line.line, line.hash);
  }
}
