import { open } from "node:fs/promises";
import { osteonError } from "@osteon/errors";

/** Of a key's file, or of what a command prints: a key has some hundred bytes, a post-quantum one a few thousand. */
export const largestKeyBytes = 65_536;

/** All but reading and writing by the owner. */
const tooWide = 0o177;
/** The same, and reading by the group. */
const tooWideOfRoot = 0o137;

/**
 * Reads a file that holds a secret key, unless others than its owner may read or change it: such a key is no
 * secret. Windows has no such permissions, and a pipe has no others.
 *
 * @throws `registry.key-permissions`, and the system's errors
 */
export async function readKeyFile(path: string): Promise<string> {
  return keyText(await readKeyFileBytes(path));
}

/** The text of a key file's bytes, each of them kept. */
export function keyText(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/** {@link readKeyFile} of a file that need not be text. */
export async function readKeyFileBytes(path: string): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    // Of the file that is open, not of whatever has its path by then.
    const found = await file.stat();
    const mode = found.mode & 0o777;
    if (process.platform !== "win32" && found.isFile() && isOpenToOthers(found, process.getuid!())) {
      throw osteonError("registry.key-permissions", { file: path, mode: mode.toString(8).padStart(4, "0") });
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/**
 * Whether others than who reads it can use a key file. One of root's may be read by a group, as PostgreSQL has it
 * too: so are secrets put into a container whose user is not root, and root can read everything anyway.
 *
 * @param reader id of the user who reads it
 */
export function isOpenToOthers({ uid, mode }: { uid: number; mode: number }, reader: number): boolean {
  const lentByRoot = uid === 0 && reader !== 0;
  return (mode & (lentByRoot ? tooWideOfRoot : tooWide)) !== 0;
}
