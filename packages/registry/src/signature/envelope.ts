import { osteonError } from "@osteon/errors";
import { z } from "zod";
import { encodeCanonicalJson } from "../canonical-json.ts";
import type { SigningKey, VerificationKey } from "./signing-key.ts";

const base64Schema = z.string().regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);

/** A signed payload: DSSE 1.0 (github.com/secure-systems-lab/dsse). */
const envelopeSchema = z.strictObject({
  payloadType: z.string().min(1).max(200),
  payload: base64Schema,
  signatures: z
    .array(z.strictObject({ keyid: z.string(), sig: base64Schema }))
    .min(1)
    .max(16),
});

export type SignedEnvelope = z.infer<typeof envelopeSchema>;

/** Signs a JSON value as DSSE does: over its type and its bytes, so that one kind cannot pass for another. */
export function signEnvelope(payloadType: string, value: unknown, key: SigningKey): SignedEnvelope {
  const payload = new TextEncoder().encode(encodeCanonicalJson(value, "the statement to be signed"));
  const signature = key.sign(preAuthenticationEncoding(payloadType, payload));
  return {
    payloadType,
    payload: Buffer.from(payload).toString("base64"),
    signatures: [{ keyid: key.publicKey.keyId, sig: Buffer.from(signature).toString("base64") }],
  };
}

/**
 * Checks an envelope and gives its JSON value, which nothing was read of before the signature held.
 *
 * @param what how error messages call the envelope
 * @param trusted keys of which one must have signed
 * @throws `registry.signature` naming what is wrong
 */
export function openEnvelope(
  envelope: unknown,
  payloadType: string,
  trusted: readonly VerificationKey[],
  what: string,
): unknown {
  const refuse = (reason: string) => osteonError("registry.signature", { file: what, reason });
  const parsed = envelopeSchema.safeParse(envelope);
  if (!parsed.success) throw refuse("it is not a signature envelope, or a damaged one");
  const { payload, signatures } = parsed.data;
  if (parsed.data.payloadType !== payloadType) throw refuse("it signs another kind of statement");
  const bytes = Buffer.from(payload, "base64");
  const message = preAuthenticationEncoding(payloadType, bytes);
  const named = trusted.filter(({ keyId }) => signatures.some(({ keyid }) => keyid === keyId));
  if (named.length === 0) {
    const shown = (ids: readonly string[]) => ids.map((id) => id.slice(0, 16)).join(", ") || "none";
    const signers = shown(signatures.map(({ keyid }) => keyid));
    throw refuse(`it was signed by another key (${signers}); trusted: ${shown(trusted.map(({ keyId }) => keyId))}`);
  }
  const holds = named.some((key) =>
    signatures.some(({ keyid, sig }) => keyid === key.keyId && key.verify(message, Buffer.from(sig, "base64"))),
  );
  if (!holds) throw refuse("the signature does not hold: it or what it signs was altered");
  return JSON.parse(bytes.toString("utf8")) as unknown;
}

/** DSSE's PAE: lengths before contents, so that no two pairs give the same bytes. */
function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = Buffer.from(payloadType, "utf8");
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload]);
}
