import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** Whether tests can have a disk of their own. */
export const mayMount = process.getuid?.() === 0 && spawnSync("sh", ["-c", "command -v mount"]).status === 0;
if (!mayMount) process.stderr.write("\nNOT ROOT: the tests that fill a disk of their own are skipped.\n");

/** Mounts a disk of so much room, such as `16m`, for the time of one test. */
export function smallDisk(size: string): string {
  const directory = mkdtempSync(join(tmpdir(), "osteon-disk-"));
  system("mount", "-t", "tmpfs", "-o", `size=${size}`, "tmpfs", directory);
  onTestFinished(() => {
    system("umount", "-l", directory);
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}

/** Takes the room that is left, but for a few bytes; removing `filler` gives it back. */
export function fillDisk(disk: string): void {
  try {
    for (;;) writeFileSync(join(disk, "filler"), new Uint8Array(4096), { flag: "a" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
}

function system(command: string, ...words: string[]): void {
  const { status, stderr } = spawnSync(command, words);
  if (status !== 0) throw new Error(`${command} failed: ${stderr.toString()}`);
}
