import type { CopyNumberTable } from "@osteon/cohort";
import { correlateFrequencies } from "./frequency-correlation.ts";

/** Pearson's r over genes of the shares of patients with a gain (≥ 1) and with a loss (≤ −1), both in one list. */
export const copyNumberFrequencyCorrelation = correlateFrequencies({
  name: "copy_number_frequency_correlation",
  title: "gains and losses as frequent",
  over: "copy-number frequencies",
  frequencies: ({ copyNumber }) => computeCopyNumberFrequencies(copyNumber),
});

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
