import { createHash } from "node:crypto";
import { encodeCanonicalJson, type SignedEnvelope } from "@osteon/registry";
import { z } from "zod";
import { auditEventSchema, type AuditEvent } from "../event/audit-event.ts";

const digestSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** Where a line stands: in which place, after which line. */
const chainSchema = {
  line: z.int().min(1),
  /** Hash of the line before; of a segment's first line, that of the first line of the segment before. */
  previous: digestSchema.nullable(),
  /** SHA-256 of this line's canonical JSON without this member. */
  hash: digestSchema,
};

const entryLineSchema = z.strictObject({ ...chainSchema, at: z.iso.datetime(), event: auditEventSchema });
const checkpointLineSchema = z.strictObject({ ...chainSchema, checkpoint: z.unknown() });

export type EntryLine = z.infer<typeof entryLineSchema>;
/** A line with a signed checkpoint, whose envelope is not opened yet. */
export type CheckpointLine = z.infer<typeof checkpointLineSchema>;
export type SegmentLine = EntryLine | CheckpointLine;

/** The last line of a chain. */
export interface ChainEnd {
  readonly line: number;
  readonly hash: string | null;
}

/** Chains content to the line before it. */
export function chainLine(
  content: { readonly at: string; readonly event: AuditEvent } | { readonly checkpoint: SignedEnvelope },
  { line, hash }: ChainEnd,
): { readonly text: string; readonly end: { readonly line: number; readonly hash: string } } {
  const chained = { ...content, line: line + 1, previous: hash };
  const ownHash = hashLine(chained);
  return {
    text: `${encodeCanonicalJson({ ...chained, hash: ownHash }, "an entry of the audit trail")}\n`,
    end: { line: line + 1, hash: ownHash },
  };
}

/** A line as it was read; `problem` where it is not one that was written so. */
export type ReadLine =
  | { readonly line: SegmentLine; readonly problem: null }
  | { readonly line: undefined; readonly problem: string };

/**
 * Reads the text of one line, and holds it against its own hash. That it is in its place is for its reader to say.
 *
 * @param bytes without the line feed
 */
export function readLine(bytes: Uint8Array): ReadLine {
  const refuse = (problem: string): ReadLine => ({ line: undefined, problem });
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    return refuse("it is not a line of JSON");
  }
  const parsed = z.union([checkpointLineSchema, entryLineSchema]).safeParse(value);
  if (!parsed.success) return refuse("it is not an entry or a checkpoint");
  if (encodeCanonicalJson(value, "a line") !== text) return refuse("it is not written as it would have been");
  const { hash, ...content } = value as SegmentLine;
  if (hashLine(content) !== hash) return refuse("its hash does not fit its content");
  return { line: parsed.data, problem: null };
}

export function isCheckpoint(line: SegmentLine): line is CheckpointLine {
  return "checkpoint" in line;
}

function hashLine(content: object): string {
  return createHash("sha256").update(encodeCanonicalJson(content, "a line")).digest("hex");
}
