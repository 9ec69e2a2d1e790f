import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { osteonError } from "@osteon/errors";
import { createFileAtomically, readKeyFile } from "@osteon/registry";

/**
 * The key of {@link subjectId}, 64 hexadecimal digits in a file of its owner; made where it is not there.
 *
 * @throws `access.subject-key`, `registry.key-permissions`, and the system's errors
 */
export async function obtainSubjectKey(path: string): Promise<Uint8Array> {
  try {
    return await readSubjectKey(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await createFileAtomically(path, new TextEncoder().encode(`${randomBytes(32).toString("hex")}\n`));
  } catch (error) {
    // Another service that starts at the same time was first: both take its key.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readSubjectKey(path);
}

async function readSubjectKey(path: string): Promise<Uint8Array> {
  const text = (await readKeyFile(path)).trim();
  if (!/^[0-9a-f]{64}$/i.test(text)) throw osteonError("access.subject-key", { file: path });
  return Buffer.from(text, "hex");
}
