import type { Command } from "commander";
import { withAudit } from "../../audit/open-audit.ts";
import type { CommandContext } from "../../command-context.ts";
import { describeKey, nameOfActor, resolveKeys, withKeysOptions, type KeysOptions } from "./keys-command.ts";

interface RevokeOptions extends KeysOptions {
  readonly by?: string;
}

/** `osteon keys revoke`: ends a key for good. */
export function addRevokeCommand(keys: Command, context: CommandContext): void {
  withKeysOptions(keys.command("revoke"))
    .summary("end a key for good")
    .description("Ends a key. A running service refuses it within two seconds. It stays in the list.")
    .argument("<id>", "as `osteon keys list` shows it: the middle part of the key")
    .option("--by <name>", "who does it (default: the user of this computer)")
    .action(async (id: string, options: RevokeOptions) => {
      const { keyCreatorSchema, KeyStore } = await import("@osteon/service");
      const by = nameOfActor(options.by, "keys revoke", (name) => keyCreatorSchema.safeParse(name).success);
      const { configuration, directory, registry } = await resolveKeys(options, context);
      const store = new KeyStore(directory);
      // One that is not there is told as such, and is nothing to enter.
      await store.find(id);
      const record = await withAudit({ configuration, registry }, context, ({ log, principal }) =>
        log.during({ action: "api-key.revoked", principal, detail: { keyId: id } }, () => store.revoke(id, by)),
      );
      if (options.json) context.print(JSON.stringify(describeKey(record)));
      else context.print(`Key ${record.id} (${record.name}) is revoked since ${record.revoked_at}`);
    });
}
