import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Configuration } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import type { EvaluationReport } from "@osteon/evaluation";
import { gateVerdictOf, readRunManifest, runLayout, type RunManifest } from "@osteon/pipeline";
import type { Command } from "commander";
import type { CommandContext } from "../command-context.ts";
import { configurationWith, readConfiguration } from "../configuration/read-configuration.ts";
import { executeRun } from "./execute-run.ts";

interface ValidateOptions {
  readonly run: string;
  readonly config?: string;
  readonly families?: string;
  readonly json?: boolean;
}

/** `osteon validate`: the scores of a run and whether its model may be released. */
export function addValidateCommand(program: Command, context: CommandContext): void {
  program
    .command("validate")
    .summary("judge a run's model; exit code 0 if it passes the release gate, 3 if not")
    .description(
      "Compares what a run's model generates with real patients whom it has not seen, over repeated splits, and says " +
        "whether the model may be released and why.\n\n" +
        "A validation that the run holds is kept where nothing it depends on has changed. After another one the model " +
        "is sealed again, with the new scores.",
    )
    .requiredOption("-r, --run <directory>", "run directory, trained")
    .option("-c, --config <file>", "configuration; by default the options that the run was made with")
    .option("--families <which>", "released, or all to judge the other architectures beside it")
    .option("--json", "print the evaluation as JSON on standard output, in place of the table")
    .addHelpText("after", "\nExample:\n  osteon validate --run osteon-data/run --families all")
    .action(async ({ run, config, families, json }: ValidateOptions) => {
      const manifest = await readRunManifest(join(run, runLayout.manifest));
      if (!manifest) throw osteonError("configuration.model-path", { path: run });
      const given =
        config === undefined ? configurationOf(manifest) : await readConfiguration(config, context.environment);
      await executeRun(
        {
          configuration: {
            ...given,
            validation: { ...given.validation, families: parseFamilies(families) ?? given.validation.families },
          },
          directory: run,
          steps: ["validate", "report", "seal"],
        },
        context,
      );
      const place = join(run, runLayout.validation);
      const text = await readFile(place, "utf8");
      context.print(json ? text : await readFile(join(run, runLayout.validationTable), "utf8"));
      const { passed, reasons } = gateVerdictOf(JSON.parse(text) as EvaluationReport);
      if (passed === true) return;
      throw osteonError("pipeline.gate", { reasons: reasons.join(" ").replace(/\.$/, ""), report: place });
    });
}

/**
 * The options of a run's steps as a configuration: those that validating depends on. What the run was not told by its
 * content, such as the folder of a study, is not among them.
 */
function configurationOf({ steps, patientDataInPlain }: RunManifest): Configuration {
  if (steps.train?.inputs["pretraining"] !== undefined) {
    const allowed = "the run's configuration: it names the cohort that the network was trained on first";
    throw osteonError("configuration.option", { option: "--config", allowed, command: "validate" });
  }
  const { required: _, ...features } = steps.features?.options ?? {};
  const { minimum_set_genes: __, smallest_cell, ...training } = steps.train?.options ?? {};
  return configurationWith({
    cohort: steps.check?.options,
    features,
    training,
    ...(typeof smallest_cell === "number" && { generation: { smallest_cell } }),
    validation: steps.validate?.options,
    ...(patientDataInPlain && { encryption: { enabled: false, i_accept_patient_data_in_plain_files: true } }),
  });
}

function parseFamilies(text: string | undefined): Configuration["validation"]["families"] | undefined {
  if (text === undefined || text === "released" || text === "all") return text;
  throw osteonError("configuration.option", { option: "--families", allowed: "released or all", command: "validate" });
}
