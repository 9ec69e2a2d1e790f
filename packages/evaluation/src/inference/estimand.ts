import type { EvaluationCohort } from "../input/evaluation-cohort.ts";

/** An estimate with its squared standard error, as an analyst who takes the patients for real would report it. */
export interface AnalystEstimate {
  readonly estimate: number;
  readonly variance: number;
}

/** Kinds of question that a cohort is asked; what a model is worth differs between them. */
export type EstimandGroup = "hazard" | "survival" | "frequency" | "mean" | "effect";

/** A quantity of a population, and how an analyst estimates it from patients. */
export interface Estimand {
  readonly name: string;
  readonly group: EstimandGroup;
  /** Null where these patients do not tell, for instance where nobody died. */
  estimate(cohort: EvaluationCohort): AnalystEstimate | null;
}

export const estimandGroups: Readonly<Record<EstimandGroup, string>> = {
  hazard: "log hazard ratio of metastasis",
  survival: "share alive after two and five years (Kaplan–Meier)",
  frequency: "frequency of mutations",
  mean: "mean expression of a gene",
  effect: "difference in a gene's mean expression between mutated and not mutated patients",
};
