// Whether a fitted model can pass the release gate at all: the factor copula of many simulated patients and few genes.
//
//   node bench/good-model.ts [--patients 2000] [--genes 60] [--splits 6] [--shadows 0] [--json]
//
// Every file compared has as many patients as a split trains on. With --shadows (a multiple of 4 from 16 on; 96 answer
// for the worst of 2,000 patients) privacy is attacked too, which takes a fit for each. Without, it is left out.
import { parseArgs } from "node:util";
import {
  completePatients,
  selectPatients,
  simulateDemonstrationCohort,
  splitCohort,
  type Cohort,
} from "@osteon/cohort";
import { assessPrivacy, evaluateRepeatedly, formatEvaluationTable, scoreByClosestRecord } from "@osteon/evaluation";
import { osteosarcomaGeneSets } from "@osteon/features";
import { fitFactorCopula } from "@osteon/generator";

const { values } = parseArgs({
  options: {
    patients: { type: "string", default: "2000" },
    genes: { type: "string", default: "60" },
    splits: { type: "string", default: "6" },
    shadows: { type: "string", default: "0" },
    json: { type: "boolean", default: false },
  },
});
const seed = 11;
const holdOutFraction = 0.3;
const shadows = Number(values.shadows);
const shadowRecords = 500;
const everyone = simulateDemonstrationCohort({
  patients: Number(values.patients),
  genes: Number(values.genes),
  seed,
}).cohort;
const complete = selectPatients(
  everyone,
  completePatients(everyone, ["survival", "age", "metastasis", "mutations", "expression"]),
);

async function draw(cohort: Cohort, index: number, count: number): Promise<Cohort> {
  const { model } = fitFactorCopula(cohort, { seed: index, geneSets: osteosarcomaGeneSets });
  return model.sample({ conditions: {}, seed: index, firstIndex: 0, count });
}

async function attack() {
  const rows = splitCohort(complete, { holdOutFraction, seed });
  const train = selectPatients(complete, rows.train);
  const scoreOf = scoreByClosestRecord(complete);
  return assessPrivacy({
    train,
    holdOut: selectPatients(complete, rows.holdOut),
    synthetic: await draw(train, 0, shadowRecords),
    seed,
    shadows: {
      patients: complete.patientIds.length,
      shadows,
      folds: 4,
      trainShadow: async (patientsIn, shadow) => {
        console.error(`shadow ${shadow + 1} of ${shadows}`);
        return scoreOf(await draw(selectPatients(complete, [...patientsIn]), shadow + 1, shadowRecords));
      },
    },
  });
}

const privacy = shadows === 0 ? null : await attack();
const report = await evaluateRepeatedly({
  complete,
  families: [{ family: "factor-copula", generate: (train, split, count) => draw(train, split + 1, count) }],
  geneSets: osteosarcomaGeneSets,
  seed,
  splits: Number(values.splits),
  syntheticPatients: complete.patientIds.length,
  privacy: privacy && {
    passed: privacy.gate.verdict === "cannot tell" ? null : privacy.gate.verdict === "passes",
    statement: privacy.gate.reasons.join("; ") || "no attack found anything",
  },
  onProgress: (message) => console.error(message),
});
if (values.json) console.log(JSON.stringify({ gate: report.gate, likelihoodRatio: privacy?.likelihoodRatio, report }));
else console.log(formatEvaluationTable(report));
const missed = report.gate.checks.filter(
  ({ name, passed }) => passed !== true && (privacy !== null || name !== "privacy"),
);
process.exitCode = missed.length === 0 ? 0 : 1;
