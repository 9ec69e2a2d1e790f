import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { addCheckCommand } from "./check.ts";

/** `osteon drift …`: whether patients or a model's output have changed. */
export function addDriftCommands(program: Command, context: CommandContext): void {
  const drift = program
    .command("drift")
    .summary("have the patients changed, or what a model gives?")
    .description("Compares later patients with those a model was trained on, and its output with what it gave.");
  addCheckCommand(drift, context);
}
