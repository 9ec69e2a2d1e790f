// How often drift is reported where nothing drifts, and where something stated does.
//
//   node bench/drift.ts [--repeats 100] [--permutations 1999] [--seed 1] [--sequences 200] [--json]
//
// Simulated cohorts of 20, 50, 88 and 200 patients against 88: with the patients at hand, and from what a sealed package
// keeps of them. Beside it the seed system's rules: PSI > 0.1 on average or of any variable, any Kolmogorov-Smirnov
// p < 0.05. Then monitors that look at three new patients a month for five years.
// Ends with 1 where false alarms are certainly over 5 %.
import { parseArgs } from "node:util";
import {
  measureAlarms,
  measureDriftRates,
  noShift,
  plantedShifts,
  stateFalseAlarms,
  stateFalseAlarmsEver,
  type AlarmRates,
  type DriftRates,
} from "./measures/drift.ts";
import { formatStatements, formatTable } from "./measures/text-table.ts";

const { values: flags } = parseArgs({
  options: {
    repeats: { type: "string", default: "100" },
    permutations: { type: "string", default: "1999" },
    seed: { type: "string", default: "1" },
    sequences: { type: "string", default: "200" },
    json: { type: "boolean", default: false },
  },
});

const options = {
  repeats: Number(flags.repeats),
  permutations: Number(flags.permutations),
  seed: Number(flags.seed),
};
const sizes = [20, 50, 88, 200];
const fewer = { ...options, repeats: Math.ceil(options.repeats / 4) };
const still: DriftRates[] = [];
for (const current of sizes) still.push(await measureDriftRates(noShift, { ...options, current }));
const moved: DriftRates[] = [];
for (const shift of plantedShifts) {
  for (const current of sizes) moved.push(await measureDriftRates(shift, { ...fewer, current }));
}
const monthly = { perMonth: 3, months: 60, seed: options.seed };
const sequences = Number(flags.sequences);
const quiet = await measureAlarms(noShift, { ...monthly, repeats: sequences, compares: false });
const compared = await measureAlarms(noShift, { ...monthly, repeats: Math.ceil(sequences / 20), compares: true });
const alarmed: AlarmRates[] = [];
// Survival cannot be told of patients who have just come in.
for (const shift of plantedShifts.filter(({ variable }) => variable !== "survival")) {
  alarmed.push(await measureAlarms(shift, { ...monthly, repeats: Math.ceil(sequences / 8), compares: false }));
}
const statements = [...still.flatMap(stateFalseAlarms), stateFalseAlarmsEver(quiet)];

if (flags.json) {
  console.log(JSON.stringify({ rates: [...still, ...moved], alarms: [quiet, compared, ...alarmed], statements }));
} else {
  const percent = (count: number, of: number) => `${((100 * count) / of).toFixed(0)} %`;
  const headings = ["shift", "patients", "repeats", "any alarm", "that variable", "from a package", "said no drift"];
  console.log(
    formatTable(
      [...headings, "PSI > 0.1 on average", "PSI > 0.1 of any", "KS p < 0.05 of any"],
      [...still, ...moved].map((rates) => [
        rates.shift,
        String(rates.current),
        String(rates.repeats),
        ...[rates.alarms, rates.found, rates.packaged, rates.cleared].map((count) => percent(count, rates.repeats)),
        ...[rates.seedAverage, rates.seedAny, rates.seedDistance].map((count) => percent(count, rates.repeats)),
      ]),
    ),
  );
  console.log();
  console.log(
    formatTable(
      [
        "shift, 3 patients a month",
        "repeats",
        "alarm within 5 years",
        "months until, median (80 % by)",
        "monthly comparison at 5 %",
      ],
      [quiet, compared, ...alarmed].map(({ shift, repeats, alarms, delays, repeatedComparison }) => [
        shift,
        String(repeats),
        percent(alarms, repeats),
        describeDelays(delays, repeats),
        repeatedComparison === null ? "" : percent(repeatedComparison, repeats),
      ]),
    ),
  );
  console.log();
  console.log(formatStatements(statements));
}
if (statements.some(({ holds }) => !holds)) process.exitCode = 1;

/** Of all repeats, those without an alarm last. */
function describeDelays(delays: readonly number[], repeats: number): string {
  const sorted = delays.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * repeats) - 1] ?? "over 60";
  return delays.length === 0 ? "" : `${at(0.5)} (${at(0.8)})`;
}
