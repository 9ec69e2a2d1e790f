import { osteonError } from "@osteon/errors";
import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { configurationFrom } from "../../configuration/read-configuration.ts";
import { keysOf, readNamedIdentity } from "../../keys/command-keys.ts";

interface ShowOptions {
  readonly config?: string;
  readonly key?: string;
}

/** `osteon identity show`: the public key, from wherever the secret one comes. */
export function addShowCommand(identity: Command, context: CommandContext): void {
  identity
    .command("show")
    .summary("open the identity and print its public key")
    .description(
      "Opens the identity as every other command does, from its file, with its passphrase, or by its command, and " +
        "prints its public key: shows that it can be opened, and what models and backups are to be sealed for.",
    )
    .option("-k, --key <file>", "identity file; else OSTEON_KEY_FILE, encryption.key_path or encryption.key_command")
    .option("-c, --config <file>", "configuration; its group encryption is used")
    .addHelpText("after", "\nExample:\n  osteon identity show --config osteon.yaml")
    .action(async ({ config, key }: ShowOptions) => {
      const configuration = await configurationFrom(config, context.environment);
      const identity = await readNamedIdentity(key, keysOf(context, configuration));
      if (identity === undefined) throw osteonError("configuration.no-key", { path: "models" });
      context.print(identity.recipient);
    });
}
