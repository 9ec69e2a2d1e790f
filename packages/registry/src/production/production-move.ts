import { osteonError } from "@osteon/errors";
import { z } from "zod";
import { encodeCanonicalJson } from "../canonical-json.ts";
import { sha256Hex } from "../sha256.ts";
import { openEnvelope, signEnvelope, type SignedEnvelope } from "../signature/envelope.ts";
import type { SigningKey, VerificationKey } from "../signature/signing-key.ts";

const payloadType = "application/vnd.osteon.production-move+json";
const versionSchema = z.string().regex(/^[0-9a-f]{16}$/);

/** One move of the `production` pointer: who, when, from, to, why. */
const productionMoveSchema = z.strictObject({
  /** 1 for the first; each move is one more. */
  sequence: z.int().min(1),
  action: z.enum(["promote", "rollback"]),
  version: versionSchema,
  /** The version that was on air before; null at the first move. */
  from: versionSchema.nullable(),
  at: z.iso.datetime(),
  by: z.string().min(1).max(200),
  reason: z.string().max(2_000),
  /** Reasons of the gate that were overridden; empty where it was passed. */
  overridden: z.array(z.string().max(2_000)).max(32),
  /** SHA-256 of the envelope before, so that no move can be taken out of the middle; null at the first. */
  previous: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
});

export type ProductionMove = z.infer<typeof productionMoveSchema>;

/** A move as it is kept. */
export interface SignedMove {
  readonly move: ProductionMove;
  readonly envelope: SignedEnvelope;
}

/**
 * The next move after `last`, signed.
 *
 * @throws `registry.move-text`: a move that cannot be read again would close the history for good
 */
export function signMove(
  move: Omit<ProductionMove, "sequence" | "from" | "previous">,
  last: SignedMove | undefined,
  key: SigningKey,
): SignedMove {
  const whole: ProductionMove = {
    ...move,
    sequence: (last?.move.sequence ?? 0) + 1,
    from: last?.move.version ?? null,
    previous: last === undefined ? null : digestEnvelope(last.envelope),
  };
  const parsed = productionMoveSchema.safeParse(whole);
  if (!parsed.success) throw osteonError("registry.move-text", { field: String(parsed.error.issues[0]?.path[0]) });
  return { move: whole, envelope: signEnvelope(payloadType, whole, key) };
}

/**
 * Checks the whole history: every signature, no gap, every move chained to the one before.
 *
 * @param envelopes in their order
 * @param file how messages call the history
 * @throws `registry.signature`, `registry.history`
 */
export function verifyMoves(
  envelopes: readonly unknown[],
  trusted: readonly VerificationKey[],
  file: string,
): readonly SignedMove[] {
  const moves: SignedMove[] = [];
  for (const [index, envelope] of envelopes.entries()) {
    const place = `${file}, move ${index + 1}`;
    const parsed = productionMoveSchema.safeParse(openEnvelope(envelope, payloadType, trusted, place));
    if (!parsed.success) throw osteonError("registry.history", { file: place, reason: "it is not a move" });
    const last = moves.at(-1);
    if (parsed.data.sequence !== index + 1) {
      throw osteonError("registry.history", { file: place, reason: `it is move ${parsed.data.sequence}` });
    }
    if (parsed.data.previous !== (last === undefined ? null : digestEnvelope(last.envelope))) {
      throw osteonError("registry.history", { file: place, reason: "it does not follow the move before it" });
    }
    moves.push({ move: parsed.data, envelope: envelope as SignedEnvelope });
  }
  return moves;
}

function digestEnvelope(envelope: SignedEnvelope): string {
  return sha256Hex(encodeCanonicalJson(envelope, "a move"));
}
