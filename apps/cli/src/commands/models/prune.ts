import { osteonError } from "@osteon/errors";
import type { Command } from "commander";
import { withAudit } from "../../audit/open-audit.ts";
import type { CommandContext } from "../../command-context.ts";
import { openRegistry } from "../../registry/open-registry.ts";
import { resolveRegistry, withRegistryOptions, type RegistryOptions } from "../../registry/registry-command.ts";

interface PruneOptions extends RegistryOptions {
  readonly keep: string;
}

/** `osteon models prune`: removes old versions. */
export function addPruneCommand(models: Command, context: CommandContext): void {
  withRegistryOptions(models.command("prune"))
    .summary("remove old versions")
    .description(
      "Removes all but the newest versions. What is on air, and what a rollback would go back to, always stay; the " +
        "history of moves stays whole.",
    )
    .requiredOption("--keep <number>", "how many of the newest to keep, 1 or more")
    .action(async (options: PruneOptions) => {
      if (!/^[1-9]\d{0,5}$/.test(options.keep)) {
        throw osteonError("configuration.option", { option: "--keep", allowed: "1 or more", command: "models prune" });
      }
      const { configuration, place } = await resolveRegistry(options, context);
      const registry = await openRegistry(place);
      const request = { configuration, registry: place.directory };
      const removed = await withAudit(request, context, ({ log, principal }) =>
        log.during(
          { action: "models.pruned", principal, detail: { models: [] } },
          () => registry.prune(Number(options.keep)),
          (models) => ({ models: [...models] }),
        ),
      );
      if (options.json) context.print(JSON.stringify({ removed }));
      else context.print(removed.length === 0 ? "Nothing was removed." : `Removed: ${removed.join(", ")}`);
    });
}
