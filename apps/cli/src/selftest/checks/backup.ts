import { stat } from "node:fs/promises";
import { join } from "node:path";
import { readBackupStatus } from "@osteon/backup";
import { atMost, failed, installationCheck, isWithin, passed } from "../selftest-check.ts";

const hourMs = 3_600_000;

/** Whether the last backup is young, and its file there. */
export const backupCheck = installationCheck(
  { name: "backup", title: "The last backup is young", kind: "availability" },
  async ({ configuration }, { limits }) => {
    const { directory } = configuration.backup;
    const status = await readBackupStatus(directory);
    const next = "Run `osteon backup`, and see why the nightly one was not made.";
    if (status === undefined) return failed(`No backup was ever finished in ${directory}.`, next);
    const { file, finishedAt, bytes, onAir } = status;
    const hours = Math.round(((Date.now() - Date.parse(finishedAt)) / hourMs) * 10) / 10;
    const age = atMost("age", hours, "h", limits.backupHours);
    const found = await stat(join(directory, file)).catch(() => undefined);
    if (found === undefined) return failed(`${file} is not in ${directory} any more.`, next, [age]);
    if (found.size !== bytes)
      return failed(`${file} has ${found.size} bytes, and was written with ${bytes}.`, next, [age]);
    const finding = `${file}, ${onAir === null ? "nothing" : `model ${onAir}`} on air.`;
    return isWithin(age) ? passed(finding, [age]) : failed(finding, next, [age]);
  },
);
