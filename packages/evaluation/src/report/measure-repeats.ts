import { RandomStream, streamId } from "@osteon/numerics";
import type { AlignedCohorts } from "../input/align-cohorts.ts";
import { Comparison } from "../input/comparison.ts";
import { countPatients, takePatients } from "../input/evaluation-cohort.ts";
import { EvaluationInput } from "../input/evaluation-input.ts";
import type { EvaluationPanel } from "../input/evaluation-panel.ts";
import type { Metric, MetricValue } from "../metrics/metric.ts";
import { chooseRows, resampleRows } from "../references/choose-rows.ts";
import { drawIndependentMarginals } from "../references/draw-independent-marginals.ts";

/** What is compared with the held-out patients in each repeat. */
const candidateRoles = ["synthetic", "freshReal", "photocopy", "floor"] as const;
export type CandidateRole = (typeof candidateRoles)[number];

/** Values of one metric, one a repeat, aligned over the roles: repeat r of each met the same held-out patients. */
export type RepeatedValues = Readonly<Record<CandidateRole, readonly MetricValue[]>>;

/** Share of the patients that a repeat takes: a delete-a-fifth jackknife. */
export const repeatShare = 0.8;

/** Patients of the held-out cohort and of each candidate file in a repeat. */
export function sizesPerRepeat(cohorts: AlignedCohorts): { readonly reference: number; readonly candidate: number } {
  const available = Math.min(countPatients(cohorts.train), countPatients(cohorts.synthetic));
  return {
    reference: Math.round(repeatShare * countPatients(cohorts.holdOut)),
    candidate: Math.round(repeatShare * available),
  };
}

/**
 * Measures the four candidates, all of one size, against a fresh four fifths of the held-out patients in
 * each repeat. Every draw is addressed by (seed, role, repeat), so repeats may be added later.
 */
export function measureRepeats(
  cohorts: AlignedCohorts,
  panel: EvaluationPanel,
  metrics: readonly Metric[],
  options: { readonly seed: number; readonly repeats: number },
): readonly RepeatedValues[] {
  const size = sizesPerRepeat(cohorts);
  const trainCount = countPatients(cohorts.train);
  const values = metrics.map(() => ({
    synthetic: [] as MetricValue[],
    freshReal: [] as MetricValue[],
    photocopy: [] as MetricValue[],
    floor: [] as MetricValue[],
  }));
  for (let repeat = 0; repeat < options.repeats; repeat++) {
    const random = (role: string) => new RandomStream(options.seed, streamId(`evaluation/${role}`), repeat);
    const holdOutRows = chooseRows(countPatients(cohorts.holdOut), size.reference, random("holdOut"));
    const reference = new EvaluationInput(takePatients(cohorts.holdOut, holdOutRows), panel);
    const candidates = {
      synthetic: takePatients(
        cohorts.synthetic,
        chooseRows(countPatients(cohorts.synthetic), size.candidate, random("synthetic")),
      ),
      freshReal: takePatients(cohorts.train, chooseRows(trainCount, size.candidate, random("freshReal"))),
      photocopy: takePatients(cohorts.train, resampleRows(trainCount, size.candidate, random("photocopy"))),
      floor: drawIndependentMarginals(cohorts.train, size.candidate, random("floor")),
    };
    for (const role of candidateRoles) {
      const comparison = new Comparison(reference, new EvaluationInput(candidates[role], panel));
      metrics.forEach((metric, k) => values[k]![role].push(metric.compute(comparison)));
    }
  }
  return values;
}
