import { spawn } from "node:child_process";
import { basename } from "node:path";
import { osteonError } from "@osteon/errors";
import { largestKeyBytes } from "../key-file.ts";
import type { KeySource } from "./key-source.ts";
import { systemErrorCode } from "../system-error.ts";

/** A program of a key-management service. */
export interface KeyCommand {
  /** The program and its arguments; no shell reads them. */
  readonly words: readonly string[];
  /** The key of the configuration that names it, for messages. */
  readonly setting: string;
  /** All that the program is given of the environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly timeoutSeconds: number;
  /** Ends the program, and the reading with it. */
  readonly signal?: AbortSignal | undefined;
}

/** The key that a command prints on standard output. What it prints elsewhere is let go: it might hold the key. */
export function keyCommand(command: KeyCommand): KeySource {
  const program = basename(command.words[0] ?? "");
  return { name: `What ${program} printed`, path: undefined, read: () => runKeyCommand(command, program) };
}

/** @throws `registry.key-command`, which names the program and how it ended, and the signal's reason */
function runKeyCommand(command: KeyCommand, program: string): Promise<string> {
  const { words, setting, environment, timeoutSeconds, signal } = command;
  const refuse = (reason: string) => osteonError("registry.key-command", { program, setting, reason });
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const [file = "", ...given] = words;
    // A group of its own, so that what it starts ends with it.
    const hasGroup = process.platform !== "win32";
    const child = spawn(file, given, {
      env: environment,
      stdio: ["ignore", "pipe", "ignore"],
      detached: hasGroup,
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", interrupt);
      child.stdout.destroy();
      for (const chunk of chunks) chunk.fill(0);
    };
    const stop = (reason: unknown): void => {
      try {
        if (child.pid !== undefined) process.kill(hasGroup ? -child.pid : child.pid, "SIGKILL");
      } catch {
        // It ended by itself.
      }
      end();
      reject(reason as Error);
    };
    const interrupt = (): void => stop(signal!.reason);
    const timer = setTimeout(() => stop(refuse(`it did not end within ${timeoutSeconds} s`)), timeoutSeconds * 1000);
    signal?.addEventListener("abort", interrupt, { once: true });
    child.stdout.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > largestKeyBytes) {
        stop(refuse(`it printed more than ${largestKeyBytes.toLocaleString("en")} bytes`));
      }
    });
    child.once("error", (error) => {
      end();
      reject(refuse(`it cannot be run (${systemErrorCode(error)})`));
    });
    child.once("close", (exitCode, endSignal) => {
      const text = Buffer.concat(chunks).toString("utf8");
      end();
      if (endSignal !== null) reject(refuse(`it was ended by ${endSignal}`));
      else if (exitCode !== 0) reject(refuse(`it ended with exit code ${exitCode}`));
      else if (text.trim() === "") reject(refuse("it printed nothing on standard output"));
      else resolve(text);
    });
  });
}
