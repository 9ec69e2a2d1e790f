import type { RunManifest } from "@osteon/pipeline";
import type { Command } from "commander";
import { withAudit } from "../audit/open-audit.ts";
import type { CommandContext } from "../command-context.ts";
import { configurationFrom } from "../configuration/read-configuration.ts";
import { reportRun } from "../report-run.ts";
import { executeRun, parseSteps, readPatientIds } from "./execute-run.ts";

interface RunOptions {
  readonly config?: string;
  readonly run: string;
  readonly steps: string;
  readonly patients?: string;
  readonly json?: boolean;
}

/** The model that a run sealed, if it came so far. */
function modelOf({ steps: { seal } }: RunManifest): { readonly model?: string } {
  return seal?.status === "done" ? { model: String(seal.detail["modelVersion"]) } : {};
}

/** `osteon run`: the main job. */
export function addRunCommand(program: Command, context: CommandContext): void {
  program
    .command("run")
    .summary("read, de-identify, check, train, generate, validate, report and seal")
    .description(
      "Runs the main job in the steps load, deidentify, check, features, train, generate, validate, report, seal. " +
        "Without --config it takes the built-in demonstration cohort of simulated patients.\n\n" +
        "Each step writes its result into the run directory. It is kept, not repeated, while its inputs, its options " +
        "and the steps before it stay as they were: a run that was stopped goes on at the same command.",
    )
    .option("-c, --config <file>", "configuration; `osteon init` writes one")
    .option("-r, --run <directory>", "run directory, made if it is not there", "osteon-data/run")
    .option("-s, --steps <names>", "all, or some steps joined by commas; others' earlier results are used", "all")
    .option("-p, --patients <file>", "use only the source patients whose ids this file lists, one a line")
    .option("--json", "print the run's manifest as JSON on standard output, in place of the table")
    .addHelpText(
      "after",
      "\nThe file of the key that seals the results is named by OSTEON_KEY_FILE or\n" +
        "encryption.key_path, or encryption.key_command prints it; without any of them a\n" +
        "key is made in the run directory.\n" +
        "\nExamples:\n" +
        "  osteon init osteon.yaml\n" +
        "  osteon run --config osteon.yaml --run runs/first\n" +
        "  osteon run --config osteon.yaml --run runs/first --steps load,deidentify,check",
    )
    .action(async ({ config, run, steps, patients, json }: RunOptions) => {
      const configuration = await configurationFrom(config, context.environment);
      const request = {
        configuration,
        directory: run,
        steps: parseSteps(steps),
        ...(patients !== undefined && { patientIds: await readPatientIds(patients) }),
      };
      // The trail is that of its configuration: a run belongs to no registry.
      const manifest = await withAudit({ configuration, registry: undefined }, context, ({ log, principal }) =>
        log.during(
          { action: "run.executed", principal, detail: { steps: [...request.steps] } },
          () => executeRun(request, context),
          (done) => ({ steps: [...request.steps], ...modelOf(done) }),
        ),
      );
      if (json) context.print(JSON.stringify(manifest, null, 2));
      else await reportRun(run, manifest, context);
    });
}
