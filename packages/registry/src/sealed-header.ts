import { createHash } from "node:crypto";
import { osteonError } from "@osteon/errors";

/*
 * A sealed file is one block of 4,096 bytes in the clear and then an ordinary age file, so that
 * `tail -c +4097 FILE | age -d -i KEY` opens it without Osteon. The block:
 *
 *      0   8  magic: 0x8A "OSTEON" 0x0A (the first byte shows 7-bit transfers, the last line-end ones)
 *      8   4  format version, unsigned little-endian
 *     12   4  length n of the description in bytes
 *     16   8  length of the whole file in bytes
 *     24  32  SHA-256 of the age file
 *     56   n  description, JSON; then zeros
 *   4064  32  SHA-256 of bytes 8 to 4063
 *
 * The lengths and digests tell a cut file from an altered one and both from a wrong key, which age
 * alone cannot. They protect against accidents; against intent, age's authentication stands behind
 * them for the payload, and whoever reads the description compares it with what is inside.
 */
export const blockBytes = 4096;
const containerFormatVersion = 1;
const magic = Uint8Array.of(0x8a, 0x4f, 0x53, 0x54, 0x45, 0x4f, 0x4e, 0x0a);
const descriptionStart = 56;
const blockDigestStart = blockBytes - 32;

/** What the clear block says about the sealed content. Never anything of a patient. */
export type Description = Readonly<Record<string, string | number | boolean>> & { readonly kind: string };

export interface SealedHeader {
  readonly formatVersion: number;
  /** Length of the whole file. */
  readonly totalBytes: number;
  /** SHA-256 of the age file that follows the block, hexadecimal. */
  readonly payloadSha256: string;
  readonly description: Description;
}

/** Builds the clear block for an age file. */
export function encodeSealedHeader(payload: Uint8Array, description: Description): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(description));
  if (descriptionStart + json.length > blockDigestStart) {
    throw new RangeError(`the clear description of a sealed file has ${json.length} bytes; it must fit one block`);
  }
  const block = new Uint8Array(blockBytes);
  const view = new DataView(block.buffer);
  block.set(magic, 0);
  view.setUint32(8, containerFormatVersion, true);
  view.setUint32(12, json.length, true);
  view.setBigUint64(16, BigInt(blockBytes + payload.length), true);
  block.set(sha256(payload), 24);
  block.set(json, descriptionStart);
  block.set(blockDigest(block), blockDigestStart);
  return block;
}

/**
 * Reads and checks the clear block; `bytes` may be the whole file or its beginning.
 *
 * @param actualBytes length of the whole file
 * @throws `registry.not-sealed`, `registry.truncated`, `registry.altered`, `registry.unsupported-version`
 */
export function decodeSealedHeader(bytes: Uint8Array, actualBytes: number, file: string): SealedHeader {
  const beginsWithMagic = magic.subarray(0, bytes.length).every((byte, index) => bytes[index] === byte);
  if (actualBytes < blockBytes) {
    if (!beginsWithMagic) throw osteonError("registry.not-sealed", { file });
    throw osteonError("registry.truncated", { file, actualBytes, expectedBytes: `at least ${blockBytes}` });
  }
  const block = bytes.subarray(0, blockBytes);
  const digestHolds = Buffer.compare(blockDigest(block), block.subarray(blockDigestStart)) === 0;
  if (!beginsWithMagic) {
    // The digest leaves the magic out, so a block that is ours but for its first bytes is still known.
    if (!digestHolds) throw osteonError("registry.not-sealed", { file });
    throw osteonError("registry.altered", { file, part: "its first 8 bytes" });
  }
  if (!digestHolds) throw osteonError("registry.altered", { file, part: "its header" });
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const version = view.getUint32(8, true);
  if (version !== containerFormatVersion) {
    const supported = containerFormatVersion;
    throw osteonError("registry.unsupported-version", { file, part: "container", version, supported });
  }
  const totalBytes = Number(view.getBigUint64(16, true));
  if (actualBytes < totalBytes) {
    throw osteonError("registry.truncated", { file, actualBytes, expectedBytes: totalBytes });
  }
  if (actualBytes > totalBytes) {
    throw osteonError("registry.altered", {
      file,
      part: `its length: it has ${actualBytes - totalBytes} bytes too many`,
    });
  }
  return {
    formatVersion: version,
    totalBytes,
    payloadSha256: Buffer.from(block.subarray(24, 56)).toString("hex"),
    description: decodeDescription(block, view.getUint32(12, true), file),
  };
}

function decodeDescription(block: Uint8Array, length: number, file: string): Description {
  const json = block.subarray(descriptionStart, Math.min(descriptionStart + length, blockDigestStart));
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json));
  } catch {
    throw osteonError("registry.altered", { file, part: "its header" });
  }
  if (!isDescription(parsed)) throw osteonError("registry.altered", { file, part: "its header" });
  return parsed;
}

function isDescription(value: unknown): value is Description {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { kind?: unknown }).kind === "string" &&
    Object.values(value).every((entry) => ["string", "number", "boolean"].includes(typeof entry))
  );
}

function blockDigest(block: Uint8Array): Uint8Array {
  return sha256(block.subarray(magic.length, blockDigestStart));
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest();
}
