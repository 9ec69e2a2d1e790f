import { join } from "node:path";
import type { EvaluationReport } from "@osteon/evaluation";
import { fitFactorCopula, loadModel, type Family } from "@osteon/generator";
import { packageOfRun, runLayout, type RunManifest } from "@osteon/pipeline";
import { readIdentity, readPackage } from "@osteon/registry";
import { compareFrequencies, type FrequencyComparison } from "./alteration-frequencies.ts";
import {
  measureAliveMeaning,
  measureProfileFidelity,
  type AliveMeaning,
  type ProfileFidelity,
} from "./condition-fidelity.ts";
import { measureExpressionAgreement, type ExpressionAgreement } from "./expression-agreement.ts";
import type { Statement } from "./statement.ts";
import {
  estimateMetastasisHazardRatio,
  measureBandCoverage,
  type BandCoverage,
  type HazardRatio,
} from "./survival-agreement.ts";
import {
  readResult,
  readRunGeneSets,
  readTrainingPatients,
  trainOnStudy,
  type StudyRequest,
} from "./train-on-study.ts";

/** What a model of a study was found to do, beside the patients that it was trained on. */
export interface StudyMeasurement {
  readonly manifest: RunManifest;
  readonly trainingPatients: number;
  readonly deaths: number;
  readonly syntheticPatients: number;
  readonly frequencies: readonly FrequencyComparison[];
  readonly realHazardRatio: HazardRatio;
  readonly syntheticHazardRatio: HazardRatio;
  /** The synthetic hazard ratio of further fits to the same patients with other seeds: the fit is stochastic. */
  readonly refittedHazardRatios: readonly number[];
  readonly coverage: readonly BandCoverage[];
  readonly fidelity: readonly ProfileFidelity[];
  readonly aliveMeaning: readonly AliveMeaning[];
  readonly expression: ExpressionAgreement;
  readonly validation: EvaluationReport;
}

const syntheticPatients = 10_000;
/** Chance alone exceeds it about once in 16,000 comparisons. */
const largestZScore = 4;

/**
 * Runs the whole main job on a study and measures what its sealed model generates.
 *
 * @param refits how many further fits, of other seeds, to look at
 */
export async function measureStudy(request: StudyRequest, refits: number): Promise<StudyMeasurement> {
  const seed = 1;
  const manifest = await trainOnStudy(request);
  const training = await readTrainingPatients(request);
  const identity = await readIdentity(join(request.directory, runLayout.identity));
  const { manifest: sealed, tensors, documents } = await readPackage(packageOfRun(request.directory), identity);
  const model = loadModel({
    family: sealed.family as Family,
    tensors,
    description: documents["model"] as Readonly<Record<string, unknown>>,
  });
  const synthetic = await model.sample({ conditions: {}, seed, firstIndex: 0, count: syntheticPatients });
  return {
    manifest,
    trainingPatients: training.patientIds.length,
    deaths: training.clinical.event.reduce((sum, event) => sum + event, 0),
    syntheticPatients,
    frequencies: compareFrequencies(training, synthetic),
    realHazardRatio: estimateMetastasisHazardRatio(training),
    syntheticHazardRatio: estimateMetastasisHazardRatio(synthetic),
    refittedHazardRatios: Array.from({ length: refits }, (_, k) => {
      const { model: refitted } = fitFactorCopula(training, { seed: seed + 1 + k });
      const sample = { conditions: {}, seed, firstIndex: 0, count: syntheticPatients };
      return estimateMetastasisHazardRatio(refitted.sample(sample)).value;
    }),
    coverage: measureBandCoverage(training, synthetic),
    fidelity: await measureProfileFidelity(model, seed),
    aliveMeaning: await measureAliveMeaning(model, synthetic, [300, 800, 2000], seed + 1),
    expression: measureExpressionAgreement(training, synthetic, await readRunGeneSets(request), seed),
    validation: await readResult<EvaluationReport>(request, runLayout.validation),
  };
}

/** What has to hold of a study's model. */
export function stateStudy(measured: StudyMeasurement) {
  const { frequencies, realHazardRatio: real, fidelity, aliveMeaning } = measured;
  const outside = frequencies.filter(({ inside }) => !inside);
  const hazardRatios = [measured.syntheticHazardRatio.value, ...measured.refittedHazardRatios];
  const everyone = measured.coverage.find(({ stratum }) => stratum === "all")!;
  const coverage = Math.min(everyone.evenTimes, everyone.deathTimes);
  const departing = fidelity.reduce((sum, { departing: count }) => sum + count, 0);
  const zScore = Math.max(...aliveMeaning.map((meaning) => Math.abs(meaning.zScore)));
  const moreMetastaticWhenDead = aliveMeaning.every(({ askedAlive, askedDead }) => askedDead > askedAlive);
  return {
    frequencies: {
      claim: "alteration frequencies within binomial noise of the training ones",
      seen:
        outside.length === 0
          ? `all ${frequencies.length} within`
          : `outside: ${outside.map(({ gene, alteration }) => `${gene} ${alteration}`).join(", ")}`,
      allowed: "none outside its 95 % interval",
      holds: outside.length === 0,
    },
    hazardRatio: {
      claim: "metastasis hazard ratio within the real 95 % interval",
      seen: hazardRatios.map((value) => value.toFixed(2)).join(", "),
      allowed: `${real.lower.toFixed(2)} to ${real.upper.toFixed(2)}`,
      holds: hazardRatios.every((value) => value >= real.lower && value <= real.upper),
    },
    kaplanMeier: {
      claim: "Kaplan–Meier within the real 95 % band",
      seen: `${(100 * coverage).toFixed(0)} % of times`,
      allowed: "90 % or more",
      holds: coverage >= 0.9,
    },
    profiles: {
      claim: "profiles honoured",
      seen: `${departing} patients depart from theirs`,
      allowed: "none",
      holds: departing === 0,
    },
    aliveMeaning: {
      claim: "alive at t: as often metastatic as those followed beyond t",
      seen: `within ${zScore.toFixed(1)} standard errors`,
      allowed: `${largestZScore}, and more often so where dead at t`,
      holds: zScore <= largestZScore && moreMetastaticWhenDead,
    },
  } satisfies Record<string, Statement>;
}
