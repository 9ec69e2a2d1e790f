// How often drift is reported where nothing drifts, and where something stated does.
//
//   node bench/drift.ts [--repeats 100] [--permutations 1999] [--seed 1] [--json]
//
// Simulated cohorts of 20, 50, 88 and 200 patients against 88. Beside it the seed system's rule, PSI > 0.1 on average.
// Ends with 1 where false alarms are certainly over 5 %.
import { parseArgs } from "node:util";
import { measureDriftRates, noShift, plantedShifts, stateFalseAlarms } from "./measures/drift.ts";
import { formatStatements, formatTable } from "./measures/text-table.ts";

const { values: flags } = parseArgs({
  options: {
    repeats: { type: "string", default: "100" },
    permutations: { type: "string", default: "1999" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});

const options = {
  repeats: Number(flags.repeats),
  permutations: Number(flags.permutations),
  seed: Number(flags.seed),
};
const sizes = [20, 50, 88, 200];
const still = sizes.map((current) => measureDriftRates(noShift, { ...options, current }));
const fewer = { ...options, repeats: Math.ceil(options.repeats / 4) };
const moved = plantedShifts.flatMap((shift) => sizes.map((current) => measureDriftRates(shift, { ...fewer, current })));
const statements = still.map(stateFalseAlarms);

if (flags.json) {
  console.log(JSON.stringify({ rates: [...still, ...moved], statements }));
} else {
  const percent = (count: number, of: number) => `${((100 * count) / of).toFixed(0)} %`;
  console.log(
    formatTable(
      [
        "shift",
        "patients",
        "repeats",
        "any alarm",
        "that variable",
        "said no drift",
        "seed's rule",
        "seed's, any variable",
      ],
      [...still, ...moved].map((rates) => [
        rates.shift,
        String(rates.current),
        String(rates.repeats),
        percent(rates.alarms, rates.repeats),
        percent(rates.found, rates.repeats),
        percent(rates.cleared, rates.repeats),
        percent(rates.seedAverage, rates.repeats),
        percent(rates.seedAny, rates.repeats),
      ]),
    ),
  );
  console.log();
  console.log(formatStatements(statements));
}
if (statements.some(({ holds }) => !holds)) process.exitCode = 1;
