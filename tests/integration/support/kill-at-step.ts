import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runOsteon, type Ending, type SpawnOptions } from "./osteon-process.ts";

/*
 * Loaded into a process before its program: counts what it asks of the file system within a folder, and has the
 * process killed at one of these steps, half of them before the step is done and half of them after it.
 */
const program = `
  import fs from "node:fs";
  import fsp, { open } from "node:fs/promises";
  import { syncBuiltinESMExports } from "node:module";
  import { isMainThread } from "node:worker_threads";
  const { OSTEON_TEST_FOLDER: folder, OSTEON_TEST_STEP: step } = process.env;
  let count = 0;
  const kill = () => process.kill(process.pid, "SIGKILL");
  const counting = (target, name, isWithin) => {
    const original = target[name];
    target[name] = function (...words) {
      if (!isWithin(words)) return original.apply(this, words);
      count++;
      const isNow = count === Math.ceil(Number(step) / 2);
      if (isNow && Number(step) % 2 === 1) kill();
      const result = original.apply(this, words);
      if (isNow) Promise.resolve(result).finally(kill);
      return result;
    };
  };
  if (isMainThread) {
    const within = ([path]) => typeof path === "string" && path.startsWith(folder);
    for (const name of ["link", "mkdir", "open", "readdir", "rename", "rm", "rmdir", "stat"]) counting(fsp, name, within);
    counting(fs, "open", within);
    counting(fs, "write", () => true);
    const handle = await open(folder, "r");
    const prototype = Object.getPrototypeOf(handle);
    for (const name of ["sync", "write", "writeFile"]) counting(prototype, name, () => true);
    await handle.close();
    syncBuiltinESMExports();
    process.on("exit", () => fs.writeSync(2, "\\nsteps=" + count + "\\n"));
  }`;

/** Runs `osteon` and kills it at a step, of which there are two to every call within the folder; 0 lets it end. */
export function runOsteonUntil(
  step: number,
  folder: string,
  words: readonly string[],
  options: SpawnOptions = {},
): Promise<Ending> {
  const module = join(folder, "kill-at-step.mjs");
  writeFileSync(module, program);
  return runOsteon(words, {
    ...options,
    environment: {
      ...options.environment,
      NODE_OPTIONS: `--import=${pathToFileURL(module).href}`,
      OSTEON_TEST_FOLDER: folder,
      OSTEON_TEST_STEP: `${step}`,
    },
  });
}

/** How many steps a process took that was let run to its end. */
export function stepsOf({ stderr }: Ending): number {
  return 2 * Number(/steps=(\d+)/.exec(stderr)![1]);
}
