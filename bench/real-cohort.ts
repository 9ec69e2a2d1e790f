// The main job on a real cohort, and whether what its model generates agrees with the patients.
//
//   node bench/real-cohort.ts [--cohort DIR] [--expression-profile FILE] [--gene-sets FILE] [--fits 5]
//     [--validation] [--json]
//
// Without --expression-profile, every data_mrna*.txt of the study in turn. --fits: how many other seeds to fit
// with, beside the run's. --validation prints the run's own table. Ends with 1 where a claim fails.
import { existsSync, readdirSync } from "node:fs";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { formatEvaluationTable } from "@osteon/evaluation";
import { measureStudy, stateStudy, type StudyMeasurement } from "./measures/real-cohort.ts";
import { formatStatements, formatTable } from "./measures/text-table.ts";

const shared = fileURLToPath(new URL("../../shared/data", import.meta.url));

const { values: flags } = parseArgs({
  options: {
    cohort: { type: "string", default: join(shared, "os_target_study") },
    "expression-profile": { type: "string" },
    "gene-sets": { type: "string" },
    fits: { type: "string", default: "5" },
    validation: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

const study = resolve(flags.cohort);
if (!existsSync(study)) {
  console.error(`There is no study folder at ${study}: give one with --cohort DIR.`);
  process.exit(2);
}
const hallmark = join(shared, "genesets", "hallmark.gmt");
const geneSets = flags["gene-sets"] ?? (existsSync(hallmark) ? hallmark : undefined);
const profiles = flags["expression-profile"]
  ? [flags["expression-profile"]]
  : readdirSync(study).filter((name) => /^data_mrna.*\.txt$/.test(name));

const results: Record<string, StudyMeasurement> = {};
for (const expressionProfile of profiles) {
  await using temporary = await mkdtempDisposable(join(tmpdir(), "osteon-bench-"));
  const request = { study, expressionProfile, geneSets, directory: temporary.path };
  const measured = await measureStudy(request, Number(flags.fits));
  results[expressionProfile] = measured;
  if (Object.values(stateStudy(measured)).some(({ holds }) => !holds)) process.exitCode = 1;
  if (!flags.json) print(expressionProfile, measured);
}
if (flags.json) console.log(JSON.stringify(results));

function print(profile: string, measured: StudyMeasurement): void {
  const share = (value: number) => `${(100 * value).toFixed(1)} %`;
  const { realHazardRatio: real, syntheticHazardRatio: drawn, expression, validation } = measured;
  console.log(
    `\n${profile}: ${measured.trainingPatients} complete patients, ${measured.deaths} deaths; ` +
      `${measured.syntheticPatients.toLocaleString("en")} unconditional synthetic patients\n`,
  );
  console.log(
    formatTable(
      ["gene", "alteration", "trained on", "frequency", "synthetic", "95 % interval", ""],
      measured.frequencies
        .filter(({ altered, inside }) => altered > 0 || !inside)
        .toSorted((a, b) => a.alteration.localeCompare(b.alteration) || b.altered / b.known - a.altered / a.known)
        .map(({ gene, alteration, altered, known, synthetic, lower, upper, inside }) => [
          gene,
          alteration,
          `${altered} of ${known}`,
          share(altered / known),
          share(synthetic),
          `${share(lower)} to ${share(upper)}`,
          inside ? "" : "OUTSIDE",
        ]),
    ),
  );
  const never = measured.frequencies.filter(({ altered, inside }) => altered === 0 && inside);
  console.log(
    `and ${never.length} alterations that no patient has: at most ` +
      `${share(Math.max(0, ...never.map(({ synthetic }) => synthetic)))} of the synthetic ones do.\n`,
  );
  const interval = ({ value, lower, upper }: typeof real) =>
    `${value.toFixed(2)} (${lower.toFixed(2)} to ${upper.toFixed(2)})`;
  console.log(`Metastasis hazard ratio: real ${interval(real)}, synthetic ${interval(drawn)}`);
  console.log(
    `and of ${measured.refittedHazardRatios.length} fits with other seeds: ` +
      `${measured.refittedHazardRatios.map((value) => value.toFixed(2)).join(", ")}\n`,
  );
  console.log(
    formatTable(
      ["Kaplan–Meier", "patients", "inside, even times", "inside, deaths", "largest difference"],
      measured.coverage.map(({ stratum, realPatients, evenTimes, deathTimes, largestDifference }) => [
        stratum,
        String(realPatients),
        share(evenTimes),
        share(deathTimes),
        largestDifference.toFixed(3),
      ]),
    ),
  );
  console.log();
  console.log(
    formatTable(
      ["metastatic, of", "asked alive at t", "followed beyond t", "z", "asked dead at t"],
      measured.aliveMeaning.map(({ timeDays, askedAlive, followedBeyond, zScore, askedDead }) => [
        `t = ${timeDays} days`,
        share(askedAlive),
        share(followedBeyond),
        zScore.toFixed(1),
        share(askedDead),
      ]),
    ),
  );
  const number = (value: number | null) => (value === null ? "–" : value.toFixed(2));
  console.log(
    `\nAgainst the patients trained on: gene–gene correlations r ${number(expression.geneCorrelation)}; ` +
      `pathway correlations r ${number(expression.pathwayCorrelation)}; coherence of ${expression.measuredSets} gene ` +
      `sets r ${number(expression.coherence)}, mean ${number(expression.realCoherence)} real, ` +
      `${number(expression.syntheticCoherence)} synthetic`,
  );
  const { biologicalScore, memorisation, memorisationFlags } = validation.families[0]!;
  console.log(
    `Against held-out patients: calibrated biological score ${number(biologicalScore.calibrated)} ` +
      `(${number(biologicalScore.lower)} to ${number(biologicalScore.upper)}); membership AUC ` +
      `${number(memorisation.membershipAuc.synthetic)}; ${memorisationFlags.length} memorisation flags`,
  );
  const steps = Object.entries(measured.manifest.steps).map(
    ([name, step]) => `${name} ${((step.durationMs ?? 0) / 1000).toFixed(1)} s`,
  );
  console.log(`The run: ${steps.join(", ")}\n`);
  if (flags.validation) console.log(`${formatEvaluationTable(validation)}\n`);
  console.log(formatStatements(Object.values(stateStudy(measured))));
}
