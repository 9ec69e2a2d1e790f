import { RandomStream, streamId } from "@osteon/numerics";
import type { DriftVariable, Labels } from "../variables/drift-variable.ts";

const stream = streamId("drift/relabelling");

/** Labels of pooled patients drawn at random with as many current ones; the same for every variable. */
export function drawLabels(patients: number, current: number, count: number, seed: number): Labels[] {
  const fewer = Math.min(current, patients - current);
  const rare = fewer === current ? 1 : 0;
  return Array.from({ length: count }, (_, index) => {
    const random = new RandomStream(seed, stream, index);
    const labels = new Uint8Array(patients).fill(1 - rare);
    for (let left = fewer; left > 0;) {
      const row = random.nextInteger(patients);
      if (labels[row] === rare) continue;
      labels[row] = rare;
      left--;
    }
    return labels;
  });
}

/** What relabelling says of one variable. */
export interface RelabelledVariable {
  readonly observed: Float64Array;
  /** Each statistic of the relabelled patients. */
  readonly nulls: readonly Float64Array[];
  readonly pValues: readonly number[];
  /** Exact whichever of the statistics told. */
  readonly combined: number;
}

/**
 * A variable's statistics against relabelled patients, each for itself, and the smallest of their p-values
 * against the smallest p-value of the relabelled patients, who are ranked among all labellings the same way.
 * Exact at any numbers and with any ties, where patients of both cohorts come from one population.
 * Source: Phipson & Smyth 2010 (p-values never 0); Westfall & Young 1993 (smallest p).
 */
export function relabelVariable(
  variable: DriftVariable,
  actual: Labels,
  relabelled: readonly Labels[],
): RelabelledVariable {
  const width = variable.statistics.length;
  const values = Array.from({ length: width }, () => new Float64Array(relabelled.length + 1));
  const into = new Float64Array(width);
  [actual, ...relabelled].forEach((labels, index) => {
    variable.compute(labels, into);
    // Sums in another order differ in their last digits and are ties.
    for (let s = 0; s < width; s++) values[s]![index] = Math.round(into[s]! * 1e10) / 1e10;
  });
  const smallest = new Float64Array(relabelled.length + 1).fill(1);
  const pValues = values.map((statistic) => {
    const shares = shareReaching(statistic);
    shares.forEach((share, index) => (smallest[index] = Math.min(smallest[index]!, share)));
    return shares[0]!;
  });
  const reached = smallest.filter((share) => share <= smallest[0]! * (1 + 1e-12)).length;
  return {
    observed: Float64Array.from(values, (statistic) => statistic[0]!),
    nulls: values.map((statistic) => statistic.subarray(1)),
    pValues,
    combined: reached / smallest.length,
  };
}

/** Of all values, which share reaches each. */
function shareReaching(values: Float64Array): Float64Array {
  const sorted = values.toSorted();
  return values.map((value) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return (sorted.length - low) / sorted.length;
  });
}
