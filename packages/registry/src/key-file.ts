import { open } from "node:fs/promises";
import { osteonError } from "@osteon/errors";

/** All but reading and writing by the owner. */
const tooWide = 0o177;

/**
 * Reads a file that holds a secret key, unless others than its owner may read or change it: such a key is no
 * secret. Windows has no such permissions, and a pipe has no others.
 *
 * @throws `registry.key-permissions`, and the system's errors
 */
export async function readKeyFile(path: string): Promise<string> {
  const file = await open(path, "r");
  try {
    // Of the file that is open, not of whatever has its path by then.
    const found = await file.stat();
    const mode = found.mode & 0o777;
    if (process.platform !== "win32" && found.isFile() && (mode & tooWide) !== 0) {
      throw osteonError("registry.key-permissions", { file: path, mode: mode.toString(8).padStart(4, "0") });
    }
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}
