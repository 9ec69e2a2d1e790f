import { readFile } from "node:fs/promises";

/** True where a process with this pid exists, ours or anybody's. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * When a process started, as `<boot id>:<clock ticks>`: pids come again, above all after a restart
 * and in containers, this does not. Null where the system does not tell it (anything but Linux) or
 * there is no such process.
 *
 * Source: proc_pid_stat(5), field 22 `starttime`.
 */
export async function startOfProcess(pid: number): Promise<string | null> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, "utf8"),
      readFile("/proc/sys/kernel/random/boot_id", "utf8"),
    ]);
    // Field 2, the name, may hold spaces and brackets: count from the last bracket, which ends it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = fields[19];
    return ticks === undefined ? null : `${boot.trim()}:${ticks}`;
  } catch {
    return null;
  }
}
