import { Decrypter } from "age-encryption";
import type { Identity } from "./identity.ts";
import { encrypterFor } from "./seal.ts";

/**
 * Encrypts a stream as an ordinary age file, which `age -d -i KEY` opens, in constant memory.
 *
 * @param recipients public keys `age1…`; each of their keys opens the file alone
 * @throws `registry.recipient`
 */
export function encryptStream(
  plain: ReadableStream<Uint8Array>,
  recipients: readonly string[],
): Promise<ReadableStream<Uint8Array>> {
  return encrypterFor(recipients).encrypt(plain);
}

/**
 * Decrypts a stream. A byte that was altered, and an end that is missing, make the stream fail where they are.
 *
 * @returns undefined where the file was encrypted for other keys
 */
export async function decryptStream(
  encrypted: ReadableStream<Uint8Array>,
  identity: Identity,
): Promise<ReadableStream<Uint8Array> | undefined> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity.revealSecret());
  try {
    return await decrypter.decrypt(encrypted);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("no identity matched")) return undefined;
    throw error;
  }
}
