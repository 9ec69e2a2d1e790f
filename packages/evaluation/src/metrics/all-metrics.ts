import { alterationLogOddsAgreements } from "./alteration-log-odds-agreement.ts";
import { cisEffectAgreement, meanCisEffect } from "./cis-effects.ts";
import { classifierTwoSampleAuc } from "./classifier-two-sample-auc.ts";
import { metastasisRecovery, survivalRecovery } from "./condition-recovery.ts";
import { cooccurrencePatternCorrelation } from "./cooccurrence-pattern-correlation.ts";
import { copyNumberFrequencyCorrelation } from "./copy-number-frequency-correlation.ts";
import { geneCorrelationAgreement, pathwayCorrelationAgreement } from "./correlation-agreement.ts";
import { correlationMatrixDistance } from "./correlation-matrix-distance.ts";
import { driverFrequenciesWithinInterval } from "./driver-frequencies.ts";
import { geneKolmogorovSmirnov, geneWasserstein } from "./gene-distributions.ts";
import { hazardRatioDistances } from "./hazard-ratio-distance.ts";
import { kaplanMeierArea, kaplanMeierAreasByStratum } from "./kaplan-meier-area.ts";
import { knownMutationEffect } from "./known-mutation-effect.ts";
import { knownPrognosticEffect } from "./known-prognostic-effect.ts";
import { logRankDistance } from "./log-rank-distance.ts";
import { maximumMeanDiscrepancy } from "./maximum-mean-discrepancy.ts";
import type { Metric } from "./metric.ts";
import { clinicalLinks, molecularLinks } from "./modality-links.ts";
import { mutationExpressionViolationRate } from "./mutation-expression-violation-rate.ts";
import { mutationFrequencyCorrelation } from "./mutation-frequency-correlation.ts";
import { mutationPathwaySigns } from "./mutation-pathway-signs.ts";
import { mutualExclusivityViolationRate } from "./mutual-exclusivity-violation-rate.ts";
import { neighbourhoodMetrics } from "./neighbourhood-coverage.ts";
import { overallBiologicalScore } from "./overall-biological-score.ts";
import { pathwayCoherenceCorrelation, pathwayCoherenceDifference } from "./pathway-coherence.ts";
import { pathwayScoreDistance } from "./pathway-score-distance.ts";
import { riskMonotonicity } from "./risk-monotonicity.ts";
import { survivalUtility } from "./survival-utility.ts";

/** All metrics against held-out patients, in the order of the report. */
export const allMetrics: readonly Metric[] = [
  mutationFrequencyCorrelation,
  driverFrequenciesWithinInterval,
  cooccurrencePatternCorrelation,
  ...alterationLogOddsAgreements,
  mutualExclusivityViolationRate,
  mutationExpressionViolationRate,
  knownMutationEffect,
  copyNumberFrequencyCorrelation,
  cisEffectAgreement,
  meanCisEffect,
  ...molecularLinks,
  mutationPathwaySigns,
  pathwayCoherenceCorrelation,
  pathwayCoherenceDifference,
  geneCorrelationAgreement,
  pathwayCorrelationAgreement,
  geneKolmogorovSmirnov,
  geneWasserstein,
  correlationMatrixDistance,
  maximumMeanDiscrepancy,
  pathwayScoreDistance,
  classifierTwoSampleAuc,
  ...neighbourhoodMetrics,
  kaplanMeierArea,
  ...kaplanMeierAreasByStratum,
  logRankDistance,
  ...hazardRatioDistances,
  survivalUtility,
  metastasisRecovery,
  survivalRecovery,
  riskMonotonicity,
  knownPrognosticEffect,
  ...clinicalLinks,
  overallBiologicalScore,
];
