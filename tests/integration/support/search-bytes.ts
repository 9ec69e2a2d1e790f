import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Byte sequences to look for, by what they are. */
export type Needles = ReadonlyMap<string, Buffer>;

/** A text as it stands in files: plain in two encodings, hexadecimal in two cases, base64 at each offset. */
export function needlesOf(name: string, text: string): [string, Buffer][] {
  const bytes = Buffer.from(text, "utf8");
  const hex = bytes.toString("hex");
  return [
    [`${name}, plain`, bytes],
    [`${name}, UTF-16`, Buffer.from(text, "utf16le")],
    [`${name}, hexadecimal`, Buffer.from(hex)],
    [`${name}, hexadecimal in capitals`, Buffer.from(hex.toUpperCase())],
    ...[0, 1, 2].map((offset): [string, Buffer] => [`${name}, base64 at ${offset}`, base64Core(bytes, offset)]),
  ];
}

/** The letters of a base64 text that depend on these bytes alone, whatever stands before and after. */
function base64Core(bytes: Buffer, offset: number): Buffer {
  const padded = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString("base64")
    .replace(/=+$/, "");
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor(((offset + bytes.length) * 8) / 6);
  return Buffer.from(padded.slice(first, last));
}

/** The names of the needles that are in the bytes. */
export function findNeedles(bytes: Uint8Array, needles: Needles): string[] {
  const haystack = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [...needles].filter(([, needle]) => haystack.includes(needle)).map(([name]) => name);
}

/** Where in a folder's files, or in their names, there is a needle. */
export function searchFolder(folder: string, needles: Needles, except: (path: string) => boolean): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !except(path))
    .flatMap((path) => {
      const found = findNeedles(readFileSync(join(folder, path)), needles);
      const named = findNeedles(Buffer.from(path), needles);
      return [...found, ...named].map((name) => `${path}: ${name}`);
    });
}
