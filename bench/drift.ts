// How often drift is reported where nothing drifts, and where something stated does.
//
//   node bench/drift.ts [--repeats 100] [--permutations 1999] [--seed 1] [--sequences 200] [--parts still,moved,monthly] [--json]
//
// still, moved: simulated cohorts of 20, 50, 88 and 200 patients against 88, with the patients at hand and from what a
// sealed package keeps of them. Beside it the seed system's rules: PSI > 0.1 on average or of any variable, any
// Kolmogorov-Smirnov p < 0.05. monthly: monitors that look at three new patients a month for five years.
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
    parts: { type: "string", default: "still,moved,monthly" },
    json: { type: "boolean", default: false },
  },
});

const options = {
  repeats: Number(flags.repeats),
  permutations: Number(flags.permutations),
  seed: Number(flags.seed),
};
const parts = new Set(flags.parts.split(","));
const sizes = [20, 50, 88, 200];

const still = parts.has("still") ? await measureAll([noShift], options.repeats) : [];
const moved = parts.has("moved") ? await measureAll(plantedShifts, Math.ceil(options.repeats / 4)) : [];
const monthly = parts.has("monthly") ? await measureMonths(Number(flags.sequences)) : [];
const statements = [...still.flatMap(stateFalseAlarms), ...monthly.slice(0, 1).map(stateFalseAlarmsEver)];

if (flags.json) console.log(JSON.stringify({ rates: [...still, ...moved], monthly, statements }));
else
  console.log(
    [...describeRates([...still, ...moved]), ...describeMonths(monthly), formatStatements(statements)].join("\n\n"),
  );
if (statements.some(({ holds }) => !holds)) process.exitCode = 1;

async function measureAll(shifts: typeof plantedShifts, repeats: number): Promise<DriftRates[]> {
  const rates: DriftRates[] = [];
  for (const shift of shifts) {
    for (const current of sizes) rates.push(await measureDriftRates(shift, { ...options, repeats, current }));
  }
  return rates;
}

/** First where nothing drifts; second the same, with a comparison at each look. */
async function measureMonths(sequences: number): Promise<AlarmRates[]> {
  const years = { perMonth: 3, months: 60, seed: options.seed };
  const rates = [
    await measureAlarms(noShift, { ...years, repeats: sequences, compares: false }),
    await measureAlarms(noShift, { ...years, repeats: Math.ceil(sequences / 20), compares: true }),
  ];
  // Survival cannot be told of patients who have just come in.
  for (const shift of plantedShifts.filter(({ variable }) => variable !== "survival")) {
    rates.push(await measureAlarms(shift, { ...years, repeats: Math.ceil(sequences / 8), compares: false }));
  }
  return rates;
}

function percent(count: number, of: number): string {
  return `${((100 * count) / of).toFixed(0)} %`;
}

function describeRates(all: readonly DriftRates[]): string[] {
  if (all.length === 0) return [];
  const headings = ["shift", "patients", "repeats", "any alarm", "that variable", "from a package", "said no drift"];
  const rows = all.map((rates) => [
    rates.shift,
    String(rates.current),
    String(rates.repeats),
    ...[rates.alarms, rates.found, rates.packaged, rates.cleared].map((count) => percent(count, rates.repeats)),
    ...[rates.seedAverage, rates.seedAny, rates.seedDistance].map((count) => percent(count, rates.repeats)),
  ]);
  return [formatTable([...headings, "PSI > 0.1 on average", "PSI > 0.1 of any", "KS p < 0.05 of any"], rows)];
}

function describeMonths(all: readonly AlarmRates[]): string[] {
  if (all.length === 0) return [];
  const headings = ["shift, 3 patients a month", "repeats", "alarm within 5 years", "months until, median (80 % by)"];
  const rows = all.map(({ shift, repeats, alarms, delays, repeatedComparison }) => [
    shift,
    String(repeats),
    percent(alarms, repeats),
    describeDelays(delays, repeats),
    repeatedComparison === null ? "" : percent(repeatedComparison, repeats),
  ]);
  return [formatTable([...headings, "monthly comparison at 5 %"], rows)];
}

/** Of all repeats, those without an alarm last. */
function describeDelays(delays: readonly number[], repeats: number): string {
  const sorted = delays.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * repeats) - 1] ?? "over 60";
  return delays.length === 0 ? "" : `${at(0.5)} (${at(0.8)})`;
}
