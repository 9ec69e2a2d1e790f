import { mean } from "@osteon/numerics";
import type { Comparison } from "../input/comparison.ts";
import { computed, missing, type Metric, type MetricValue } from "./metric.ts";

const neighbours = 5;

/** Precision, recall, density and coverage by balls of the 5th nearest neighbour. */
export interface NeighbourhoodCoverage {
  /** Share of candidates inside a ball of the reference. */
  readonly precision: number;
  /** Share of reference patients inside a ball of the candidates. */
  readonly recall: number;
  /** Reference balls a candidate lies in, by 5: robust to outlying reference patients; may exceed 1. */
  readonly density: number;
  /** Share of reference patients whose ball holds a candidate. */
  readonly coverage: number;
}

/** Source: Naeem et al. 2020, ICML (prdc), k = 5. Null where a side has 5 patients or fewer. */
export function measureNeighbourhoods(comparison: Comparison): NeighbourhoodCoverage | null {
  const referenceCount = comparison.placedReferences;
  const n = comparison.placedCount;
  const candidateCount = n - referenceCount;
  if (!comparison.hasExpression || referenceCount <= neighbours || candidateCount <= neighbours) return null;
  const distances = comparison.squaredDistances;
  const referenceRadii = radii(distances, n, 0, referenceCount);
  const candidateRadii = radii(distances, n, referenceCount, n);
  let precise = 0;
  let memberships = 0;
  const covered = new Uint8Array(referenceCount);
  const recalled = new Uint8Array(referenceCount);
  for (let c = 0; c < candidateCount; c++) {
    let balls = 0;
    for (let r = 0; r < referenceCount; r++) {
      const distance = distances[r * n + referenceCount + c]!;
      if (distance < referenceRadii[r]!) {
        balls++;
        covered[r] = 1;
      }
      if (distance < candidateRadii[c]!) recalled[r] = 1;
    }
    memberships += balls;
    if (balls > 0) precise++;
  }
  return {
    precision: precise / candidateCount,
    recall: mean(recalled),
    density: memberships / (neighbours * candidateCount),
    coverage: mean(covered),
  };
}

/** Squared distance of rows from … to − 1 to their 5th nearest among themselves. */
function radii(distances: Float64Array, n: number, from: number, to: number): Float64Array {
  const row = new Float64Array(to - from);
  return Float64Array.from({ length: to - from }, (_, i) => {
    for (let j = from; j < to; j++) row[j - from] = distances[(from + i) * n + j]!;
    // The patient itself, at distance 0, takes the first place.
    return row.sort()[neighbours]!;
  });
}

function metricOf(part: keyof NeighbourhoodCoverage, title: string, better: "higher" | number): Metric {
  return {
    name: `prdc_${part}`,
    title,
    group: "distribution",
    unit: part === "density" ? "ratio" : "share",
    better,
    compute: (comparison): MetricValue => {
      const measured = measureNeighbourhoods(comparison);
      return measured === null
        ? missing("there is no expression, or a side has 5 patients or fewer")
        : computed(measured[part]);
    },
  };
}

export const neighbourhoodMetrics: readonly Metric[] = [
  metricOf("precision", "synthetic patients look real", "higher"),
  metricOf("recall", "real patients are reached", "higher"),
  metricOf("density", "they lie where real ones are dense", 1),
  metricOf("coverage", "real patients have one nearby", "higher"),
];
