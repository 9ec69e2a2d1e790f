import { profileSchema, describeAllowedValues, type Profile } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { generateCohort, worthOfModel } from "@osteon/pipeline";
import type { Command } from "commander";
import { describeAsked } from "../audit/describe-asked.ts";
import { withAudit } from "../audit/open-audit.ts";
import type { CommandContext } from "../command-context.ts";
import { configurationFrom } from "../configuration/read-configuration.ts";
import { keysOf } from "../keys/command-keys.ts";
import { openModel } from "../open-model.ts";
import { countOf } from "../terminal/amounts.ts";
import { osteonVersion } from "../version.ts";

interface GenerateOptions {
  readonly model: string;
  readonly config?: string;
  readonly key?: string;
  readonly count: string;
  readonly seed: string;
  readonly replicates: string;
  readonly out: string;
  readonly replace?: boolean;
  readonly survivalTime?: string;
  readonly eventOccurred?: string;
  readonly age?: string;
  readonly metastasis?: string;
  readonly json?: boolean;
}

/** `osteon generate`: synthetic patients as files. */
export function addGenerateCommand(program: Command, context: CommandContext): void {
  const { survival_time, event_occurred, age, metastasis } = profileSchema.shape;
  program
    .command("generate")
    .summary("write synthetic patients of a model as CSV files")
    .description(
      "Generates synthetic patients into a folder: clinical data, mutations, copy number, expression, pathway scores " +
        "and a provenance file.\n\n" +
        "A condition that is left out is drawn from its distribution given the others. The same model, seed and " +
        "conditions give the same patients, to the bit.\n\n" +
        "provenance.json says how many real patients the synthetic ones are worth, and how to come by honest intervals. " +
        "Replicates are folders of their own, replicate-1 and so on; all come from the one model.",
    )
    .requiredOption("-m, --model <path>", "run directory or sealed package")
    .requiredOption("-o, --out <directory>", "folder to write; must not hold anything else")
    .option("-c, --config <file>", "configuration; its groups encryption and audit are used")
    .option("-k, --key <file>", "identity file that opens the package; by default the run's own")
    .option("-n, --count <patients>", "how many, 1 to 1,000,000", "100")
    .option("--replicates <m>", "files of so many patients each, 1 to 100; 5 or more to see the noise of drawing", "1")
    .option("--seed <integer>", "0 to 2^53 − 1", "1")
    .option("--survival-time <days>", `since diagnosis, ${describeAllowedValues(survival_time)}`)
    .option("--event-occurred <code>", "1: died at the survival time; 0: alive then")
    .option("--age <years>", `age at diagnosis, ${describeAllowedValues(age)}`)
    .option("--metastasis <code>", "at diagnosis: 1 yes, 0 no")
    .option("--replace", "replace an earlier export in that folder")
    .option("--json", "print what was written as JSON on standard output")
    .addHelpText(
      "after",
      "\nExample: 50 patients who are alive at 2,000 days\n" +
        "  osteon generate --model osteon-data/run --out alive --count 50 \\\n" +
        "    --survival-time 2000 --event-occurred 0",
    )
    .action(async (options: GenerateOptions) => {
      const profile: Profile = {
        ...field("survival_time", "--survival-time", options.survivalTime, survival_time),
        ...field("event_occurred", "--event-occurred", options.eventOccurred, event_occurred),
        ...field("age", "--age", options.age, age),
        ...field("metastasis", "--metastasis", options.metastasis, metastasis),
      };
      const count = integer("--count", options.count, 1, 1_000_000);
      const seed = integer("--seed", options.seed, 0, Number.MAX_SAFE_INTEGER);
      const replicates = integer("--replicates", options.replicates, 1, 100);
      const configuration = await configurationFrom(options.config, context.environment);
      const keys = keysOf(context, configuration);
      const { synthesiser, package: opened } = await openModel(options.model, options.key, keys);
      const generation = {
        synthesiser,
        worth: worthOfModel(opened),
        profile,
        count,
        replicates,
        seed,
        directory: options.out,
        osteonVersion,
        replace: options.replace ?? false,
        signal: context.signal,
        progress: (message: string) => context.terminal.status(message),
      };
      const { modelVersion } = synthesiser;
      await withAudit({ configuration, registry: undefined }, context, ({ log, principal, profileKey }) => {
        if (profileKey === undefined) return generateCohort(generation);
        const asked = describeAsked(profile, seed, profileKey);
        const detail = { model: modelVersion, patients: count * replicates, replicates, format: "csv", ...asked };
        return log.during({ action: "patients.exported", principal, detail }, () => generateCohort(generation));
      });
      if (options.json)
        context.print(JSON.stringify({ directory: options.out, count, replicates, seed, profile, modelVersion }));
      else
        context.terminal.line(
          `${countOf(count * replicates, "synthetic patient is", "synthetic patients are")} in ${options.out}.`,
        );
    });
}

type ProfileField = keyof Profile;

/** One condition, checked by the same schema as the service's. */
function field<K extends ProfileField>(
  name: K,
  option: string,
  text: string | undefined,
  schema: (typeof profileSchema.shape)[K],
): Partial<Pick<Profile, K>> {
  if (text === undefined) return {};
  const parsed = schema.safeParse(
    /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN,
  );
  if (!parsed.success) {
    throw osteonError("configuration.option", { option, allowed: describeAllowedValues(schema), command: "generate" });
  }
  return { [name]: parsed.data } as Partial<Pick<Profile, K>>;
}

function integer(option: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) {
    const allowed = `a whole number of ${least.toLocaleString("en")} to ${most.toLocaleString("en")}`;
    throw osteonError("configuration.option", { option, allowed, command: "generate" });
  }
  return value;
}
