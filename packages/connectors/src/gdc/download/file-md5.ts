import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** Lower-case hex digest of a file; undefined where there is none. */
export async function md5OfFile(path: string): Promise<string | undefined> {
  const hash = createHash("md5");
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  return hash.digest("hex");
}
