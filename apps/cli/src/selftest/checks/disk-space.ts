import { stat, statfs } from "node:fs/promises";
import { auditPlaceOf } from "../../audit/open-audit.ts";
import { atLeast, failed, installationCheck, isWithin, notChecked, passed } from "../selftest-check.ts";

/** Whether the disks of registry, audit trail and backups have room. */
export const diskSpaceCheck = installationCheck(
  { name: "disk-space", title: "The disks have room", kind: "availability" },
  async ({ configuration, place }, { limits }) => {
    const folders = {
      registry: place.directory,
      "audit trail": auditPlaceOf(configuration, place.directory)?.directory,
      backups: configuration.backup.directory,
    };
    const disks = new Map<number, { readonly names: string[]; readonly freeShare: number }>();
    for (const [name, folder] of Object.entries(folders)) {
      const found = folder === undefined ? undefined : await lookAt(folder);
      if (found === undefined) continue;
      const { device, freeShare } = found;
      const known = disks.get(device);
      if (known === undefined) disks.set(device, { names: [name], freeShare });
      else known.names.push(name);
    }
    const figures = [...disks.values()].map(({ names, freeShare }) =>
      atLeast(`free for ${names.join(", ")}`, Math.round(100 * freeShare), "%", 100 * limits.freeDiskShare),
    );
    const full = figures.filter((free) => !isWithin(free));
    if (figures.length === 0) return notChecked("None of the folders is there.");
    if (full.length === 0) return passed("", figures);
    return failed(
      "A disk is nearly full.",
      "Make room: old backups, logs, `osteon models prune`, `osteon audit prune`.",
      figures,
    );
  },
);

/** The disk of a folder; undefined where the folder is not there, or the disk does not tell. */
async function lookAt(folder: string): Promise<{ readonly device: number; readonly freeShare: number } | undefined> {
  try {
    const { blocks, bavail } = await statfs(folder);
    return blocks === 0 ? undefined : { device: (await stat(folder)).dev, freeShare: bavail / blocks };
  } catch {
    return undefined;
  }
}
