import { join } from "node:path";
import { osteonError } from "@osteon/errors";
import { createLogger } from "@osteon/observability";
import { runLayout } from "@osteon/pipeline";
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { configurationWith } from "../configuration/read-configuration.ts";
import { keysOf } from "../keys/command-keys.ts";
import { observabilityOf } from "../monitoring/monitoring-directory.ts";
import { openPackage } from "../open-model.ts";
import { reportRun } from "../report-run.ts";
import { catalogueOfModel } from "../web/single-model-catalogue.ts";
import { executeRun } from "./execute-run.ts";
import { loadIntoThreads } from "../serving/load-into-threads.ts";
import { parsePort } from "./port.ts";

interface QuickstartOptions {
  readonly cohort?: string;
  readonly expressionProfile?: string;
  readonly geneSets?: string;
  readonly out: string;
  readonly port: string;
  readonly serve: boolean;
}

/** `osteon quickstart`: the main job in one command, then the service. */
export function addQuickstartCommand(program: Command, context: CommandContext): void {
  program
    .command("quickstart")
    .summary("the main job in one command, then the service")
    .description(
      "Does the whole job with the defaults: trains, validates, seals, prints the table of scores and serves the model. " +
        "It takes a cBioPortal study folder, or else the built-in demonstration cohort of simulated patients.\n\n" +
        "A cohort of 30 to 99 patients is accepted, with a warning; a model that repeats one of them is not sealed.",
    )
    .option("--cohort <directory>", "cBioPortal study folder; the demonstration cohort if left out")
    .option("--expression-profile <name>", "stable_id or file name, where the study has several")
    .option("--gene-sets <file>", "GMT file; the built-in osteosarcoma sets if left out")
    .option("--out <directory>", "where results go", "osteon-data")
    .option("--port <number>", "port of the service, 0 for any free one", "8080")
    .option("--no-serve", "end after the table")
    .addHelpText(
      "after",
      "\nExamples:\n  osteon quickstart\n  osteon quickstart --cohort os_study --out results --no-serve",
    )
    .action(async (options: QuickstartOptions) => {
      // Not at the top: the web framework takes as long to load as all the rest.
      const [{ acceptTokens }, { readAcceptedTokens }, { assertPortFree, startService }] = await Promise.all([
        import("@osteon/service"),
        import("../api-tokens.ts"),
        import("../start-service.ts"),
      ]);
      const { terminal } = context;
      const directory = join(options.out, "run");
      refuseEmptyWords(options);
      const configuration = configurationWith({
        data:
          options.cohort === undefined
            ? { source: "demonstration" }
            : {
                source: "cbioportal",
                path: options.cohort,
                ...(options.expressionProfile !== undefined && { expression_profile: options.expressionProfile }),
              },
        cohort: { small_cohort: true },
        ...(options.geneSets !== undefined && { features: { gene_sets: options.geneSets } }),
        storage: { directory: join(options.out, "ledger") },
        observability: { directory: join(options.out, "monitoring") },
        service: { port: parsePort(options.port, "quickstart") },
      });
      const { host, port } = configuration.service;
      // Now, not after the work.
      if (options.serve && port !== 0) await assertPortFree(host, port);
      terminal.line(
        options.cohort === undefined
          ? "Osteon: the demonstration cohort. These patients are simulated; nobody real is in it."
          : `Osteon: the cBioPortal study in ${options.cohort}`,
      );
      const manifest = await executeRun({ configuration, directory }, context);
      await reportRun(directory, manifest, context);
      if (!options.serve) return;
      const logger = createLogger({ destination: join(options.out, "logs", "service.log") });
      const { opened } = await openPackage(directory, undefined, keysOf(context, configuration));
      await using model = await loadIntoThreads(opened, configuration.service.workers, logger);
      const tokens = await readAcceptedTokens({
        fromEnvironment: undefined,
        path: join(directory, runLayout.apiToken),
        option: "--out",
        create: true,
      });
      const { address, stopped } = await startService(
        {
          model: () => model,
          authenticator: acceptTokens(tokens.hashes),
          service: configuration.service,
          audit: undefined,
          observability: observabilityOf(configuration),
          alerts: configuration.alerts,
          sources: {},
          web: { catalogue: catalogueOfModel(opened) },
          logger,
        },
        context,
      );
      terminal.line("");
      terminal.line(`The service answers at ${address}   (Ctrl-C stops it)`);
      terminal.line(`The web application is at ${address}/app/   (sign in with what is in ${tokens.place})`);
      terminal.line(`  curl -H "Authorization: Bearer $(cat ${tokens.place})" -H 'Content-Type: application/json' \\`);
      terminal.line(`    -d '{"survival_time": 800, "event_occurred": 0, "age": 15}' ${address}/generate`);
      await stopped;
    });
}

/** `--cohort "$STUDY"` with STUDY not set must not become the demonstration. */
function refuseEmptyWords({ cohort, expressionProfile, geneSets, out }: QuickstartOptions): void {
  const refuse = (option: string, allowed: string): never => {
    throw osteonError("configuration.option", { option, allowed, command: "quickstart" });
  };
  if (cohort === "") refuse("--cohort", "a folder; the text given is empty");
  if (geneSets === "") refuse("--gene-sets", "a file; the text given is empty");
  if (out === "") refuse("--out", "a directory; the text given is empty");
  if (expressionProfile !== undefined && (cohort === undefined || expressionProfile === "")) {
    refuse("--expression-profile", "the name of a profile of the study that --cohort gives");
  }
}
