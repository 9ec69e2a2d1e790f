import { readlink } from "node:fs/promises";
import { hostname } from "node:os";
import { isRunning, startOfProcess } from "@osteon/process-identity";
import type { SegmentWriter } from "./checkpoint.ts";

/** This process, as segments name it. */
export async function identifyWriter(): Promise<SegmentWriter> {
  return { host: await nameHost(), pid: process.pid, processStart: await startOfProcess(process.pid) };
}

/**
 * Whether a segment's writer is no more. Only what is certain counts: of another computer or container it cannot be
 * told, and then it is taken to run.
 */
export async function isGone({ host, pid, processStart }: SegmentWriter): Promise<boolean> {
  if (host !== (await nameHost())) return false;
  if (!isRunning(pid)) return true;
  if (processStart === null) return false;
  const start = await startOfProcess(pid);
  return start !== null && start !== processStart;
}

/** Containers on one machine may have one host name and yet not see each other's processes. */
async function nameHost(): Promise<string> {
  try {
    return `${hostname()} ${await readlink("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}
