import { pruneTrail } from "@osteon/audit";
import type { Command } from "commander";
import { currentUser } from "../../audit/open-audit.ts";
import type { CommandContext } from "../../command-context.ts";
import {
  openOwnLog,
  resolveAudit,
  trustedKeysOf,
  withAuditOptions,
  withPublicKeyOption,
  type PublicKeyOptions,
} from "./audit-command.ts";
import { countOf } from "../../terminal/amounts.ts";

/** `osteon audit prune`: removes what is older than the retention. */
export function addPruneCommand(audit: Command, context: CommandContext): void {
  withPublicKeyOption(withAuditOptions(audit.command("prune")))
    .summary("remove what is older than audit.retention_years, six at the least")
    .description(
      "Verifies the trail, enters and signs what will be removed, and removes the segments all of whose entries are " +
        "older than the retention. A trail that does not hold is left as it is.",
    )
    .option("--json", "print the result as JSON on standard output")
    .action(async (options: PublicKeyOptions & { readonly json?: boolean }) => {
      const { configuration, place } = await resolveAudit(options, context);
      const trusted = await trustedKeysOf(options, place);
      const { trail, log } = await openOwnLog(place);
      try {
        const pruned = await pruneTrail({
          directory: place.directory,
          trail,
          trusted,
          retentionYears: configuration.audit.retention_years,
          principal: currentUser(),
        });
        if (options.json) context.print(JSON.stringify(pruned));
        else if (pruned.segments === 0) context.print("Nothing is old enough to be removed.");
        else
          context.print(
            `Removed: ${countOf(pruned.segments, "segment")} with ${countOf(pruned.entries, "entry", "entries")}.`,
          );
      } finally {
        await log.close();
      }
    });
}
