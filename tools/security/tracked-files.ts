import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The paths that git tracks, and those that it would, from the root, with `/`. */
export async function listTrackedFiles(root: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    { cwd: root, maxBuffer: 2 ** 26 },
  );
  return stdout.split("\0").filter((path) => path !== "");
}
