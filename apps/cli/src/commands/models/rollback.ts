import type { Command } from "commander";
import { enterMove } from "../../audit/enter-move.ts";
import { withAudit } from "../../audit/open-audit.ts";
import type { CommandContext } from "../../command-context.ts";
import { openRegistry } from "../../registry/open-registry.ts";
import { moveRequestOf, resolveRegistry, withMoveOptions, type MoveOptions } from "../../registry/registry-command.ts";

/** `osteon models rollback`: puts an earlier version back on air. */
export function addRollbackCommand(models: Command, context: CommandContext): void {
  withMoveOptions(models.command("rollback"))
    .summary("put the version before back on air")
    .description(
      "Puts back on air what was there before, or an earlier version that is named. It is loaded and sampled first: " +
        "if that fails, what is on air stays.",
    )
    .argument("[version]", "an earlier version; by default the one before the present one")
    .action(async (version: string | undefined, options: MoveOptions) => {
      const { configuration, place } = await resolveRegistry(options, context);
      const request = await moveRequestOf(options, context, configuration, place);
      const registry = await openRegistry(place);
      const trail = { configuration, registry: place.directory };
      const move = await withAudit(trail, context, ({ log, principal }) =>
        enterMove(log, principal, { ...request, version }, () => registry.rollback(version, request)),
      );
      if (options.json) context.print(JSON.stringify(move));
      else context.print(`${move.version} is on air again; before: ${move.from}`);
    });
}
