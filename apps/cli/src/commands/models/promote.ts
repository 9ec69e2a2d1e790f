import type { Command } from "commander";
import { enterMove } from "../../audit/enter-move.ts";
import { withAudit } from "../../audit/open-audit.ts";
import type { CommandContext } from "../../command-context.ts";
import { openRegistry } from "../../registry/open-registry.ts";
import { moveRequestOf, resolveRegistry, withMoveOptions, type MoveOptions } from "../../registry/registry-command.ts";

interface PromoteOptions extends MoveOptions {
  readonly override?: boolean;
}

/** `osteon models promote`: puts a version on air. */
export function addPromoteCommand(models: Command, context: CommandContext): void {
  withMoveOptions(models.command("promote"))
    .summary("put a version on air; exit code 3 if it did not pass the release gate")
    .description(
      "Puts a version on air, after the release gate, which its signature covers, and after it was loaded and sampled " +
        "here. Services that follow the registry take it within seconds, without losing a request.",
    )
    .argument("<version>", "16 hexadecimal digits, as `osteon models list` shows them")
    .option("--override", "in spite of the gate; needs --reason, and both are kept for good")
    .addHelpText(
      "after",
      "\nExample:\n  osteon models promote 0123456789abcdef --key osteon-data/run/keys/identity.txt",
    )
    .action(async (version: string, options: PromoteOptions) => {
      const { configuration, place } = await resolveRegistry(options, context);
      const override = options.override ?? false;
      const request = { ...(await moveRequestOf(options, context, configuration, place)), override };
      const registry = await openRegistry(place);
      const trail = { configuration, registry: place.directory };
      const move = await withAudit(trail, context, ({ log, principal }) =>
        enterMove(log, principal, { ...request, version }, () => registry.promote(version, request)),
      );
      if (options.json) context.print(JSON.stringify(move));
      else context.print(`${move.version} is on air; before: ${move.from ?? "nothing"}`);
    });
}
