import type { CopyNumberTable } from "@osteon/cohort";
import { pearsonCorrelation } from "@osteon/numerics";
import { computedCorrelation, type Metric } from "./metric.ts";

/** Pearson's r over genes of the shares of patients with a gain (≥ 1) and with a loss (≤ −1), both in one list. */
export const copyNumberFrequencyCorrelation: Metric = {
  name: "copy_number_frequency_correlation",
  title: "gains and losses as frequent",
  group: "biology",
  unit: "r",
  better: "higher",
  compute: ({ reference, candidate }) =>
    computedCorrelation(
      pearsonCorrelation(
        computeCopyNumberFrequencies(reference.cohort.copyNumber),
        computeCopyNumberFrequencies(candidate.cohort.copyNumber),
      ),
      "copy-number frequencies",
    ),
};

/** Gains of all genes, then losses, among measured patients; NaN where nobody was measured. */
function computeCopyNumberFrequencies(table: CopyNumberTable): Float64Array {
  const width = table.genes.length;
  const frequencies = new Float64Array(2 * width);
  const measured = new Uint32Array(width);
  for (let k = 0; k < table.values.length; k++) {
    const value = table.values[k]!;
    if (value < -2) continue;
    const j = k % width;
    measured[j]!++;
    if (value >= 1) frequencies[j]!++;
    if (value <= -1) frequencies[width + j]!++;
  }
  return frequencies.map((count, k) => count / measured[k % width]!);
}
