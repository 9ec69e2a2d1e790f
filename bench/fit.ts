// Time and peak memory of fitting the factor copula, on simulated cohorts.
//
//   node bench/fit.ts [--sizes 85x2500,1000x5000,1000x20000] [--repeats 3] [--json]
//
// Each fit has a process of its own, so the time includes the compiler's; the best of the repeats is shown.
import { mkdtempDisposable, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { encodeCohort } from "@osteon/cohort";
import { simulateTrainingCohort } from "./measures/simulated-training-cohort.ts";
import { formatTable } from "./measures/text-table.ts";
import { askProcess } from "./processes/ask-process.ts";
import type { FitAnswer, FitQuestion } from "./processes/fit-process.ts";

interface Target {
  readonly patients: number;
  readonly genes: number;
  readonly seconds: number;
  readonly mebibytes?: number;
}

/** On two cores. There is none for 1,000 × 5,000. */
const targets: readonly Target[] = [
  { patients: 85, genes: 2500, seconds: 2 },
  { patients: 1000, genes: 20_000, seconds: 60, mebibytes: 2048 },
];

const { values: flags } = parseArgs({
  options: {
    sizes: { type: "string", default: "85x2500,1000x5000,1000x20000" },
    repeats: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
  },
});

const sizes = flags.sizes.split(",").map((size) => {
  const [patients, genes] = size.split("x").map(Number);
  if (!Number.isInteger(patients) || !Number.isInteger(genes)) {
    throw new Error("--sizes takes PATIENTSxGENES, joined by commas");
  }
  return { patients: patients!, genes: genes! };
});
const repeats = Number(flags.repeats);
if (!(Number.isInteger(repeats) && repeats >= 1)) throw new Error("--repeats takes a whole number from 1 on");

const best: FitAnswer[] = [];
for (const { patients, genes } of sizes) {
  await using temporary = await mkdtempDisposable(join(tmpdir(), "osteon-bench-"));
  const cohortFile = join(temporary.path, "cohort.safetensors");
  await writeFile(cohortFile, encodeCohort(simulateTrainingCohort(patients, genes, 1)));
  const answers: FitAnswer[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const question: FitQuestion = { cohortFile, seed: 1 };
    answers.push(await askProcess<FitAnswer>(new URL("./processes/fit-process.ts", import.meta.url), question));
  }
  best.push(answers.reduce((a, b) => (b.seconds < a.seconds ? b : a)));
}

const targetOf = ({ patients, genes }: FitAnswer) =>
  targets.find((target) => target.patients === patients && target.genes === genes);
const isMissed = (fit: FitAnswer) => {
  const target = targetOf(fit);
  return target && (fit.seconds > target.seconds || fit.peakMebibytes > (target.mebibytes ?? Infinity));
};

if (flags.json) {
  console.log(JSON.stringify({ repeats, fits: best, targets }));
} else {
  const seconds = (value: number | undefined) => (value === undefined ? "–" : value.toFixed(2));
  console.log(`Fitting the factor copula, best of ${repeats}, each in a process of its own\n`);
  console.log(
    formatTable(
      [
        "patients × genes",
        "fit s",
        "target s",
        "of target",
        "CPU s",
        "peak MiB",
        "of it before",
        "target MiB",
        "anchors",
        "factors",
      ],
      best.map((fit) => {
        const target = targetOf(fit);
        return [
          `${fit.patients} × ${fit.genes}`,
          seconds(fit.seconds),
          target ? String(target.seconds) : "–",
          target ? `${((100 * fit.seconds) / target.seconds).toFixed(0)} %` : "–",
          seconds(fit.cpuSeconds),
          fit.peakMebibytes.toFixed(0),
          fit.startMebibytes.toFixed(0),
          target?.mebibytes ? String(target.mebibytes) : "–",
          String(fit.anchors),
          String(fit.factors),
        ];
      }),
    ),
  );
  const stages = Object.keys(best[0]?.stageSeconds ?? {});
  console.log("\nWhere the time goes, and the floor: reading the matrix once, and one product of (anchors + sketch) ×");
  console.log("patients × genes, as large as the sufficient statistics need. Seconds.\n");
  console.log(
    formatTable(
      ["patients × genes", ...stages, "floor: read", "floor: product", "fit / floor"],
      best.map((fit) => [
        `${fit.patients} × ${fit.genes}`,
        ...stages.map((stage) => seconds(fit.stageSeconds[stage])),
        fit.readSeconds.toFixed(3),
        fit.productSeconds.toFixed(3),
        (fit.seconds / (fit.readSeconds + fit.productSeconds)).toFixed(0),
      ]),
    ),
  );
  console.log(best.some(isMissed) ? "\nA target is MISSED." : "\nEvery target is reached.");
}
if (best.some(isMissed)) process.exitCode = 1;
