import { createDecipheriv, scrypt, type ScryptOptions } from "node:crypto";
import { promisify } from "node:util";
import type { Identity as AgeIdentity, Stanza } from "age-encryption";

const deriveKey = promisify<string, Uint8Array, number, ScryptOptions, Buffer>(scrypt);
const label = "age-encryption.org/v1/scrypt";
/** More takes gigabytes: a file may not ask for that. */
const largestWorkFactor = 20;
const fileKeyBytes = 16;
const tagBytes = 16;

/**
 * Opens what was encrypted by a passphrase. The library can too, by an scrypt in JavaScript: that takes seven times as
 * long as this one and stops everything else meanwhile.
 *
 * Source: C2SP age specification, the scrypt recipient type.
 */
export class PassphraseIdentity implements AgeIdentity {
  /** What came of it: `none` before it was asked, `foreign` where the file is for other recipients. */
  outcome: "none" | "opened" | "refused" | "foreign" | "excessive" | "malformed" = "none";
  readonly #passphrase: string;

  constructor(passphrase: string) {
    this.#passphrase = passphrase;
  }

  async unwrapFileKey(stanzas: Stanza[]): Promise<Uint8Array | null> {
    const [stanza] = stanzas;
    if (stanza === undefined || !stanzas.some(({ args }) => args[0] === "scrypt")) return this.#end("foreign");
    const [, encodedSalt = "", encodedFactor = ""] = stanza.args;
    const salt = Buffer.from(encodedSalt, "base64");
    const isWellFormed =
      stanzas.length === 1 &&
      stanza.args.length === 3 &&
      salt.length === 16 &&
      /^[1-9]\d*$/.test(encodedFactor) &&
      stanza.body.length === fileKeyBytes + tagBytes;
    if (!isWellFormed) return this.#end("malformed");
    if (Number(encodedFactor) > largestWorkFactor) return this.#end("excessive");
    const [N, r] = [2 ** Number(encodedFactor), 8];
    const key = await deriveKey(this.#passphrase, Buffer.concat([Buffer.from(label), salt]), 32, {
      N,
      r,
      p: 1,
      maxmem: 2 * 128 * N * r,
    });
    const decipher = createDecipheriv("chacha20-poly1305", key, new Uint8Array(12), { authTagLength: tagBytes });
    decipher.setAuthTag(stanza.body.subarray(fileKeyBytes));
    try {
      const fileKey = Buffer.concat([decipher.update(stanza.body.subarray(0, fileKeyBytes)), decipher.final()]);
      this.outcome = "opened";
      return new Uint8Array(fileKey);
    } catch {
      return this.#end("refused");
    }
  }

  #end(outcome: PassphraseIdentity["outcome"]): null {
    this.outcome = outcome;
    return null;
  }
}
