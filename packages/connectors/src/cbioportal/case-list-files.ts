import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { osteonError } from "@osteon/errors";

/**
 * The case lists of a study folder, by name inside it, sorted; none where there is no folder of them.
 *
 * @throws connectors.unreadable where they are there and cannot be listed: taken for none, they would turn
 *   sequenced patients into unknown ones without a word
 */
export async function listCaseLists(directory: string): Promise<readonly string[]> {
  const folder = "case_lists";
  try {
    const names = await readdir(join(directory, folder));
    return names
      .filter((name) => name.endsWith(".txt"))
      .sort()
      .map((name) => `${folder}/${name}`);
  } catch (error) {
    const { code = "unknown reason" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    throw osteonError("connectors.unreadable", { file: folder, reason: code });
  }
}
