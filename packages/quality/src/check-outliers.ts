import { fewestGenesToCompare } from "./check-duplicates.ts";
import { visitCorrelations, type Profiles } from "./profiles.ts";
import type { Finding } from "./quality-report.ts";
import { medianOf, robustScores } from "./robust-score.ts";

const lowestScore = -5;
const fewestPatients = 10;
/** Every patient is compared with so many others, evenly spaced, which fixes a median well enough. */
const mostOthers = 500;

/**
 * Samples that are unlike all others: the median correlation with them is far below what is usual here.
 * A swapped tissue, a failed library or another unit shows so. Source: Oldham et al. 2012 (connectivity).
 */
export function checkOutliers(profiles: Profiles): { outliers: number | null; findings: Finding[] } {
  const { patients } = profiles;
  if (profiles.genes < fewestGenesToCompare || patients < fewestPatients) return { outliers: null, findings: [] };
  const count = Math.min(mostOthers, patients);
  const others = Array.from({ length: count }, (_, k) => Math.floor((k * patients) / count));
  const medians = new Float64Array(patients);
  visitCorrelations(profiles, false, others, (first, block) => {
    for (let r = 0; r * count < block.length; r++) {
      const row = block.subarray(r * count, (r + 1) * count);
      medians[first + r] = medianOf(row.filter((_, k) => others[k] !== first + r));
    }
  });
  // Fisher's transform makes correlations near 1 comparable with each other.
  const scores = robustScores(medians.map((median) => Math.atanh(Math.min(median, 1 - 1e-12))));
  const outliers = scores.filter((score) => score < lowestScore).length;
  if (outliers === 0) return { outliers, findings: [] };
  return {
    outliers,
    findings: [
      {
        level: "warning",
        code: "expression-outliers",
        message:
          `expression: ${outliers} of ${patients} patients are unlike all others (robust score of the median ` +
          `correlation under ${lowestScore}). Check those samples for tissue, purity and normalisation`,
      },
    ],
  };
}
