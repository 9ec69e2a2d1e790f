import { osteonError } from "@osteon/errors";
import { fillDemonstrationDatabase, readDatabaseAddress } from "@osteon/pipeline";
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { configurationWith } from "../configuration/read-configuration.ts";
import { emptyDatabaseFile } from "../empty-database.ts";

interface DatabaseOptions {
  readonly dir: string;
  readonly patients: string;
  readonly genes: string;
  readonly schema: string;
  readonly server?: boolean;
}

/** `osteon demo …`. */
export function addDemoCommands(program: Command, context: CommandContext): void {
  const demo = program
    .command("demo")
    .summary("example data to try things on")
    .description("Makes example data of simulated patients.");
  demo
    .command("database")
    .summary("a database with the example schema and simulated patients")
    .description(
      "Fills a new embedded database with the demonstration cohort in the example schema, so that everything can be " +
        "run from SQL. With --server it fills the database that DATABASE_URL or DB_HOST names, in a schema that must " +
        "not be there yet. No patient in it is real.",
    )
    .option("--dir <directory>", "of the embedded database; must hold none yet", "osteon-data/source")
    .option("--patients <number>", "how many to simulate, 30 to 100,000", "200")
    .option("--genes <number>", "genes with expression, 50 to 20,000", "600")
    .option("--schema <name>", "schema to make", "example")
    .option("--server", "fill the database server that the environment names")
    .addHelpText(
      "after",
      "\nThen, in the configuration:\n" +
        "  data: { source: postgres, schema: example, any_age: true }\n" +
        "\nand:\n  osteon source check --config osteon.yaml\n  osteon run --config osteon.yaml",
    )
    .action(async ({ dir, patients, genes, schema, server = false }: DatabaseOptions) => {
      const { environment, terminal } = context;
      const { data } = configurationWith({
        data: {
          source: "demonstration",
          patients: wholeNumber(patients, "--patients", 30, 100_000),
          genes: wholeNumber(genes, "--genes", 50, 20_000),
        },
      });
      const address = server ? await serverIn(environment) : undefined;
      terminal.status("simulating patients and filling the database …");
      const filled = await fillDemonstrationDatabase({ data, schema, address, directory: dir, emptyDatabaseFile });
      terminal.line(`Filled the schema ${schema} of ${filled.place} with ${filled.patients} simulated patients.`);
    });
}

async function serverIn(environment: CommandContext["environment"]) {
  const address = await readDatabaseAddress(configurationWith({ data: { source: "postgres" } }), environment);
  if (address !== undefined) return address;
  const allowed = "a database server named by DATABASE_URL or DB_HOST, and neither is set";
  throw osteonError("configuration.option", { option: "--server", allowed, command: "demo database" });
}

function wholeNumber(text: string, option: string, minimum: number, maximum: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (value >= minimum && value <= maximum) return value;
  const allowed = `a whole number of ${minimum} to ${maximum}`;
  throw osteonError("configuration.option", { option, allowed, command: "demo database" });
}
