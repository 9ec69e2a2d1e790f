import { readFile } from "node:fs/promises";
import { osteonError } from "@osteon/errors";
import { systemErrorCode, type VerificationKey } from "@osteon/registry";
import { openCheckpoint, readCheckpointUnverified, type SegmentHead } from "../trail/checkpoint.ts";
import { listSegments, readLines, segmentPath } from "../trail/segment-files.ts";
import { isCheckpoint, readLine, type CheckpointLine } from "../trail/segment-line.ts";

/** What a checkpoint that was kept elsewhere says. */
export interface ExpectedCheckpoint {
  /** How messages call it. */
  readonly file: string;
  /** Its own segment, as far as its own line. */
  readonly head: SegmentHead;
  readonly heads: readonly SegmentHead[];
}

/**
 * The last checkpoint of each segment whose end no other segment tells of: lines of the trail, to be kept where those
 * who can write the trail cannot. Together they cover everything that was signed.
 */
export async function lastCheckpoints(directory: string): Promise<string> {
  const lines = new Map<number, string>();
  const ended = new Set<number>();
  const segments = await listSegments(directory);
  if (segments.length === 0) throw osteonError("audit.missing", { directory });
  for (const segment of segments) {
    for await (const { bytes, whole } of readLines(segmentPath(directory, segment))) {
      const { line } = whole ? readLine(bytes) : { line: undefined };
      if (line === undefined || !isCheckpoint(line)) continue;
      lines.set(segment, bytes.toString("utf8"));
      for (const head of readCheckpointUnverified(line.checkpoint)?.heads ?? []) {
        if (head.state !== "open") ended.add(head.segment);
      }
    }
  }
  return [...lines].flatMap(([segment, text]) => (ended.has(segment) ? [] : [`${text}\n`])).join("");
}

/**
 * Reads a file that {@link lastCheckpoints} gave the text of, and checks its signatures.
 *
 * @throws `audit.checkpoint`, `registry.signature`
 */
export async function readExpectedCheckpoints(
  file: string,
  trusted: readonly VerificationKey[],
): Promise<readonly ExpectedCheckpoint[]> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw osteonError("registry.unreadable", { file, reason: systemErrorCode(error) }, { cause: error });
  }
  const lines = text.split("\n").filter((line) => line !== "");
  if (lines.length === 0) throw osteonError("audit.checkpoint", { file });
  return lines.map((line) => readOne(line, file, trusted));
}

function readOne(text: string, file: string, trusted: readonly VerificationKey[]): ExpectedCheckpoint {
  const { line } = readLine(Buffer.from(text));
  if (line === undefined || !isCheckpoint(line)) throw osteonError("audit.checkpoint", { file });
  const { segment, heads, kind } = openCheckpoint((line satisfies CheckpointLine).checkpoint, trusted, file);
  const state = kind === "closing" ? "closed" : "open";
  return { file, head: { segment, lines: line.line, hash: line.hash, state }, heads };
}
