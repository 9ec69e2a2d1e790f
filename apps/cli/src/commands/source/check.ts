import { osteonError } from "@osteon/errors";
import { checkSource, readDatabaseAddress } from "@osteon/pipeline";
import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { configurationFrom } from "../../configuration/read-configuration.ts";
import { describeSource } from "../../terminal/describe-source.ts";

interface CheckOptions {
  readonly config?: string;
  readonly columnsOnly?: boolean;
  readonly json?: boolean;
}

/** `osteon source check`. */
export function addCheckCommand(source: Command, context: CommandContext): void {
  source
    .command("check")
    .summary("connect, and tell what maps, what is missing and what would be dropped")
    .description(
      "Connects to the source, holds its tables against the column contract, counts rows, and reads it whole to tell " +
        "what would be dropped or refused. Nothing is kept and nothing is changed.\n\n" +
        "Exit code 2 where something has to be mended, 4 where an identifier stands in a column that is taken.",
    )
    .option("-c, --config <file>", "configuration; `osteon init` writes one")
    .option("--columns-only", "read no patient's row: names, types and counts only")
    .option("--json", "print what was found as JSON on standard output")
    .action(async ({ config, columnsOnly = false, json }: CheckOptions) => {
      const { environment, terminal, signal } = context;
      const configuration = await configurationFrom(config, environment);
      const check = await checkSource({
        configuration,
        databaseAddress: await readDatabaseAddress(configuration, environment),
        columnsOnly,
        signal,
        progress: (message) => terminal.status(`reading ${message} …`),
      });
      terminal.status("");
      context.print(json ? JSON.stringify(check, null, 2) : describeSource(check));
      const faults = check.database?.faults ?? [];
      if (faults.length > 0) throw osteonError("configuration.source-faults", { count: faults.length });
      const found = (check.reading?.findings ?? []).filter(({ taken }) => taken);
      if (found.length > 0) {
        const places = found.map(({ table, column, class: kind }) => `${column} of ${table} (${kind})`).join("; ");
        throw osteonError("deidentification.identifier-found", { places });
      }
    });
}
