// How often a test of a true null rejects, and how often 95 % intervals hold the truth, for an analyst of synthetic files:
// taken for real, and with the combining rule and the effective sample size that an export states.
//
//   node bench/inference.ts [--cohorts 40] [--patients 85] [--synthetic 2000] [--replicates 5] [--refits 12] [--json]
//
// Ends with 1 where the stated rule covers too seldom, or taking a file for real does no harm.
import { parseArgs } from "node:util";
import { analyses, measureInference, median } from "./measures/inference.ts";
import { stateInference } from "./measures/state-inference.ts";
import { formatStatements, formatTable } from "./measures/text-table.ts";

const { values } = parseArgs({
  options: {
    cohorts: { type: "string", default: "40" },
    patients: { type: "string", default: "85" },
    synthetic: { type: "string", default: "2000" },
    replicates: { type: "string", default: "5" },
    refits: { type: "string", default: "12" },
    json: { type: "boolean", default: false },
  },
});

const measured = await measureInference({
  cohorts: Number(values.cohorts),
  patients: Number(values.patients),
  syntheticPatients: Number(values.synthetic),
  replicates: Number(values.replicates),
  refits: Number(values.refits),
  onCohort: (done) => process.stderr.write(`\r${done} of ${values.cohorts} cohorts`),
});
process.stderr.write("\n");
const statements = stateInference(measured);
if (values.json) {
  const scores = Object.fromEntries(measured.scores);
  console.log(JSON.stringify({ scores, worths: measured.worths, statements }));
} else {
  console.log(
    `${values.cohorts} simulated cohorts of ${values.patients}; ${values.replicates} files of ${values.synthetic} each\n`,
  );
  console.log(
    "Coverage of 95 % intervals (of true nulls 1 less the type-1 error); width beside that of training patients\n",
  );
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  console.log(
    formatTable(
      ["", ...analyses],
      [...measured.scores].map(([scored, row]) => [
        scored,
        ...analyses.map((analysis) => `${percent(row[analysis].coverage)} ${row[analysis].relativeWidth.toFixed(2)}`),
      ]),
    ),
  );
  console.log(`\nEffective sample size as stated, median of the cohorts\n`);
  console.log(
    formatTable(
      ["", "patients"],
      measured.worths[0]!.groups.map(({ group }, at) => [
        group,
        median(measured.worths.flatMap(({ groups }) => groups[at]!.effectivePatients ?? [])).toFixed(0),
      ]),
    ),
  );
  console.log(`\n${formatStatements(statements)}`);
}
if (statements.some(({ holds }) => !holds)) process.exitCode = 1;
