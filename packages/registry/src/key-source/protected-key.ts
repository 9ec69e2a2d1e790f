import { armor, Decrypter, Encrypter } from "age-encryption";
import { osteonError } from "@osteon/errors";
import { largestKeyBytes } from "../key-file.ts";
import { PassphraseIdentity } from "./passphrase-identity.ts";

const binaryStart = "age-encryption.org/v1\n";
const armorStart = "-----BEGIN AGE ENCRYPTED FILE-----";
/** Fewer characters are tried through in days, whatever the work factor (NIST SP 800-63B asks for 15 or more). */
const shortestPassphrase = 15;

/** Whether a key file's content is an age file, binary or armoured, and not the key itself. */
export function isProtected(bytes: Uint8Array): boolean {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 64)).trimStart();
  return start.startsWith(binaryStart) || start.startsWith(armorStart);
}

/**
 * Protects a key's text by a passphrase, as `age --passphrase --armor` does; `age --decrypt` opens it.
 *
 * @param workFactor base-2 logarithm of scrypt's cost; age's own by default, less only where nothing is at stake
 * @throws `registry.passphrase` where the passphrase is too short
 */
export async function protectKey(text: string, passphrase: string, workFactor = 18): Promise<string> {
  const reason = whyNoPassphrase(passphrase);
  if (reason !== undefined) throw osteonError("registry.passphrase", { place: "What was given", reason });
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(workFactor);
  return `${armor.encode(await encrypter.encrypt(text)).trimEnd()}\n`;
}

/** Why a new key is not protected by this passphrase; undefined where it may be. */
export function whyNoPassphrase(passphrase: string): string | undefined {
  const length = Array.from(passphrase).length;
  return length < shortestPassphrase
    ? `it has ${length} characters, and ${shortestPassphrase} are the fewest that are taken`
    : undefined;
}

/**
 * The text of a protected key; undefined where this is not its passphrase.
 *
 * @param file how messages call it
 * @throws `registry.protected-key` where it is cut short, altered, or protected by other means
 */
export async function unprotectKey(bytes: Uint8Array, passphrase: string, file: string): Promise<string | undefined> {
  const refuse = (reason: string) => osteonError("registry.protected-key", { file, reason });
  if (bytes.length > 4 * largestKeyBytes) throw refuse("it is far larger than a key");
  const identity = new PassphraseIdentity(passphrase);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  let text: string;
  try {
    const start = new TextDecoder("latin1").decode(bytes).trimStart();
    text = await decrypter.decrypt(start.startsWith(armorStart) ? armor.decode(start) : bytes, "text");
  } catch {
    // The library's error is not kept as the cause: it may repeat what it read.
    if (identity.outcome === "refused") return undefined;
    if (identity.outcome === "foreign") throw refuse("it is encrypted, but not by a passphrase");
    if (identity.outcome === "excessive") throw refuse("its work factor is larger than 2^20");
    throw refuse("it was altered or cut short");
  }
  return text;
}
