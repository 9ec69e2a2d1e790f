import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { addListCommand } from "./list.ts";
import { addTestCommand } from "./test.ts";

/** `osteon alerts …`. */
export function addAlertsCommands(program: Command, context: CommandContext): void {
  const alerts = program
    .command("alerts")
    .summary("what the service warns of, and whether its warnings arrive")
    .description(
      "A running service looks at the rules in alerts.rules of its configuration and tells the channels in " +
        "alerts.channels (docs/monitoring.md).",
    );
  addListCommand(alerts, context);
  addTestCommand(alerts, context);
}
