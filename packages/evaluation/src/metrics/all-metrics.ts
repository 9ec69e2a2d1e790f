import { classifierTwoSampleAuc } from "./classifier-two-sample-auc.ts";
import { cooccurrencePatternCorrelation } from "./cooccurrence-pattern-correlation.ts";
import { copyNumberFrequencyCorrelation } from "./copy-number-frequency-correlation.ts";
import { geneCorrelationAgreement, pathwayCorrelationAgreement } from "./correlation-agreement.ts";
import { geneKolmogorovSmirnov, geneWasserstein } from "./gene-distributions.ts";
import { kaplanMeierArea } from "./kaplan-meier-area.ts";
import { maximumMeanDiscrepancy } from "./maximum-mean-discrepancy.ts";
import type { Metric } from "./metric.ts";
import { mutationExpressionViolationRate } from "./mutation-expression-violation-rate.ts";
import { mutationFrequencyCorrelation } from "./mutation-frequency-correlation.ts";
import { mutualExclusivityViolationRate } from "./mutual-exclusivity-violation-rate.ts";
import { neighbourhoodMetrics } from "./neighbourhood-coverage.ts";
import { overallBiologicalScore } from "./overall-biological-score.ts";
import { pathwayCoherenceCorrelation, pathwayCoherenceDifference } from "./pathway-coherence.ts";
import { pathwayScoreDistance } from "./pathway-score-distance.ts";

/** All metrics against held-out patients, in the order of the report. */
export const allMetrics: readonly Metric[] = [
  mutationFrequencyCorrelation,
  cooccurrencePatternCorrelation,
  mutualExclusivityViolationRate,
  mutationExpressionViolationRate,
  copyNumberFrequencyCorrelation,
  pathwayCoherenceCorrelation,
  pathwayCoherenceDifference,
  geneCorrelationAgreement,
  pathwayCorrelationAgreement,
  geneKolmogorovSmirnov,
  geneWasserstein,
  maximumMeanDiscrepancy,
  pathwayScoreDistance,
  classifierTwoSampleAuc,
  ...neighbourhoodMetrics,
  kaplanMeierArea,
  overallBiologicalScore,
];
