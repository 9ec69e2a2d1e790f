import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { openRegistry } from "../../registry/open-registry.ts";
import { resolveRegistry, withRegistryOptions, type RegistryOptions } from "../../registry/registry-command.ts";
import { describeGate, describeScore } from "./describe-version.ts";

/** `osteon models show`: what a version's signature says, and when it was on air. */
export function addShowCommand(models: Command, context: CommandContext): void {
  withRegistryOptions(models.command("show"))
    .summary("what is known of a version, and when it was on air")
    .description("Shows what a version's signature says of it. Without a version: the one on air, and the history.")
    .argument("[version]", "16 hexadecimal digits, as `osteon models list` shows them")
    .action(async (given: string | undefined, options: RegistryOptions) => {
      const { place } = await resolveRegistry(options, context);
      const registry = await openRegistry(place);
      const history = await registry.history();
      const version = given ?? history.at(-1)?.version;
      const moves = given === undefined ? history : history.filter((move) => move.version === version);
      const facts = version === undefined ? null : (await registry.fetch(version)).facts;
      if (options.json) {
        context.print(JSON.stringify({ facts, moves }, null, 2));
        return;
      }
      if (facts === null) {
        context.terminal.line(`Nothing is on air in ${place.directory}.`);
        return;
      }
      const trainedOn = `${facts.trainingPatients} ${facts.trainedOnSimulatedPatients ? "simulated " : ""}patients`;
      context.print(`Model ${facts.modelVersion}: ${facts.family}, made ${facts.createdAt}, trained on ${trainedOn}`);
      context.print(`Calibrated score ${describeScore(facts)}; release gate: ${describeGate(facts)}`);
      for (const reason of facts.gate.reasons) context.print(`  ${reason}`);
      for (const { sequence, action, version: to, from, at, by, reason, overridden } of moves) {
        const why = `${overridden.length > 0 ? ", gate overridden" : ""}${reason === "" ? "" : `: ${reason}`}`;
        context.print(`${sequence}. ${at}  ${action} ${from ?? "nothing"} → ${to} by ${by}${why}`);
      }
    });
}
