import { open, rename } from "node:fs/promises";

/** Writes a file that is seen whole or not at all, also after a power cut. */
export async function writeAtomically(path: string, content: string): Promise<void> {
  const partial = `${path}.part`;
  const file = await open(partial, "w");
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
}
