import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { addCheckpointCommand } from "./checkpoint.ts";
import { addExportCommand } from "./export.ts";
import { addListCommand } from "./list.ts";
import { addPruneCommand } from "./prune.ts";
import { addVerifyCommand } from "./verify.ts";

/** `osteon audit …`. */
export function addAuditCommands(program: Command, context: CommandContext): void {
  const audit = program
    .command("audit")
    .summary("who did what: verify, list and export the audit trail")
    .description(
      "The audit trail says who generated, promoted, exported or changed what, and when. Its entries are chained and " +
        "signed; it holds no profile that was asked for. docs/audit.md is for privacy officers.",
    );
  addVerifyCommand(audit, context);
  addListCommand(audit, context);
  addExportCommand(audit, context);
  addCheckpointCommand(audit, context);
  addPruneCommand(audit, context);
}
