// Whether a model fitted to simulated patients recovers what they were simulated from.
//
//   node bench/demonstration-truth.ts [--patients 2000] [--genes 600] [--seed 1] [--json]
//
// Tolerances are those for 2,000 patients. Ends with 1 where one is missed.
import { parseArgs } from "node:util";
import { measureTruth, stateTruth } from "./measures/demonstration-truth.ts";
import { formatStatements, formatTable } from "./measures/text-table.ts";

const { values: flags } = parseArgs({
  options: {
    patients: { type: "string", default: "2000" },
    genes: { type: "string", default: "600" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});

const measured = measureTruth({
  patients: Number(flags.patients),
  genes: Number(flags.genes),
  seed: Number(flags.seed),
});
const statements = stateTruth(measured);

if (flags.json) {
  console.log(JSON.stringify({ ...measured, statements }));
} else {
  console.log(
    `${measured.trainingPatients} complete simulated patients, ${measured.genes} genes, ${measured.factors} factors; ` +
      `${measured.syntheticPatients.toLocaleString("en")} synthetic patients\n`,
  );
  console.log(
    formatTable(
      ["correlations with a known value", "pairs", "error, RMS", "largest", "strong pairs", "slope of them"],
      [measured.anchors, measured.anchorsWithGenes, measured.genesSynthetic, measured.genesTraining].map((group) => [
        group.group,
        String(group.pairs),
        group.rootMeanSquareError.toFixed(3),
        group.largestError.toFixed(3),
        String(group.strongPairs),
        group.slope.toFixed(2),
      ]),
    ),
  );
  console.log();
  console.log(
    formatTable(
      ["hazard ratio", "truth", "synthetic", "trained on, 95 % interval"],
      measured.hazardRatios.map(({ name, truth, training, lower, upper, synthetic }) => [
        name,
        truth.toFixed(2),
        synthetic.toFixed(2),
        `${training.toFixed(2)} (${lower.toFixed(2)} to ${upper.toFixed(2)})`,
      ]),
    ),
  );
  console.log();
  console.log(
    formatTable(
      ["alive after three years", "truth", "synthetic", "trained on"],
      measured.threeYearSurvival.map(({ stratum, truth, training, synthetic }) => [
        stratum,
        truth.toFixed(3),
        synthetic.toFixed(3),
        training.toFixed(3),
      ]),
    ),
  );
  console.log(`\n${formatStatements(statements)}`);
}
if (statements.some(({ holds }) => !holds)) process.exitCode = 1;
