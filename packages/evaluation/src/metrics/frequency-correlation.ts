import { pearsonCorrelation } from "@osteon/numerics";
import type { EvaluationCohort } from "../input/evaluation-cohort.ts";
import { computedCorrelation, type Metric } from "./metric.ts";

/** What one correlation of frequencies has of its own. */
interface FrequencyDescription extends Pick<Metric, "name" | "title"> {
  /** What the frequencies are of, for the reason where there is no value. */
  readonly over: string;
  /** One list of shares a cohort, in the same order for all; NaN where nothing is known. */
  readonly frequencies: (cohort: EvaluationCohort) => Float64Array;
}

/** Pearson's r of the reference's frequencies and the candidate's. */
export function correlateFrequencies({ name, title, over, frequencies }: FrequencyDescription): Metric {
  return {
    name,
    title,
    group: "biology",
    unit: "r",
    better: "higher",
    compute: ({ reference, candidate }) =>
      computedCorrelation(pearsonCorrelation(frequencies(reference.cohort), frequencies(candidate.cohort)), over),
  };
}
