import { spawnSync } from "node:child_process";

/** Why nothing can be installed here; undefined where npm reaches its registry. */
export function whyNoRegistry(): string | undefined {
  const asked = spawnSync("npm", ["view", "npm", "version", "--fetch-timeout=10000", "--fetch-retries=0"], {
    encoding: "utf8",
  });
  if (asked.error) return "npm is not installed";
  return asked.status === 0 ? undefined : "npm does not reach its registry";
}
