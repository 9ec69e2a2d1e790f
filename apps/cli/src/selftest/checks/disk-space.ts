import { statfs } from "node:fs/promises";
import { auditPlaceOf } from "../../audit/open-audit.ts";
import { atLeast, failed, installationCheck, isWithin, passed } from "../selftest-check.ts";

/** Whether the disks of registry, audit trail and backups have room. */
export const diskSpaceCheck = installationCheck(
  { name: "disk-space", title: "The disks have room", kind: "availability" },
  async ({ configuration, place }, { limits }) => {
    const folders = {
      registry: place.directory,
      audit: auditPlaceOf(configuration, place.directory)?.directory,
      backups: configuration.backup.directory,
    };
    const figures = [];
    for (const [name, folder] of Object.entries(folders)) {
      const found = folder === undefined ? undefined : await statfs(folder).catch(() => undefined);
      if (found === undefined || found.blocks === 0) continue;
      const share = Math.round((found.bavail / found.blocks) * 100) / 100;
      figures.push(atLeast(`free, ${name}`, 100 * share, "%", 100 * limits.freeDiskShare));
    }
    const full = figures.filter((free) => !isWithin(free));
    if (full.length === 0) return passed("", figures);
    return failed("A disk is nearly full.", "Make room: old backups, logs, `osteon models prune`, `osteon audit prune`.", figures);
  },
);
