import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { addCheckCommand } from "./check.ts";
import { addDownloadCommand } from "./download.ts";

/** `osteon source …`. */
export function addSourceCommands(program: Command, context: CommandContext): void {
  const source = program
    .command("source")
    .summary("where patients are read from")
    .description("Looks at the source of patients that the configuration names, and gets data of public repositories.");
  addCheckCommand(source, context);
  addDownloadCommand(source, context);
}
