import { existsSync } from "node:fs";
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { configurationFrom } from "../configuration/read-configuration.ts";
import { openLocalLedger } from "../record-run.ts";

interface RunsOptions {
  readonly config?: string;
  readonly ledger?: string;
  readonly json?: boolean;
}

/** `osteon runs`: what was run, from the embedded database. */
export function addRunsCommand(program: Command, context: CommandContext): void {
  program
    .command("runs")
    .summary("list runs with their outcome and model")
    .description("Lists the runs that the embedded database knows, the newest first.")
    .option("-c, --config <file>", "configuration, whose storage.directory is looked in")
    .option("-l, --ledger <directory>", "directory of the database (default: osteon-data/ledger)")
    .option("--json", "print the runs, their steps, scores and models as JSON on standard output")
    .action(async ({ config, ledger: given, json }: RunsOptions) => {
      const configuration = await configurationFrom(config, context.environment);
      const directory = given ?? configuration.storage.directory;
      // Opening would make one, and a mistyped path would look like an empty record.
      const { runs, models } = existsSync(directory) ? await readLedger(directory) : { runs: [], models: [] };
      if (json) {
        context.print(JSON.stringify({ runs, models }, null, 2));
        return;
      }
      if (runs.length === 0) {
        context.terminal.line(
          `No run is recorded in ${directory}${existsSync(directory) ? "" : ", which is not there"}.`,
        );
        return;
      }
      context.print(["BEGUN".padEnd(20), "RUN".padEnd(36), "OUTCOME".padEnd(11), "STEPS", "MODEL"].join("  "));
      for (const run of runs) {
        const model = models.find(({ runId }) => runId === run.runId);
        const done = run.steps.filter(({ status }) => status === "succeeded").length;
        const begun = `${run.startedAt.toISOString().slice(0, 19)}Z`;
        context.print(
          [begun, run.runId, run.status.padEnd(11), `${done}`.padStart(5), model?.version ?? "–"].join("  "),
        );
      }
    });
}

async function readLedger(directory: string) {
  await using ledger = await openLocalLedger(directory);
  return { runs: await ledger.listRuns(), models: await ledger.listModels() };
}
