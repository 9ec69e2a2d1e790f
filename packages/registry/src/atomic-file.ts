import { randomBytes } from "node:crypto";
import { link, mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Writes a file so that after a crash at any moment the path holds either what it held before or all
 * of `bytes`: temporary file in the same folder, fsync, rename, fsync of the folder. Replaces a file
 * that is there. Missing folders are made.
 *
 * @param mode permissions, by default readable by the owner only
 */
export async function writeFileAtomically(path: string, bytes: Uint8Array, mode = 0o600): Promise<void> {
  await throughTemporary(path, bytes, mode, rename);
}

/** As {@link writeFileAtomically}, but fails with `EEXIST` where the path is taken already. */
export async function createFileAtomically(path: string, bytes: Uint8Array, mode = 0o600): Promise<void> {
  // A hard link, unlike a rename, never replaces its target.
  await throughTemporary(path, bytes, mode, link);
}

async function throughTemporary(
  path: string,
  bytes: Uint8Array,
  mode: number,
  publish: (temporary: string, path: string) => Promise<void>,
): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString("hex")}.partial`);
  try {
    const file = await open(temporary, "wx", mode);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await publish(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(folder);
}

/** Makes names in a folder last: a rename alone may be lost with the power. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; there the rename alone has to do.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
