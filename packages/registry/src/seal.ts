import { createHash } from "node:crypto";
import { Decrypter, Encrypter } from "age-encryption";
import { osteonError } from "@osteon/errors";
import { resolveIdentity, type IdentitySource } from "./identity-file.ts";
import { blockBytes, decodeSealedHeader, encodeSealedHeader, type Description } from "./sealed-header.ts";

const intermediate: Description = { kind: "intermediate" };

/**
 * Seals the patient-level result of a step: age encryption to one or several public keys, each of
 * which can open it alone. The same bytes give another sealed file at each call (fresh file key).
 * Sealing keeps content secret and whole; it does not say who sealed it, as a signature would.
 *
 * Source: C2SP age specification, https://c2sp.org/age.
 *
 * @param recipients public keys `age1…`, at least one, all X25519 or all post-quantum
 * @throws `registry.recipient`
 * @example const sealed = await sealBytes(bytes, [identity.recipient]);
 */
export async function sealBytes(bytes: Uint8Array, recipients: readonly string[]): Promise<Uint8Array> {
  return sealContent(bytes, recipients, intermediate);
}

/**
 * Opens what {@link sealBytes} sealed.
 *
 * @param identities keys to try, in any form
 * @param file how error messages call the file
 * @throws `registry.wrong-key`, `registry.altered`, `registry.truncated`, `registry.not-sealed`,
 *   `registry.unsupported-version`, `registry.wrong-kind`, `registry.identity`
 */
export async function openSealed(
  bytes: Uint8Array,
  identities: readonly IdentitySource[],
  file = "the sealed data",
): Promise<Uint8Array> {
  return (await openContent(bytes, identities, intermediate.kind, file)).content;
}

/** Seals with a description in the clear, for the other formats of this package. */
export async function sealContent(
  content: Uint8Array,
  recipients: readonly string[],
  description: Description,
): Promise<Uint8Array> {
  const payload = await encrypterFor(recipients).encrypt(content);
  // Not a Buffer: its slice() shares memory where that of a Uint8Array copies.
  const sealed = new Uint8Array(blockBytes + payload.length);
  sealed.set(encodeSealedHeader(payload, description), 0);
  sealed.set(payload, blockBytes);
  return sealed;
}

/** Opens what {@link sealContent} sealed and checks the kind. */
export async function openContent(
  bytes: Uint8Array,
  identities: readonly IdentitySource[],
  kind: string,
  file: string,
): Promise<{ readonly description: Description; readonly content: Uint8Array }> {
  const { description, payloadSha256 } = decodeSealedHeader(bytes, bytes.length, file);
  const payload = bytes.subarray(blockBytes);
  if (createHash("sha256").update(payload).digest("hex") !== payloadSha256) {
    throw osteonError("registry.altered", { file, part: "its encrypted content" });
  }
  if (description.kind !== kind) {
    throw osteonError("registry.wrong-kind", { file, expected: kind, found: description.kind });
  }
  const decrypter = new Decrypter();
  const keys = await Promise.all(identities.map(resolveIdentity));
  for (const key of keys) decrypter.addIdentity(key.revealSecret());
  try {
    return { description, content: await decrypter.decrypt(payload) };
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("no identity matched")) {
      const recipients = keys.map((key) => abbreviate(key.recipient)).join(", ") || "none was given";
      throw osteonError("registry.wrong-key", { file, recipients });
    }
    // The digests hold, so somebody recomputed them; age's authentication does not let that pass.
    throw osteonError("registry.altered", { file, part: "its encrypted content" }, { cause: error });
  }
}

/** @throws `registry.recipient` */
export function encrypterFor(recipients: readonly string[]): Encrypter {
  if (recipients.length === 0) throw osteonError("registry.recipient", { reason: "it is empty" });
  const postQuantum = recipients.filter((recipient) => recipient.startsWith("age1pq1")).length;
  if (postQuantum > 0 && postQuantum < recipients.length) {
    // One X25519 recipient would undo what the post-quantum ones are for; the age program refuses it too.
    throw osteonError("registry.recipient", { reason: "it mixes X25519 and post-quantum keys" });
  }
  const encrypter = new Encrypter();
  for (const [index, recipient] of recipients.entries()) {
    if (/secret-key/i.test(recipient)) {
      throw osteonError("registry.recipient", { reason: `entry ${index + 1} is a secret key; give its public key` });
    }
    try {
      encrypter.addRecipient(recipient);
    } catch {
      throw osteonError("registry.recipient", { reason: `entry ${index + 1} is not a public key of age` });
    }
  }
  return encrypter;
}

function abbreviate(recipient: string): string {
  // Post-quantum public keys have about 2,000 letters.
  return recipient.length > 80 ? `${recipient.slice(0, 40)}…` : recipient;
}
