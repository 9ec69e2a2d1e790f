import { osteonError } from "@osteon/errors";
import { z } from "zod";
import { sha256Hex } from "../sha256.ts";
import { openEnvelope, signEnvelope, type SignedEnvelope } from "./envelope.ts";
import type { SigningKey, VerificationKey } from "./signing-key.ts";

const payloadType = "application/vnd.in-toto+json";
const statementType = "https://in-toto.io/Statement/v1";
const predicateType = "urn:osteon:model-package:1";
const digestSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** What is told of a sealed package in the clear, and signed: numbers of the whole model, nothing of a patient. */
const packageFactsSchema = z.strictObject({
  modelVersion: z.string().regex(/^[0-9a-f]{16}$/),
  contentDigest: digestSchema,
  family: z.string().min(1).max(64),
  createdAt: z.iso.datetime(),
  osteonVersion: z.string().min(1).max(64),
  trainedOnSimulatedPatients: z.boolean(),
  trainingPatients: z.int().min(0),
  /** Calibrated biological score with its interval; null where nothing was informative. */
  calibratedScore: z.strictObject({ value: z.number(), lower: z.number(), upper: z.number() }).nullable(),
  gate: z.strictObject({ passed: z.boolean().nullable(), reasons: z.array(z.string().max(2_000)).max(32) }),
});

export type PackageFacts = z.infer<typeof packageFactsSchema>;

const statementSchema = z.strictObject({
  _type: z.literal(statementType),
  subject: z.array(z.strictObject({ name: z.string(), digest: z.strictObject({ sha256: digestSchema }) })).length(1),
  predicateType: z.literal(predicateType),
  predicate: packageFactsSchema,
});

/** Signs a sealed package: an in-toto Statement v1 on the digest of its bytes, in a DSSE envelope. */
export function signPackage(sealed: Uint8Array, facts: PackageFacts, key: SigningKey): SignedEnvelope {
  const subject = [{ name: `${facts.modelVersion}.osteon`, digest: { sha256: sha256Hex(sealed) } }];
  return signEnvelope(payloadType, { _type: statementType, subject, predicateType, predicate: facts }, key);
}

/**
 * Checks that a trusted key signed exactly these bytes; needs no decryption key.
 *
 * @throws `registry.signature`, `registry.altered`
 */
export function verifyPackage(
  sealed: Uint8Array,
  envelope: unknown,
  trusted: readonly VerificationKey[],
  file: string,
): PackageFacts {
  const statement = statementSchema.safeParse(openEnvelope(envelope, payloadType, trusted, file));
  if (!statement.success) {
    throw osteonError("registry.signature", { file, reason: "it signs something other than a model package" });
  }
  if (statement.data.subject[0]!.digest.sha256 !== sha256Hex(sealed)) {
    throw osteonError("registry.altered", { file, part: "its bytes: they are not those that were signed" });
  }
  return statement.data.predicate;
}
