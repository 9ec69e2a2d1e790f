import { completePatients, selectPatients, simulateDemonstrationCohort } from "@osteon/cohort";
import { applyFeatures, fitFeatures, osteosarcomaGeneSets } from "@osteon/features";
import { fitFactorCopula } from "@osteon/generator";
import {
  compareGeneCorrelations,
  compareModelCorrelations,
  type RecoveredCorrelations,
} from "./recovered-correlations.ts";
import {
  compareHazardRatios,
  compareThreeYearSurvival,
  type RecoveredHazardRatio,
  type RecoveredSurvival,
} from "./recovered-hazards.ts";
import type { Statement } from "./statement.ts";

/** What a model of simulated patients recovers of what they were made from. */
export interface TruthMeasurement {
  readonly trainingPatients: number;
  readonly genes: number;
  readonly factors: number;
  readonly syntheticPatients: number;
  readonly anchors: RecoveredCorrelations;
  readonly anchorsWithGenes: RecoveredCorrelations;
  /** Gene–gene correlations of the synthetic patients, and of the patients trained on for comparison. */
  readonly genesSynthetic: RecoveredCorrelations;
  readonly genesTraining: RecoveredCorrelations;
  readonly hazardRatios: readonly RecoveredHazardRatio[];
  readonly threeYearSurvival: readonly RecoveredSurvival[];
}

/**
 * What is allowed of a model of 1,800 complete patients, as absolute errors, shares of a size and factors.
 * Correlations of drivers with genes are shrunk on purpose (most drivers move few genes), so theirs may fade
 * more. A share alive has a standard error of 0.011, of metastatic patients 0.024: three of them and a little.
 */
const tolerances = {
  anchors: { rootMeanSquareError: 0.06, slope: 0.15 },
  anchorsWithGenes: { rootMeanSquareError: 0.03, slope: 0.2 },
  genesSynthetic: { rootMeanSquareError: 0.03, slope: 0.15 },
  /** Metastasis has 430 patients behind it, a standard error of 0.09 on the log scale. */
  hazardRatio: { metastasis: 1.3, other: 1.15 },
  threeYearSurvival: { all: 0.035, metastatic: 0.08, localised: 0.035 },
} as const;

const syntheticPatients = 20_000;

/** Fits a model to complete simulated patients out of `patients`, and compares it with the truth. */
export function measureTruth(options: {
  readonly patients: number;
  readonly genes: number;
  readonly seed: number;
}): TruthMeasurement {
  const { cohort, truth } = simulateDemonstrationCohort(options);
  const rows = completePatients(cohort, ["survival", "age", "metastasis", "mutations", "expression"]);
  const complete = selectPatients(cohort, rows);
  const training = applyFeatures(fitFeatures(complete), complete);
  const fit = fitFactorCopula(training, { seed: options.seed, geneSets: osteosarcomaGeneSets });
  const synthetic = fit.model.sample({ conditions: {}, seed: options.seed, firstIndex: 0, count: syntheticPatients });
  const { anchors, genes } = compareModelCorrelations(fit, truth);
  return {
    trainingPatients: training.patientIds.length,
    genes: training.expression.genes.length,
    factors: fit.rankChoice.rank,
    syntheticPatients,
    anchors,
    anchorsWithGenes: genes,
    genesSynthetic: compareGeneCorrelations("pathway genes with each other: synthetic patients", synthetic, truth),
    genesTraining: compareGeneCorrelations("(the same in the patients trained on)", training, truth),
    hazardRatios: compareHazardRatios(training, synthetic, truth),
    threeYearSurvival: compareThreeYearSurvival(training, synthetic, truth),
  };
}

/** What has to hold of a model of 2,000 simulated patients. */
export function stateTruth(measured: TruthMeasurement): Statement[] {
  const correlations = (["anchors", "anchorsWithGenes", "genesSynthetic"] as const).flatMap((part) => {
    const { group, rootMeanSquareError: error, slope } = measured[part];
    const allowed = tolerances[part];
    return [
      {
        claim: group,
        seen: `root mean square error ${error.toFixed(3)}`,
        allowed: `at most ${allowed.rootMeanSquareError}`,
        holds: error <= allowed.rootMeanSquareError,
      },
      {
        claim: "  and the strong ones of them",
        seen: `${slope.toFixed(2)} of their size`,
        allowed: `${1 - allowed.slope} to ${1 + allowed.slope}`,
        holds: Math.abs(slope - 1) <= allowed.slope,
      },
    ];
  });
  const hazards = measured.hazardRatios.map(({ name, truth, synthetic }) => {
    const factor = name.startsWith("metastasis") ? tolerances.hazardRatio.metastasis : tolerances.hazardRatio.other;
    return {
      claim: `hazard ratio: ${name}`,
      seen: synthetic.toFixed(2),
      allowed: `${(truth / factor).toFixed(2)} to ${(truth * factor).toFixed(2)}`,
      holds: synthetic >= truth / factor && synthetic <= truth * factor,
    };
  });
  const survival = measured.threeYearSurvival.map(({ stratum, truth, synthetic }) => ({
    claim: `alive after three years: ${stratum}`,
    seen: synthetic.toFixed(3),
    allowed: `${truth} ± ${tolerances.threeYearSurvival[stratum]}`,
    holds: Math.abs(synthetic - truth) <= tolerances.threeYearSurvival[stratum],
  }));
  return [...correlations, ...hazards, ...survival];
}
