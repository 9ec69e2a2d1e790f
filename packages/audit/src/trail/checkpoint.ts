import {
  openEnvelope,
  signEnvelope,
  type SignedEnvelope,
  type SigningKey,
  type VerificationKey,
} from "@osteon/registry";
import { z } from "zod";

const payloadType = "application/vnd.osteon.audit-checkpoint+json";
const digestSchema = z.string().regex(/^[0-9a-f]{64}$/);
const segmentSchema = z.int().min(1);

/** How far another segment was when a checkpoint was made. */
const segmentHeadSchema = z.strictObject({
  segment: segmentSchema,
  lines: z.int().min(1),
  /** Of its last whole line. */
  hash: digestSchema,
  /** `closed` by its writer, or `abandoned` by one that is no more: nothing may follow. */
  state: z.enum(["open", "closed", "abandoned"]),
  /** What follows the last whole line of an abandoned one: a write that was cut off, acknowledged to nobody. */
  torn: z.strictObject({ bytes: z.int().min(1), sha256: digestSchema }).optional(),
});

export type SegmentHead = z.infer<typeof segmentHeadSchema>;

/** Who writes a segment, so that others can tell whether it still runs. */
const segmentWriterSchema = z.strictObject({
  host: z.string().max(300),
  pid: z.int().min(1),
  processStart: z.string().max(100).nullable(),
});

export type SegmentWriter = z.infer<typeof segmentWriterSchema>;

/** What a writer signs: everything in its segment before this line, and how far the others were. */
const checkpointSchema = z.strictObject({
  kind: z.enum(["opening", "interim", "closing"]),
  segment: segmentSchema,
  /** The checkpoint's own line. */
  line: z.int().min(1),
  previous: digestSchema.nullable(),
  at: z.iso.datetime(),
  writer: segmentWriterSchema,
  osteonVersion: z.string().min(1).max(64),
  heads: z.array(segmentHeadSchema).max(100_000),
});

export type Checkpoint = z.infer<typeof checkpointSchema>;

export function signCheckpoint(checkpoint: Checkpoint, key: SigningKey): SignedEnvelope {
  return signEnvelope(payloadType, checkpoint, key);
}

/**
 * Opens a checkpoint that one of the keys signed.
 *
 * @param what how messages call it
 * @throws `registry.signature`
 */
export function openCheckpoint(envelope: unknown, trusted: readonly VerificationKey[], what: string): Checkpoint {
  return checkpointSchema.parse(openEnvelope(envelope, payloadType, trusted, what));
}

/** What a checkpoint says, whoever signed it: for going on with a trail, never for verifying one. */
export function readCheckpointUnverified(envelope: unknown): Checkpoint | undefined {
  try {
    const { payload } = envelope as SignedEnvelope;
    return checkpointSchema.parse(JSON.parse(Buffer.from(payload, "base64").toString("utf8")));
  } catch {
    return undefined;
  }
}
