import { selectPatients, splitCohort, type Cohort } from "@osteon/cohort";
import type { GeneSet } from "@osteon/features";
import { RandomStream, streamId } from "@osteon/numerics";
import { takePatients } from "../input/evaluation-cohort.ts";
import { EvaluationInput } from "../input/evaluation-input.ts";
import { createEvaluationPanel, type EvaluationPanel } from "../input/evaluation-panel.ts";
import { resampleRows } from "../references/choose-rows.ts";
import { drawIndependentMarginals } from "../references/draw-independent-marginals.ts";

/** Fits what is fitted to the training part beside the model, such as the choice of genes; the answer is applied to both parts. */
export type Prepare = (train: Cohort, split: number) => (cohort: Cohort) => Cohort;

/** One stratified split of the patients, with the references that all families share. */
export interface PreparedSplit {
  readonly number: number;
  readonly seed: number;
  readonly train: Cohort;
  readonly holdOut: Cohort;
  readonly panel: EvaluationPanel;
  readonly reference: EvaluationInput;
  /** Fresh real patients: those of the training part, who are strangers to the held-out ones. */
  readonly freshReal: EvaluationInput;
  /** Training patients resampled, and their independent marginals, each as many as the synthetic file has. */
  readonly photocopy: EvaluationInput;
  readonly floor: EvaluationInput;
}

/** Splits, prepares and draws the references; every draw is addressed by (seed, role, split). */
export function prepareSplit(
  complete: Cohort,
  split: number,
  options: {
    readonly holdOutFraction: number;
    readonly seed: number;
    readonly prepare: Prepare;
    readonly geneSets: readonly GeneSet[];
    readonly syntheticPatients: number;
  },
): PreparedSplit {
  const { holdOutFraction, seed, syntheticPatients } = options;
  const rows = splitCohort(complete, { holdOutFraction, seed, repeat: split });
  const trainComplete = selectPatients(complete, rows.train);
  const apply = options.prepare(trainComplete, split);
  const train = apply(trainComplete);
  const holdOut = apply(selectPatients(complete, rows.holdOut));
  const panel = createEvaluationPanel(train, holdOut, options.geneSets, seed);
  const random = (role: string) => new RandomStream(seed, streamId(`evaluation/splits/${role}`), split);
  const copied = resampleRows(train.patientIds.length, syntheticPatients, random("photocopy"));
  return {
    number: split,
    seed,
    train,
    holdOut,
    panel,
    reference: new EvaluationInput(holdOut, panel),
    freshReal: new EvaluationInput(train, panel),
    photocopy: new EvaluationInput(takePatients(train, copied), panel),
    floor: new EvaluationInput(drawIndependentMarginals(train, syntheticPatients, random("floor")), panel),
  };
}
