import { pearsonCorrelation } from "@osteon/numerics";
import type { EvaluationInput } from "../input/evaluation-input.ts";
import { alignPairs } from "./align-pairs.ts";
import { computedCorrelation, type Metric } from "./metric.ts";

/** What one correlation of patterns has of its own. */
interface PatternDescription extends Pick<Metric, "name" | "title"> {
  /** What the pattern's pairs are of, for the reason where there is no value. */
  readonly over: string;
  /** One association a pair, the pairs in the same order for all files; NaN where one does not exist. */
  readonly associations: (input: EvaluationInput) => Float32Array;
}

/** Pearson's r over the pairs that the reference knows of both files' associations; see {@link alignPairs}. */
export function correlatePatterns({ name, title, over, associations }: PatternDescription): Metric {
  return {
    name,
    title,
    group: "biology",
    unit: "r",
    better: "higher",
    compute: ({ reference, candidate }) => {
      const pairs = alignPairs(associations(reference), associations(candidate));
      return computedCorrelation(pearsonCorrelation(pairs.reference, pairs.candidate), over);
    },
  };
}
