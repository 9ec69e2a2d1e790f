import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from "node:crypto";
import { readFile } from "node:fs/promises";
import { inspect } from "node:util";
import { OsteonError, osteonError } from "@osteon/errors";
import { createFileAtomically } from "../atomic-file.ts";
import { toKeySource, type KeySource } from "../key-source/key-source.ts";
import { systemErrorCode } from "../system-error.ts";

/** The public half of a signing key (Ed25519, RFC 8032): says who signed, and can sign nothing. */
export class VerificationKey {
  /** SHA-256 of the public key's DER form, hexadecimal; names the key in signatures and messages. */
  readonly keyId: string;
  readonly #key: KeyObject;

  constructor(key: KeyObject) {
    this.#key = key;
    this.keyId = createHash("sha256")
      .update(key.export({ type: "spki", format: "der" }))
      .digest("hex");
  }

  verify(message: Uint8Array, signature: Uint8Array): boolean {
    return signature.length === 64 && verify(null, message, this.#key, signature);
  }

  /** The key as PEM, to be given to whoever has to check signatures. */
  toPem(): string {
    return this.#key.export({ type: "spki", format: "pem" }) as string;
  }
}

/** A private signing key. Prints, logs and serialises as `[secret]`. */
export class SigningKey {
  readonly publicKey: VerificationKey;
  readonly #key: KeyObject;

  constructor(key: KeyObject) {
    this.#key = key;
    this.publicKey = new VerificationKey(createPublicKey(key));
  }

  sign(message: Uint8Array): Uint8Array {
    return sign(null, message, this.#key);
  }

  /** The key as PKCS #8 PEM. Only for writing a key file. */
  revealPem(): string {
    return this.#key.export({ type: "pkcs8", format: "pem" }) as string;
  }

  toJSON(): string {
    return "[secret]";
  }

  toString(): string {
    return "[secret]";
  }

  [inspect.custom](): string {
    return `SigningKey { keyId: '${this.publicKey.keyId}', secret: [secret] }`;
  }
}

/** Creates a new key from the system's randomness. It exists nowhere but in the value returned. */
export function createSigningKey(): SigningKey {
  return new SigningKey(generateKeyPairSync("ed25519").privateKey);
}

/**
 * Creates a key and writes it, readable by its owner only, and its public half beside it as `PATH.pub`.
 *
 * @throws `registry.key-exists` where the path is taken; nothing is overwritten
 */
export async function createSigningKeyFile(path: string): Promise<SigningKey> {
  const key = createSigningKey();
  try {
    await createFileAtomically(path, new TextEncoder().encode(key.revealPem()), 0o600);
    await createFileAtomically(`${path}.pub`, new TextEncoder().encode(key.publicKey.toPem()), 0o644);
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") throw osteonError("registry.key-exists", { file: path });
    throw error;
  }
  return key;
}

/**
 * Reads a private key from its file, or from another source.
 *
 * @throws `registry.unreadable`, `registry.key-permissions`, `registry.signing-key`, and what the source throws
 */
export async function readSigningKey(source: KeySource | string): Promise<SigningKey> {
  const { name, read } = toKeySource(source);
  return new SigningKey(await readKey(name, read, createPrivateKey, "a private key (PKCS #8 PEM)"));
}

/** Reads a public key file; a private one serves too. @throws `registry.unreadable`, `registry.signing-key` */
export async function readVerificationKey(path: string): Promise<VerificationKey> {
  return new VerificationKey(await readKey(path, () => readFile(path, "utf8"), createPublicKey, "a public key (PEM)"));
}

async function readKey(
  name: string,
  read: () => Promise<string>,
  parse: (pem: string) => KeyObject,
  expected: string,
): Promise<KeyObject> {
  let pem: string;
  try {
    pem = await read();
  } catch (error) {
    if (error instanceof OsteonError || systemErrorCode(error) === "AbortError") throw error;
    throw osteonError("registry.unreadable", { file: name, reason: systemErrorCode(error) }, { cause: error });
  }
  let key: KeyObject;
  try {
    key = parse(pem);
  } catch {
    // The library's error is not kept as the cause: it may repeat the key.
    throw osteonError("registry.signing-key", { file: name, reason: `it is not ${expected}` });
  }
  if (key.asymmetricKeyType !== "ed25519") {
    const reason = `its kind is ${key.asymmetricKeyType ?? "unknown"} and not Ed25519`;
    throw osteonError("registry.signing-key", { file: name, reason });
  }
  return key;
}
