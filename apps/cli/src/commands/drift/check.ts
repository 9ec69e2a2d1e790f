import { randomInt } from "node:crypto";
import { mkdir } from "node:fs/promises";
import type { Configuration, DriftCheck } from "@osteon/contracts";
import { OsteonError, osteonError } from "@osteon/errors";
import { checkExtract, checkOutput, readDatabaseAddress, type OpenedReference } from "@osteon/pipeline";
import type { Command } from "commander";
import type { CommandContext } from "../../command-context.ts";
import { configurationFrom, configurationWith } from "../../configuration/read-configuration.ts";
import { keysOf } from "../../keys/command-keys.ts";
import { isRunDirectory, openPackage, openRunIdentity } from "../../open-model.ts";
import { recordCheck, recordFailure } from "../../drift/drift-records.ts";
import { openOnAir } from "../../registry/open-on-air.ts";
import { describeDrift } from "../../terminal/describe-drift.ts";
import { readPatientIds } from "../execute-run.ts";

interface CheckOptions {
  readonly against?: string;
  readonly registry?: string;
  readonly config?: string;
  readonly data?: string;
  readonly patients?: string;
  readonly output?: boolean;
  readonly served?: string;
  readonly count: string;
  readonly seed?: string;
  readonly state?: string;
  readonly record?: string;
  readonly key?: string;
  readonly json?: boolean;
}

/** `osteon drift check`. */
export function addCheckCommand(drift: Command, context: CommandContext): void {
  drift
    .command("check")
    .summary("compare a new extract, or a model's output; exit code 0, 6 or 7")
    .description(
      "Reads an extract, de-identifies it as a run does, and compares the patients who are new with those the model " +
        "was trained on. Nothing of the extract is kept.\n\n" +
        "With a state file each patient is counted once, and the alarm is valid however often the check is run; " +
        "without one it is a single comparison.\n\n" +
        "Exit code 0: stable. 6: watch, there are signs, or so few patients that a large change could be hidden. " +
        "7: drift.",
    )
    .option("-a, --against <path>", "run directory, or sealed package (default: what is on air in the registry)")
    .option("-r, --registry <directory>", "registry (default: osteon-data/registry); overrides registry.directory")
    .option("-c, --config <file>", "configuration that names the source of the extract")
    .option("-d, --data <directory>", "extract as a cBioPortal study, in place of a configuration")
    .option("-p, --patients <file>", "only the source patients whose ids this file lists, one a line")
    .option("--output", "check what the model gives, not patients")
    .option("--served <directory>", "with --output: patients that it gave; else it draws some now")
    .option("-n, --count <patients>", "with --output: how many, 5 to 10,000", "1000")
    .option("--seed <integer>", "with --output: of the patients drawn; by default another each time")
    .option("-s, --state <path>", "sealed file that remembers from check to check, or a folder for one of each model")
    .option("--record <directory>", "keep the answer there, for the service's page of drift and its metrics")
    .option("-k, --key <file>", "identity file that opens run or package; by default the run's own")
    .option("--json", "print the whole answer as JSON on standard output")
    .addHelpText(
      "after",
      "\nExample, once a week:\n" +
        "  osteon drift check --against osteon-data/run --config osteon.yaml \\\n" +
        "    --state osteon-data/drift.state",
    )
    .action(async (options: CheckOptions) => {
      const check = await recorded(options, () =>
        options.output ? checkModel(options, context) : checkPatients(options, context),
      );
      context.terminal.status("");
      context.print(options.json ? JSON.stringify(check, null, 2) : describeDrift(check));
      if (check.state === "stable") return;
      throw osteonError(check.state === "drift" ? "drift.found" : "drift.watch", {
        reasons: join(check.reasons.map(({ what }) => what)),
        next: join(check.next),
      });
    });
}

/** Keeps what comes of a check where that is asked for. */
async function recorded({ record, output }: CheckOptions, make: () => Promise<DriftCheck>): Promise<DriftCheck> {
  const question = output ? "output" : "input";
  // Before the state is looked for, which may be kept there too.
  if (record !== undefined) await mkdir(record, { recursive: true, mode: 0o700 });
  try {
    const check = await make();
    if (record !== undefined) await recordCheck(record, question, check);
    return check;
  } catch (error) {
    const code = error instanceof OsteonError ? error.code : "internal";
    if (record !== undefined) await recordFailure(record, question, code);
    throw error;
  }
}

/** Sentences as one message, which ends with a full stop of its own. */
function join(sentences: readonly string[]): string {
  return sentences.join(" ").replace(/\.$/, "");
}

async function checkPatients(options: CheckOptions, context: CommandContext): Promise<DriftCheck> {
  const { against, patients, state, key } = options;
  const { environment, signal, terminal } = context;
  refuseWith(options, ["served", "seed"], "given with --output alone");
  const configuration = configurationOfData(options, await configurationFrom(options.config, environment));
  const isRun = against !== undefined && isRunDirectory(against);
  return checkExtract({
    configuration,
    databaseAddress: await readDatabaseAddress(configuration, environment),
    against: isRun
      ? { run: against, identity: await openRunIdentity(against, key, keysOf(context, configuration)) }
      : await openReference(options, configuration, context),
    ...(patients !== undefined && { patientIds: await readPatientIds(patients) }),
    stateFile: state,
    signal,
    progress: (message) => terminal.status(`${message} …`),
  });
}

async function checkModel(options: CheckOptions, context: CommandContext): Promise<DriftCheck> {
  const { served, count, seed, state } = options;
  refuseWith(options, ["data", "patients"], "left out with --output");
  const configuration = await configurationFrom(options.config, context.environment);
  context.terminal.status("comparing what the model gives …");
  return checkOutput({
    ...(await openReference(options, configuration, context)),
    served,
    count: integer("--count", count, 5, 10_000),
    seed: seed === undefined ? randomInt(2 ** 47) : integer("--seed", seed, 0, Number.MAX_SAFE_INTEGER),
    stateFile: state,
    signal: context.signal,
  });
}

/** The package that is named, or the one on air. */
async function openReference(
  { against, registry, key }: CheckOptions,
  configuration: Configuration,
  context: CommandContext,
): Promise<OpenedReference> {
  if (against === undefined) return openOnAir({ registry, key }, configuration, context);
  const { opened, path, identity } = await openPackage(against, key, keysOf(context, configuration));
  return { opened, identity, file: path };
}

/** @throws `configuration.option` unless one of the options says where the extract is */
function configurationOfData({ config, data }: CheckOptions, configuration: Configuration): Configuration {
  if ((config === undefined) === (data === undefined)) {
    throw refusal("--config", "a file that says where the extract is; or else --data does, and one of them has to");
  }
  return data === undefined ? configuration : configurationWith({ data: { source: "cbioportal", path: data } });
}

function refuseWith(options: CheckOptions, names: readonly (keyof CheckOptions)[], allowed: string): void {
  const name = names.find((option) => options[option] !== undefined);
  if (name !== undefined) throw refusal(`--${name}`, allowed);
}

function refusal(option: string, allowed: string) {
  return osteonError("configuration.option", { option, allowed, command: "drift check" });
}

function integer(option: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw refusal(option, `a whole number of ${least.toLocaleString("en")} to ${most.toLocaleString("en")}`);
}
