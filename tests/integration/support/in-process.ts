import { exitCodeOf } from "../../../apps/cli/src/exit-codes.ts";
import { loadCommands } from "../../../apps/cli/src/commands/command-loaders.ts";
import { createProgram } from "../../../apps/cli/src/program.ts";

const everyCommand = await loadCommands([]);

/** The command line without a process: quick, for what ends before any work is done. */
export function programInProcess(
  print: (text: string) => void = () => undefined,
  environment: Readonly<Record<string, string>> = {},
): ReturnType<typeof createProgram> {
  return createProgram(
    {
      environment,
      terminal: { line: () => undefined, status: () => undefined },
      print,
      signal: new AbortController().signal,
    },
    everyCommand,
  );
}

/** How a command that fails would end, and what it would say. */
export async function failureOf(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ code: number; message: string }> {
  try {
    await programInProcess(undefined, environment).parseAsync(words, { from: "user" });
  } catch (error) {
    return { code: exitCodeOf(error), message: error instanceof Error ? error.message : String(error) };
  }
  throw new Error(`osteon ${words.join(" ")} did not fail`);
}

/** What a command that ends well prints for scripts. */
export async function printedBy(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const printed: string[] = [];
  await programInProcess((text) => void printed.push(text), environment).parseAsync(words, { from: "user" });
  return printed.join("\n");
}
