import { osteonError } from "@osteon/errors";
import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { readConfiguration } from "../../configuration/read-configuration.ts";

/** `osteon alerts test`: sends a notice of a test to every channel. */
export function addTestCommand(alerts: Command, context: CommandContext): void {
  alerts
    .command("test")
    .summary("send a notice of a test to every channel")
    .description("Sends a notice of a test to every channel, and ends with exit code 5 where one does not take it.")
    .requiredOption("-c, --config <file>", "configuration of the service")
    .action(async ({ config }: { readonly config: string }) => {
      const { alerts: configured } = await readConfiguration(config, context.environment);
      if (configured.channels.length === 0) throw osteonError("monitoring.no-channels", {});
      // As in `alerts list`: only who tests waits for it.
      const { openChannels, testChannels } = await import("@osteon/monitoring");
      const channels = await openChannels(configured.channels, context.environment);
      const tests = await testChannels(channels, configured.instance, new Date(), context.signal);
      for (const { channel, kind, failure } of tests) {
        context.print(`${channel} (${kind}): ${failure === undefined ? "delivered" : `not delivered: ${failure}`}`);
      }
      const failed = tests.filter(({ failure }) => failure !== undefined).length;
      if (failed > 0) throw osteonError("monitoring.channels-failed", { failed, all: tests.length });
    });
}
