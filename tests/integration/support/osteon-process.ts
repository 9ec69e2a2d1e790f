import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

const launcher = fileURLToPath(new URL("../../../bin/osteon.js", import.meta.url));

/** How a command ended and what it wrote. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface OsteonProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ending>;
  /** Resolves when a text of standard error fits; rejects if the process ends before. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
}

export interface SpawnOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts `osteon` as a user's shell does, without the variables of this process that it reads. */
export function startOsteon(words: readonly string[], options: SpawnOptions = {}): OsteonProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(?:OSTEON_|VITEST|NODE_OPTIONS)/.test(name));
  const child = spawn(process.execPath, [launcher, ...words], {
    cwd: options.cwd,
    env: { ...Object.fromEntries(inherited), ...options.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => (texts[name] += text));
  }
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, ...texts }));
  });
  const waitFor = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(texts.stderr);
        if (match) resolve(match);
      };
      child.stderr.on("data", look);
      look();
      void ended.then(({ code, stderr }) => reject(new Error(`osteon ended (${code}) before ${pattern}:\n${stderr}`)));
    });
  return { child, ended, waitFor };
}

/** Runs `osteon` to its end. */
export function runOsteon(words: readonly string[], options: SpawnOptions = {}): Promise<Ending> {
  return startOsteon(words, options).ended;
}
