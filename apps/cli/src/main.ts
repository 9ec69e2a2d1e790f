import { OsteonError, translateSystemError } from "@osteon/errors";
import { CommanderError } from "commander";
import type { CommandContext } from "./command-context.ts";
import { loadCommands } from "./commands/command-loaders.ts";
import { keepMemoryPrivate } from "./crash/keep-memory-private.ts";
import { kindOf, stackFramesOf } from "./crash/stack-frames.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { listenForInterruption } from "./interruption.ts";
import { createProgram } from "./program.ts";
import { TypedPassphrases } from "./keys/typed-passphrases.ts";
import { refuseSecretArguments, refuseSecretVariables } from "./refuse-secrets.ts";
import { askHidden } from "./terminal/ask-hidden.ts";
import { createTerminal } from "./terminal/terminal.ts";

keepMemoryPrivate();
const signal = listenForInterruption();
const terminal = createTerminal(process.stderr);
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // `osteon … | head`: whoever read has gone, and nothing is left to tell.
  process.exit(error.code === "EPIPE" ? process.exitCode : report(error));
});
process.stderr.on("error", () => process.exit(exitCodes.unavailable));
// Node's own report would print the message, and a foreign error's message may quote data.
process.on("uncaughtException", (error) => process.exit(report(error)));

try {
  const words = process.argv.slice(2);
  refuseSecretArguments(words);
  refuseSecretVariables(process.env);
  const { stdin: input, stderr: output } = process;
  const ask = (question: string): Promise<string> => {
    terminal.status("");
    return askHidden({ input, output }, question, signal);
  };
  const context: CommandContext = {
    environment: process.env,
    passphrases: input.isTTY && output.isTTY ? new TypedPassphrases(ask) : undefined,
    terminal,
    print: (text) => {
      // On a terminal both streams are one screen.
      terminal.status("");
      process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
    },
    signal,
  };
  await createProgram(context, await loadCommands(words)).parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Says what went wrong in words; a stack only where the fault is the program's. */
function report(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.success : exitCodes.input;
  const error = translateSystemError(thrown) ?? thrown;
  if (error instanceof OsteonError) {
    terminal.line(`osteon: ${error.message} [${error.code}]`);
  } else if (exitCodeOf(error) === exitCodes.interrupted) {
    terminal.line("osteon: interrupted; run the same command again to go on");
  } else {
    // A foreign error's message may quote data: its kind and place are enough to find the fault.
    const frames = error instanceof Error ? stackFramesOf(error).join("\n") : "";
    terminal.line(`osteon: internal fault (${kindOf(error)}). Please report it with these lines:\n${frames}`);
  }
  return exitCodeOf(error);
}
