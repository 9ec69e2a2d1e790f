import { writeFileSync } from "node:fs";

/**
 * Switches off what would write the process's memory to disk when it fails, whatever flags it was started with:
 * Node's diagnostic reports, which repeat an error's message and the environment, and the content of core dumps on
 * Linux. What a flag asks for by itself (`--heap-prof`, `--heapsnapshot-signal`, `--inspect`) cannot be undone here.
 */
export function keepMemoryPrivate(): void {
  process.report.reportOnFatalError = false;
  process.report.reportOnUncaughtException = false;
  process.report.reportOnSignal = false;
  process.report.excludeEnv = true;
  if (process.platform !== "linux") return;
  try {
    // No kind of mapping is dumped: see core(5). Processes that this one starts inherit it.
    writeFileSync("/proc/self/coredump_filter", "0");
  } catch {
    // A container may not let it; core dumps are then as its host has them.
  }
}
