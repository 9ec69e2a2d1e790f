import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { addCreateCommand } from "./create.ts";
import { addListCommand } from "./list.ts";
import { addRevokeCommand } from "./revoke.ts";
import { addWhoisCommand } from "./whois.ts";

/** `osteon keys …`. */
export function addKeysCommands(program: Command, context: CommandContext): void {
  const keys = program
    .command("keys")
    .summary("API keys of the service's clients")
    .description(
      "Each client of the service gets a key of its own, with what it may be used for and an end. Keys are kept as " +
        "hashes, one file each; a running service takes up new and revoked ones by itself.",
    );
  addCreateCommand(keys, context);
  addListCommand(keys, context);
  addRevokeCommand(keys, context);
  addWhoisCommand(keys, context);
}
