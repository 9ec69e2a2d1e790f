import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import { open } from "node:fs/promises";
import { createSecureContext } from "node:tls";
import { osteonError } from "@osteon/errors";

/** A certificate with its chain, and its private key, in PEM form. */
export interface CertificatePair {
  readonly certificate: string;
  readonly key: string;
}

export interface CertificatePaths {
  readonly certificatePath: string;
  readonly keyPath: string;
}

/** Others than owner and group: Debian gives keys to the group ssl-cert. */
const tooWide = 0o027;

/**
 * Reads a pair and proves that it works: that both are there whole, belong together and are not over.
 *
 * @throws `service.certificate` naming the file, `registry.key-permissions` for a key that anybody may read
 */
export async function readCertificatePair(
  { certificatePath, keyPath }: CertificatePaths,
  now: () => Date = () => new Date(),
): Promise<CertificatePair> {
  const certificate = await readPem(certificatePath, false);
  const key = await readPem(keyPath, true);
  const refuse = (file: string, reason: string) => osteonError("service.certificate", { file, reason });
  let leaf: X509Certificate;
  try {
    leaf = new X509Certificate(certificate);
  } catch {
    throw refuse(certificatePath, "it holds no certificate in PEM form");
  }
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(key);
  } catch {
    throw refuse(keyPath, "it holds no private key in PEM form, or one behind a passphrase");
  }
  if (!leaf.checkPrivateKey(privateKey)) throw refuse(keyPath, `it does not belong to ${certificatePath}`);
  if (leaf.validToDate <= now()) throw refuse(certificatePath, "it is no longer valid");
  try {
    createSecureContext({ cert: certificate, key, minVersion: "TLSv1.2" });
  } catch {
    throw refuse(certificatePath, "the TLS library does not take it; its key may be too short");
  }
  return { certificate, key };
}

async function readPem(file: string, isSecret: boolean): Promise<string> {
  try {
    const handle = await open(file, "r");
    try {
      const found = await handle.stat();
      const mode = found.mode & 0o777;
      if (isSecret && process.platform !== "win32" && found.isFile() && (mode & tooWide) !== 0) {
        throw osteonError("registry.key-permissions", { file, mode: mode.toString(8).padStart(4, "0") });
      }
      return await handle.readFile("utf8");
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code: reason } = error as NodeJS.ErrnoException;
    if (typeof reason !== "string" || !/^E[A-Z]+$/.test(reason)) throw error;
    throw osteonError("service.certificate", { file, reason: `it cannot be read (${reason})` }, { cause: error });
  }
}
