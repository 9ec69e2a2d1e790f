import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { openRegistry } from "../../registry/open-registry.ts";
import { resolveRegistry, withRegistryOptions, type RegistryOptions } from "../../registry/registry-command.ts";
import { describeGate, describeScore } from "./describe-version.ts";

/** `osteon models list`: the versions, the newest first. */
export function addListCommand(models: Command, context: CommandContext): void {
  withRegistryOptions(models.command("list"))
    .summary("versions in the registry, and which is on air")
    .description("Lists the versions, the newest first. Each signature is checked.")
    .action(async (options: RegistryOptions) => {
      const { place } = await resolveRegistry(options, context);
      const versions = await (await openRegistry(place)).list();
      if (options.json) {
        context.print(JSON.stringify(versions, null, 2));
        return;
      }
      if (versions.length === 0) {
        context.terminal.line(`There is no model in ${place.directory}.`);
        return;
      }
      const columns = ["VERSION".padEnd(16), "MADE".padEnd(20), "FAMILY".padEnd(13), "SCORE".padEnd(17), "GATE"];
      context.print(["      ", ...columns].join("  "));
      for (const { version, onAir, facts, problem } of versions) {
        const about =
          facts === null
            ? [problem]
            : [
                `${facts.createdAt.slice(0, 19)}Z`,
                facts.family.padEnd(13),
                describeScore(facts).padEnd(17),
                describeGate(facts),
              ];
        context.print([onAir ? "on air" : "      ", version, ...about].join("  "));
      }
    });
}
