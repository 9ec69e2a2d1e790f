import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface BlockResult {
  /** Both streams, as a terminal shows them. */
  readonly output: string;
  /** 0, or that of the last command of the block that failed. */
  readonly exitCode: number;
}

/** One bash for a whole page, as whoever follows the page has: what one block sets, the next ones have. */
export class ShellSession implements AsyncDisposable {
  readonly #shell;
  readonly #answers;
  readonly #scratch: string;
  #blocks = 0;

  /** @param scratch folder for scripts and outputs, not that of the page */
  constructor(options: { readonly cwd: string; readonly scratch: string; readonly environment: NodeJS.ProcessEnv }) {
    this.#scratch = options.scratch;
    // In a group of its own, so that what was started behind it ends with it.
    this.#shell = spawn("bash", ["--norc", "-o", "pipefail"], {
      cwd: options.cwd,
      env: options.environment,
      stdio: ["pipe", "pipe", "inherit"],
      detached: true,
    });
    this.#answers = createInterface({ input: this.#shell.stdout })[Symbol.asyncIterator]();
  }

  async run(script: string): Promise<BlockResult> {
    const name = join(this.#scratch, `block-${++this.#blocks}`);
    writeFileSync(`${name}.sh`, `${script}\n`);
    // To a file: a pipe would stay open as long as a service runs.
    this.#shell.stdin.write(
      `failed=0; trap 'failed=$?' ERR; . ${name}.sh >${name}.out 2>&1 </dev/null; trap - ERR; echo "$failed"\n`,
    );
    const { value, done } = await this.#answers.next();
    if (done === true) throw new Error(`the shell ended in:\n${script}\n${readFileSync(`${name}.out`, "utf8")}`);
    return { output: readFileSync(`${name}.out`, "utf8"), exitCode: Number(value) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => void this.#shell.once("close", resolve));
    try {
      process.kill(-this.#shell.pid!, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
    await ended;
  }
}
