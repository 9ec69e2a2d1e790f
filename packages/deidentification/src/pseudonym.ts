import { osteonError } from "@osteon/errors";
import { createKeyedHash } from "./keyed-hash.ts";

const base32Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const pseudonymBits = 80;

/** Turns source ids of one release into pseudonyms. */
export type Pseudonymiser = (sourceId: string) => Promise<string>;

/**
 * Keyed pseudonyms: `P-` and the first 80 bits of HMAC-SHA-256 over the release and the id, in base 32
 * (RFC 4648). Without the key nobody can test whether a known id is in the cohort; under another release
 * the same patient gets an unrelated pseudonym. 80 bits make a collision among a million patients less
 * likely than 10⁻¹².
 *
 * @param key at least 32 random bytes
 * @throws deidentification.key-too-short, .release-missing
 */
export async function createPseudonymiser(key: Uint8Array, release: string): Promise<Pseudonymiser> {
  if (release.trim() === "") throw osteonError("deidentification.release-missing", {});
  // The length in front keeps (release "a", id "bc") and (release "ab", id "c") apart.
  const { length } = new TextEncoder().encode(release);
  const hash = await createKeyedHash(key, `osteon-pseudonym-v1:${length}:${release}:`);
  return async (sourceId) => `P-${encodeBase32(await hash(sourceId))}`;
}

function encodeBase32(bytes: Uint8Array): string {
  let text = "";
  for (let bit = 0; bit < pseudonymBits; bit += 5) {
    const byte = bit >> 3;
    const pair = (bytes[byte]! << 8) | (bytes[byte + 1] ?? 0);
    text += base32Alphabet[(pair >> (11 - (bit & 7))) & 31];
  }
  return text;
}
