import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { describeKey, resolveKeys, withKeysOptions, type KeysOptions } from "./keys-command.ts";

/** `osteon keys list`: the keys, the oldest first. */
export function addListCommand(keys: Command, context: CommandContext): void {
  withKeysOptions(keys.command("list"))
    .summary("keys, what they may be used for and until when")
    .description("Lists the keys, the oldest first, with those that expired or were revoked.")
    .action(async (options: KeysOptions) => {
      const { KeyStore, stateOfKey } = await import("@osteon/service");
      const { directory } = await resolveKeys(options, context);
      const { records, faults } = await new KeyStore(directory).read();
      for (const { message } of faults) context.terminal.line(message);
      const now = new Date();
      const shown = records.map((record) => ({ ...describeKey(record), state: stateOfKey(record, now) }));
      if (options.json) {
        context.print(JSON.stringify(shown, null, 2));
        return;
      }
      if (shown.length === 0) {
        context.terminal.line(`There is no key in ${directory}.`);
        return;
      }
      const rows = shown.map(({ id, state, created_at, expires_at, created_by, scopes, name }) => [
        id,
        state,
        created_at.slice(0, 10),
        expires_at.slice(0, 10),
        created_by,
        scopes.join(","),
        name,
      ]);
      const table = [["ID", "STATE", "CREATED", "EXPIRES", "BY", "SCOPES", "NAME"], ...rows];
      const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
      for (const row of table) {
        context.print(
          row
            .map((cell, column) => cell.padEnd(widths[column]!))
            .join("  ")
            .trimEnd(),
        );
      }
    });
}
