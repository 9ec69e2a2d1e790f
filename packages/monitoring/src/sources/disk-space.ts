import { statfs } from "node:fs/promises";

/** Room on the disk that a directory is on, as a user without privileges has it. */
export async function readDiskSpace(directory: string): Promise<{ freeBytes: number; sizeBytes: number }> {
  const { bavail, blocks, bsize } = await statfs(directory);
  return { freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
}
