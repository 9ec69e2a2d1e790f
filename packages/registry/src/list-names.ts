import { readdir } from "node:fs/promises";
import { systemErrorCode } from "./system-error.ts";

/** Names in a folder, none where it is not there: reading makes no folder, least of all where a disk is not mounted. */
export async function listNames(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return [];
    throw error;
  }
}
