// The model families side by side: every metric that exists, over repeated splits of real and simulated cohorts.
//
//   node bench/families.ts [--set families|diffusion] [--splits 5] [--repeats 10] [--cohort DIR] [--gene-sets FILE]
//                          [--only demonstration|TPM|ranks|bend] [--json]
//
// `families` compares the families as they are, and networks trained on regardless of what held-out patients say of it;
// `diffusion` is the ablation of the diffusion model's choices: guidance and biological loss terms. The study is by
// default ../shared/data/os_target_study with the Hallmark sets beside it; where it is absent it is passed over.
import { parseArgs } from "node:util";
import { listBenchmarkCohorts } from "./measures/benchmark-cohorts.ts";
import { variantSets } from "./measures/family-variants.ts";
import { measureFamilySplits, type SplitMeasurement } from "./measures/family-splits.ts";
import { formatSummary, summariseSplits, type Reading } from "./measures/summarise-splits.ts";
import { formatTable } from "./measures/text-table.ts";

const { values } = parseArgs({
  options: {
    set: { type: "string", default: "families" },
    splits: { type: "string", default: "5" },
    repeats: { type: "string", default: "10" },
    cohort: { type: "string", default: "../shared/data/os_target_study" },
    "gene-sets": { type: "string", default: "../shared/data/genesets/hallmark.gmt" },
    only: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const variants = variantSets[values.set];
if (!variants) throw new Error(`--set is one of ${Object.keys(variantSets).join(", ")}`);
const settings = { splits: Number(values.splits), repeats: Number(values.repeats), syntheticPatients: 500 };
const metricOf =
  (name: string): Reading =>
  ({ report }) =>
    report.metrics.find((metric) => metric.name === name)?.synthetic.value ?? null;

const results = [];
for (const { name, complete, geneSets } of await listBenchmarkCohorts(values.cohort, values["gene-sets"])) {
  if (values.only !== undefined && values.only !== name) continue;
  const measurements: SplitMeasurement[] = [];
  for await (const measurement of measureFamilySplits(complete, variants, { ...settings, geneSets })) {
    measurements.push(measurement);
    console.error(`${name}: split ${measurement.split + 1}, ${measurement.variant}`);
  }
  results.push({ cohort: name, patients: complete.patientIds.length, measurements });
  if (!values.json) printCohort(name, complete.patientIds.length, measurements);
}
if (values.json) console.log(JSON.stringify(results, undefined, 2));

function printCohort(name: string, patients: number, measurements: readonly SplitMeasurement[]): void {
  const readings: [string, Reading, number?][] = [
    ["calibrated score", ({ report }) => report.biologicalScore.calibrated],
    ...measurements[0]!.report.metrics.map(({ name: metric, title }): [string, Reading] => [title, metricOf(metric)]),
    ["membership AUC", ({ report }) => report.memorisation.membershipAuc.synthetic],
    ["near copies", ({ report }) => report.memorisation.copies.synthetic?.near ?? null],
    ["epochs", ({ training }) => training?.epochs ?? null, 0],
    ["epoch kept (−1: none)", ({ training }) => training?.bestEpoch ?? null, 0],
    ["fit, seconds", ({ fitSeconds }) => fitSeconds, 1],
  ];
  const of = (variant: string) => measurements.filter((measurement) => measurement.variant === variant);
  console.log(`\n${name}: ${patients} patients, ${settings.splits} splits 70/30; mean ± standard error over splits\n`);
  const real: Readonly<Record<string, Reading>> = Object.fromEntries(
    measurements[0]!.report.metrics.map(({ name: metric, title }) => [
      title,
      ({ report }: SplitMeasurement) => report.metrics.find((m) => m.name === metric)?.freshReal.value ?? null,
    ]),
  );
  const first = variants![0]!.name;
  console.log(
    formatTable(
      ["", "fresh real", ...variants!.map((variant) => variant.name)],
      readings.map(([title, read, digits]) => [
        title,
        real[title] ? formatSummary(summariseSplits(of(first), real[title])) : "–",
        ...variants!.map((variant) => formatSummary(summariseSplits(of(variant.name), read), digits)),
      ]),
    ),
  );
}
