import { lastCheckpoints } from "@osteon/audit";
import { writeFileAtomically } from "@osteon/registry";
import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { resolveAudit, withAuditOptions, type AuditOptions } from "./audit-command.ts";

/** `osteon audit checkpoint`: what to keep elsewhere. */
export function addCheckpointCommand(audit: Command, context: CommandContext): void {
  withAuditOptions(audit.command("checkpoint"))
    .summary("copy the last signed checkpoints, to be kept elsewhere")
    .description(
      "Copies the last checkpoints into a file of a few kilobytes. Keep it where nobody who can write the trail can: " +
        "with it, verify also finds a trail that was cut off at its end or replaced by an older one.",
    )
    .requiredOption("-o, --out <file>", "file to write")
    .action(async (options: AuditOptions & { readonly out: string }) => {
      const { place } = await resolveAudit(options, context);
      await writeFileAtomically(options.out, new TextEncoder().encode(await lastCheckpoints(place.directory)), 0o644);
      context.terminal.line(`${options.out} is written.`);
    });
}
