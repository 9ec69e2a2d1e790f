// Patients per second, on one core, with and without their pathway scores.
//
//   node bench/sampling.ts [--genes 2500] [--patients 85] [--counts 1,1000,100000] [--repeats 3] [--json]
//
// The model is fitted on simulated patients of the size given, then drawn from in a process of its own.
import { parseArgs } from "node:util";
import { fitFactorCopula } from "@osteon/generator";
import { simulateTrainingCohort } from "./measures/simulated-training-cohort.ts";
import { formatTable } from "./measures/text-table.ts";
import { askProcess } from "./processes/ask-process.ts";
import type { SamplingAnswer, SamplingQuestion, SamplingRate } from "./processes/sampling-process.ts";

/** Patients of 2,500 genes a second. */
const target = 5000;

const { values: flags } = parseArgs({
  options: {
    genes: { type: "string", default: "2500" },
    patients: { type: "string", default: "85" },
    counts: { type: "string", default: "1,1000,100000" },
    repeats: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
  },
});

function positive(option: string, text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 1)) throw new Error(`${option} takes whole numbers from 1 on`);
  return value;
}

const genes = positive("--genes", flags.genes);
const patients = positive("--patients", flags.patients);
const { model, rankChoice } = fitFactorCopula(simulateTrainingCohort(patients, genes, 1), { seed: 1 });
const question: SamplingQuestion = {
  saved: model.save(),
  counts: flags.counts.split(",").map((count) => positive("--counts", count)),
  repeats: positive("--repeats", flags.repeats),
};
const answer = await askProcess<SamplingAnswer>(new URL("./processes/sampling-process.ts", import.meta.url), question);

// The target is for files of patients; one at a time is the service's case.
const isMissed = ({ count, patientsPerSecond }: SamplingRate) => count >= 1000 && patientsPerSecond < target;

if (flags.json) {
  console.log(JSON.stringify({ genes, factors: rankChoice.rank, target, ...answer }));
} else {
  console.log(
    `Drawing patients of ${genes} genes from a model with ${rankChoice.rank} factors; ${answer.pathways} pathways; ` +
      `best of ${flags.repeats}, one core, at most 1,000 patients held at a time\n`,
  );
  console.log(
    formatTable(
      ["patients", "pathways", "patients/s", "of target", "time", "peak MiB"],
      answer.rates.map(({ count, pathways, patientsPerSecond, seconds, peakMebibytes }) => [
        count.toLocaleString("en"),
        pathways ? "scored" : "none",
        patientsPerSecond.toFixed(0),
        `${((100 * patientsPerSecond) / target).toFixed(0)} %`,
        seconds < 1 ? `${(seconds * 1000).toFixed(2)} ms` : `${seconds.toFixed(1)} s`,
        peakMebibytes.toFixed(0),
      ]),
    ),
  );
  console.log(`\nMemory before anything was drawn: ${answer.startMebibytes.toFixed(0)} MiB. Where the time goes:\n`);
  const whole = Object.values(answer.profile).reduce((sum, value: number) => sum + value, 0);
  console.log(
    formatTable(
      ["part", "µs a patient", "share"],
      Object.entries(answer.profile).map(([part, microseconds]: [string, number]) => [
        part,
        microseconds.toFixed(1),
        `${((100 * microseconds) / whole).toFixed(0)} %`,
      ]),
    ),
  );
  const verdict = answer.rates.some(isMissed) ? "MISSED" : "reached";
  console.log(`\n${target} patients/s from 1,000 patients on: ${verdict}`);
}
if (answer.rates.some(isMissed)) process.exitCode = 1;
