import { createIdentity, writeIdentity } from "@osteon/registry";
import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { configurationFrom } from "../../configuration/read-configuration.ts";
import { obtainNewPassphrase } from "../../keys/new-passphrase.ts";

interface CreateOptions {
  readonly config?: string;
  readonly protect?: boolean;
  readonly postQuantum?: boolean;
}

/** `osteon identity create`: makes a key and prints its public half. */
export function addCreateCommand(identity: Command, context: CommandContext): void {
  identity
    .command("create")
    .summary("make an identity file and print its public key")
    .description(
      "Makes a secret key as age-keygen does, for its owner alone (mode 0600), and prints its public key on standard " +
        "output. Nothing is overwritten.",
    )
    .argument("<file>", "where to")
    .option("--protect", "by a passphrase, without which the file opens nothing")
    .option("--post-quantum", "a hybrid key (ML-KEM-768 and X25519), which age from 1.3 knows")
    .option("-c, --config <file>", "configuration; encryption.passphrase_path is used")
    .addHelpText("after", "\nExample:\n  osteon identity create --protect /etc/osteon/identity.age")
    .action(async (file: string, { config, protect, postQuantum }: CreateOptions) => {
      const configuration = await configurationFrom(config, context.environment);
      const passphrase = protect ? await obtainNewPassphrase(file, context, configuration) : undefined;
      const created = await createIdentity(postQuantum ? "hybrid" : "x25519");
      await writeIdentity(file, created, { passphrase });
      context.terminal.line(
        passphrase === undefined
          ? `Wrote ${file}. Keep a copy elsewhere: without it nothing opens what is sealed for`
          : `Wrote ${file}, protected. Keep a copy and the passphrase elsewhere: without them nothing opens what is sealed for`,
      );
      context.print(created.recipient);
    });
}
