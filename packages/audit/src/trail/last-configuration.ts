import { listSegments, readLines, segmentPath } from "./segment-files.ts";
import { isCheckpoint, readLine } from "./segment-line.ts";

/** The start of a service is among the first entries of its process's first segment. */
const linesLookedAt = 8;

/** The digest of the configuration that a service was last started with; undefined where none was. */
export async function lastConfigurationDigest(directory: string): Promise<string | undefined> {
  for (const segment of (await listSegments(directory)).toReversed()) {
    let place = 0;
    let found: string | undefined;
    for await (const { bytes } of readLines(segmentPath(directory, segment))) {
      if ((place += 1) > linesLookedAt) break;
      const { line } = readLine(bytes);
      if (line === undefined || isCheckpoint(line)) continue;
      if (line.event.action === "service.started") found = line.event.detail.configurationDigest;
    }
    if (found !== undefined) return found;
  }
  return undefined;
}
