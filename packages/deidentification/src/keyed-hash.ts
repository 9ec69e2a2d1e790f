import { osteonError } from "@osteon/errors";

/** HMAC keys shorter than the hash's output weaken it (RFC 2104, section 3). */
export const fewestKeyBytes = 32;

/** HMAC-SHA-256 of a text, for one purpose. */
export type KeyedHash = (text: string) => Promise<Uint8Array>;

/**
 * Binds a key to a purpose: hashes for two purposes cannot be led back to one another.
 *
 * @param key at least 32 random bytes
 * @param purpose stands before every text; no purpose may begin with another
 * @throws deidentification.key-too-short
 */
export async function createKeyedHash(key: Uint8Array, purpose: string): Promise<KeyedHash> {
  if (key.length < fewestKeyBytes) {
    throw osteonError("deidentification.key-too-short", { actual: key.length, minimum: fewestKeyBytes });
  }
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", new Uint8Array(key), algorithm, false, ["sign"]);
  const encoder = new TextEncoder();
  return async (text) =>
    new Uint8Array(await crypto.subtle.sign("HMAC", imported, encoder.encode(`${purpose}${text}`)));
}
