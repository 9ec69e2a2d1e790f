import { osteonError } from "@osteon/errors";
import type { StoredPackage } from "./package-store.ts";

const magic = Buffer.from("OSTEONB1", "latin1");
const headBytes = magic.length + 4;
const envelopeLimitBytes = 1024 * 1024;

/**
 * A package and its signature as one file, so that neither is ever there without the other:
 * 8 bytes of magic, the envelope's length (uint32, little endian), the envelope as JSON, the sealed package.
 */
export function encodeBundle(sealed: Uint8Array, envelope: unknown): Uint8Array {
  const json = Buffer.from(JSON.stringify(envelope), "utf8");
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return new Uint8Array(Buffer.concat([magic, length, json, sealed]));
}

/** @throws `registry.not-sealed`, `registry.truncated`, `registry.altered` */
export function decodeBundle(bytes: Uint8Array, file: string): StoredPackage {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!magic.equals(view.subarray(0, magic.length))) throw osteonError("registry.not-sealed", { file });
  const truncated = (expectedBytes: number) =>
    osteonError("registry.truncated", { file, actualBytes: bytes.length, expectedBytes: `at least ${expectedBytes}` });
  if (view.length < headBytes) throw truncated(headBytes);
  const length = view.readUInt32LE(magic.length);
  if (length > envelopeLimitBytes) throw osteonError("registry.altered", { file, part: "the length of its signature" });
  if (view.length < headBytes + length) throw truncated(headBytes + length);
  try {
    const envelope = JSON.parse(view.toString("utf8", headBytes, headBytes + length)) as unknown;
    return { envelope, sealed: new Uint8Array(bytes.slice(headBytes + length)) };
  } catch {
    throw osteonError("registry.altered", { file, part: "its signature" });
  }
}
