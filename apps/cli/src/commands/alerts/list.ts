import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { readConfiguration } from "../../configuration/read-configuration.ts";
import { observabilityOf } from "../../monitoring/monitoring-directory.ts";

interface ListOptions {
  readonly config: string;
  readonly registry?: string;
  readonly json?: boolean;
}

/** `osteon alerts list`: the rules, and how each stood when the service last looked. */
export function addListCommand(alerts: Command, context: CommandContext): void {
  alerts
    .command("list")
    .summary("the rules, and how each stands")
    .description("Lists the rules of the configuration, and how each stood when the service last looked at it.")
    .requiredOption("-c, --config <file>", "configuration of the service")
    .option("-r, --registry <directory>", "registry of the service, where it was started with one")
    .option("--json", "print the result as JSON on standard output")
    .action(async ({ config, registry, json }: ListOptions) => {
      // With its metrics and traces it would make every command start later.
      const { describeAlerts, monitoringLayout, readAlertRecord } = await import("@osteon/monitoring");
      const configuration = await readConfiguration(config, context.environment);
      const { directory } = observabilityOf(configuration, registry);
      const record = await readAlertRecord(monitoringLayout(directory).alerts);
      const described = describeAlerts(configuration.alerts, record);
      if (json) {
        context.print(JSON.stringify(described, null, 2));
        return;
      }
      if (described.length === 0) {
        context.terminal.line("The configuration has no rule in alerts.rules.");
        return;
      }
      if (record === undefined) context.terminal.line("No service with this configuration has looked at them yet.");
      const width = Math.max(5, ...described.map(({ alert }) => alert.length));
      context.print(["STATE  ", "SINCE".padEnd(20), "SEVERITY", "ALERT".padEnd(width), "WHAT IS KNOWN"].join("  "));
      for (const { alert, state, since, severity, statement, waiting } of described) {
        const at = since === null ? "" : `${since.slice(0, 19)}Z`;
        const undelivered = waiting.length === 0 ? "" : ` (not delivered yet: ${waiting.join(", ")})`;
        context.print(
          [state.padEnd(7), at.padEnd(20), severity.padEnd(8), alert.padEnd(width), statement + undelivered].join("  "),
        );
      }
    });
}
