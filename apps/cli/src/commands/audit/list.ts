import { readEntries, type AuditEntry } from "@osteon/audit";
import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { enterUse, resolveAudit, withAuditOptions } from "./audit-command.ts";
import { filterOf, withFilterOptions, type FilterOptions } from "./filter-options.ts";
import { countUnreadable } from "./unreadable-lines.ts";

/** `osteon audit list`: entries to read. */
export function addListCommand(audit: Command, context: CommandContext): void {
  withFilterOptions(withAuditOptions(audit.command("list")))
    .summary("entries to read, the oldest first")
    .description("Lists entries, one a line. That it was done is entered too. It checks no signature: see verify.")
    .addHelpText("after", "\nExample:\n  osteon audit list --action model,api-key --since 2026-11-01")
    .action(async (options: FilterOptions) => {
      const { place } = await resolveAudit(options, context);
      const filter = filterOf(options, "audit list");
      await enterUse(place, { action: "audit.exported", detail: { format: "list" } });
      const unreadable = countUnreadable(context.terminal);
      for await (const entry of readEntries({ directory: place.directory, filter, onUnreadable: unreadable.count })) {
        context.print(describe(entry));
      }
      unreadable.tell();
    });
}

function describe({ at, event }: AuditEntry): string {
  const { action, principal, outcome, errorCode, detail } = event;
  const ended = errorCode === undefined ? outcome : `${outcome} (${errorCode})`;
  return [at, principal, action, ended, JSON.stringify(detail)].join("  ");
}
