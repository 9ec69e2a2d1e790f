import { createHash } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { osteonError } from "@osteon/errors";
import type { Manifest } from "@osteon/contracts";
import { writeFileAtomically } from "./atomic-file.ts";
import type { IdentitySource } from "./identity-file.ts";
import { openPackage, sealPackage } from "./model-package.ts";
import { completeManifest, type OpenedPackage, type PackageContent } from "./package-content.ts";
import { blockBytes, decodeSealedHeader, type SealedHeader } from "./sealed-header.ts";
import { systemErrorCode } from "./system-error.ts";

export interface WrittenPackage {
  readonly path: string;
  readonly manifest: Manifest;
  /** SHA-256 of the sealed file, hexadecimal; differs at each sealing. */
  readonly sealedSha256: string;
  readonly sizeBytes: number;
}

/**
 * Seals a model and writes it so that the path never holds half a package. Replaces what is there.
 * See {@link sealPackage} for the errors.
 */
export async function writePackage(
  path: string,
  content: PackageContent,
  recipients: readonly string[],
): Promise<WrittenPackage> {
  const manifest = completeManifest(content);
  const bytes = await sealPackage(content, recipients);
  await writeFileAtomically(path, bytes);
  const sealedSha256 = createHash("sha256").update(bytes).digest("hex");
  return { path, manifest, sealedSha256, sizeBytes: bytes.length };
}

/** Reads a package file. See {@link openPackage} for the errors; `registry.unreadable` on top. */
export async function readPackage(path: string, identity: IdentitySource): Promise<OpenedPackage> {
  return openPackage(await reading(path, () => readFile(path)), identity, path);
}

/**
 * Reads what a sealed file says in the clear, without a key: kind, length, and for a package its
 * family, version and date. Checks length and header, not the encrypted content, and the statements
 * are not authenticated: only opening proves them.
 */
export async function inspectHeader(path: string): Promise<SealedHeader> {
  const { bytes, totalBytes } = await reading(path, async () => {
    await using file = await open(path, "r");
    const buffer = new Uint8Array(blockBytes);
    const { bytesRead } = await file.read(buffer, 0, blockBytes, 0);
    return { bytes: buffer.subarray(0, bytesRead), totalBytes: (await file.stat()).size };
  });
  return decodeSealedHeader(bytes, totalBytes, path);
}

async function reading<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw osteonError("registry.unreadable", { file: path, reason: systemErrorCode(error) }, { cause: error });
  }
}
