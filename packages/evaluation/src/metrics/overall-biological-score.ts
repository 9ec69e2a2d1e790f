import { mean } from "@osteon/numerics";
import { cooccurrencePatternCorrelation } from "./cooccurrence-pattern-correlation.ts";
import { computed, missing, type Metric } from "./metric.ts";
import { mutationExpressionViolationRate } from "./mutation-expression-violation-rate.ts";
import { mutationFrequencyCorrelation } from "./mutation-frequency-correlation.ts";
import { mutualExclusivityViolationRate } from "./mutual-exclusivity-violation-rate.ts";

/**
 * The seed system's score, which its gate wants above 0.85: the mean of the two correlations and of one
 * minus the two violation rates. A part that cannot be computed counts 0, as no evidence of biology.
 * At the size of a paediatric cohort real patients do not pass that gate: read it beside theirs.
 */
export const overallBiologicalScore: Metric = {
  name: "overall_biological_score",
  title: "the seed's score, uncalibrated",
  group: "seed",
  unit: "score",
  better: "higher",
  compute: (comparison) => {
    const correlations = [mutationFrequencyCorrelation, cooccurrencePatternCorrelation].map(
      (metric) => metric.compute(comparison).value,
    );
    const rates = [mutualExclusivityViolationRate, mutationExpressionViolationRate].map(
      (metric) => metric.compute(comparison).value,
    );
    if ([...correlations, ...rates].every((value) => value === null)) return missing("none of its four parts exists");
    const parts = [
      ...correlations.map((value) => value ?? 0),
      ...rates.map((value) => (value === null ? 0 : 1 - value)),
    ];
    return computed(mean(parts));
  },
};
