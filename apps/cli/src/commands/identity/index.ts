import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { addCreateCommand } from "./create.ts";
import { addProtectCommand } from "./protect.ts";
import { addShowCommand } from "./show.ts";

/** `osteon identity …`. */
export function addIdentityCommands(program: Command, context: CommandContext): void {
  const identity = program
    .command("identity")
    .summary("keys of models at rest: make one, protect one by a passphrase")
    .description(
      "An identity is the secret key that opens sealed models and backups; its public key is what they are sealed for. " +
        "It lies in a file, which a passphrase may protect, or a program of a key-management service prints it " +
        "(encryption.key_command).\n\n" +
        "The passphrase comes from the file that OSTEON_PASSPHRASE_FILE or encryption.passphrase_path names; on a " +
        "terminal it is asked for. It is never an option or a variable.",
    );
  addCreateCommand(identity, context);
  addProtectCommand(identity, context);
  addShowCommand(identity, context);
}
