import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { addDownloadCommand } from "./download.ts";

/** `osteon source …`. */
export function addSourceCommands(program: Command, context: CommandContext): void {
  const source = program
    .command("source")
    .summary("where patients' data come from")
    .description("Gets data of public repositories onto this computer, to be read by `osteon run`.");
  addDownloadCommand(source, context);
}
