import { kolmogorovSmirnovDistance } from "@osteon/numerics";
import type { PathwayTable } from "@osteon/features";
import { computed, missing, type Metric } from "./metric.ts";

/** Mean over pathways of Kolmogorov and Smirnov's distance of the single-sample scores. */
export const pathwayScoreDistance: Metric = {
  name: "pathway_score_distance",
  title: "pathway scores spread alike",
  group: "distribution",
  unit: "distance",
  better: "lower",
  compute: ({ reference, candidate }) => {
    let sum = 0;
    let count = 0;
    reference.pathways.names.forEach((_, set) => {
      const real = sortedScores(reference.pathways, set);
      const other = sortedScores(candidate.pathways, set);
      if (real.length === 0 || other.length === 0) return;
      sum += kolmogorovSmirnovDistance(real, other);
      count++;
    });
    return count === 0 ? missing("no pathway is scored in both") : computed(sum / count);
  },
};

function sortedScores({ names, values }: PathwayTable, set: number): Float32Array {
  return values.filter((value, k) => k % names.length === set && !Number.isNaN(value)).sort();
}
