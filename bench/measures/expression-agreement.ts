import { selectPatients, type Cohort } from "@osteon/cohort";
import { createEvaluationPanel, EvaluationInput } from "@osteon/evaluation";
import type { GeneSet } from "@osteon/features";
import { pearsonCorrelation } from "@osteon/numerics";

/** How the synthetic patients' expression agrees with that of the patients trained on. */
export interface ExpressionAgreement {
  /** Pearson's r of the gene–gene correlations, over all pairs of at most 300 genes. */
  readonly geneCorrelation: number;
  /** Pearson's r of the correlations of pathway scores; null where fewer than 3 sets are scored. */
  readonly pathwayCorrelation: number | null;
  /** Pearson's r over gene sets of their coherence (mean within-set correlation). */
  readonly coherence: number | null;
  /** Mean coherence, real and synthetic. */
  readonly realCoherence: number;
  readonly syntheticCoherence: number;
  readonly measuredSets: number;
}

/** Enough patients that correlations of theirs have no noise worth telling. */
const largestSynthetic = 2000;

/**
 * Compares with the patients the model was trained on, so this is what the fit retains and not how it
 * generalises; for that see the validation against held-out patients.
 */
export function measureExpressionAgreement(
  training: Cohort,
  synthetic: Cohort,
  geneSets: readonly GeneSet[],
  seed: number,
): ExpressionAgreement {
  const panel = createEvaluationPanel(training, training, geneSets, seed);
  const count = Math.min(largestSynthetic, synthetic.patientIds.length);
  const real = new EvaluationInput(training, panel);
  const drawn = new EvaluationInput(
    selectPatients(
      synthetic,
      Array.from({ length: count }, (_, i) => i),
    ),
    panel,
  );
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    geneCorrelation: pearsonCorrelation(real.geneCorrelations, drawn.geneCorrelations) ?? Number.NaN,
    pathwayCorrelation: pearsonCorrelation(real.pathwayCorrelations, drawn.pathwayCorrelations),
    coherence: pearsonCorrelation(real.setCoherences, drawn.setCoherences),
    realCoherence: mean(real.setCoherences),
    syntheticCoherence: mean(drawn.setCoherences),
    measuredSets: panel.measuredSets.length,
  };
}
