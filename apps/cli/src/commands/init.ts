import { createFileAtomically } from "@osteon/registry";
import { osteonError } from "@osteon/errors";
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { configurationTemplate } from "../configuration/template.ts";

/** `osteon init`: a commented configuration. */
export function addInitCommand(program: Command, { terminal }: CommandContext): void {
  program
    .command("init")
    .summary("write a commented configuration file")
    .description("Writes a YAML configuration with every key, its default and its meaning. Nothing is overwritten.")
    .argument("[file]", "where to", "osteon.yaml")
    .action(async (file: string) => {
      try {
        await createFileAtomically(file, new TextEncoder().encode(configurationTemplate), 0o644);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") throw osteonError("configuration.exists", { file });
        throw error;
      }
      terminal.line(`Wrote ${file}. Next: set data.source and data.path, then osteon run --config ${file}`);
    });
}
