import { stat } from "node:fs/promises";

/**
 * When key files were written last, by what they are for; without those that are not there.
 *
 * @param paths undefined for a key that the service does not use
 */
export async function readKeyTimes<Use extends string>(
  paths: Readonly<Partial<Record<Use, string | undefined>>>,
): Promise<Partial<Record<Use, Date>>> {
  const times: Partial<Record<Use, Date>> = {};
  for (const [use, path] of Object.entries(paths) as [Use, string | undefined][]) {
    const found = path === undefined ? undefined : await stat(path).catch(() => undefined);
    if (found !== undefined) times[use] = found.mtime;
  }
  return times;
}
