import { hasPart, type Cohort } from "@osteon/cohort";
import { smallestNormal } from "@osteon/numerics";
import type { Finding } from "./quality-report.ts";
import { robustScores } from "./robust-score.ts";

const largestScore = 5;
/** Rounding of stored values may carry a sum a little over a million. */
const largestSum = 1_050_000;
const fewestPatients = 10;

/**
 * The sum of TPM or CPM over the genes, which is a million less what other genes have: an odd sum means an odd
 * normalisation or a degraded sample, and more than a million means another unit. Judged on the log
 * scale against the other patients. A z-score has no library size.
 */
export function checkLibrarySize(cohort: Cohort): { outliers: number | null; findings: Finding[] } {
  const { genes, unit, values } = cohort.expression;
  const rows = [...cohort.patientIds.keys()].filter((row) => hasPart(cohort, "expression", row));
  if (genes.length === 0) return { outliers: null, findings: [] };
  if (unit === "z-score") return { outliers: null, findings: [notChecked("z-scores have no library size")] };
  if (rows.length < fewestPatients) {
    return { outliers: null, findings: [notChecked(`fewer than ${fewestPatients} patients have expression`)] };
  }
  const counted = completeGenes(values, genes.length, rows);
  const sums = Float64Array.from(rows, (row) => {
    let sum = 0;
    for (const j of counted) sum += 2 ** values[row * genes.length + j]! - 1;
    return sum;
  });
  const findings: Finding[] = [];
  const impossible = sums.filter((sum) => sum > largestSum).length;
  if (impossible > 0) {
    findings.push({
      level: "error",
      code: "library-size-impossible",
      message:
        `expression: in ${impossible} of ${rows.length} patients what is told per million adds up to more than ` +
        `a million. The values are not ${unit}: declare their unit, or convert them`,
    });
  }
  const scores = robustScores(sums.map((sum) => Math.log(Math.max(sum, smallestNormal))));
  const outliers = scores.filter((score) => Math.abs(score) > largestScore).length;
  if (outliers > 0) {
    findings.push({
      level: "warning",
      code: "library-size-outliers",
      message:
        `expression: ${outliers} of ${rows.length} patients have a library size far from the others' ` +
        `(robust score beyond ${largestScore}). Check those samples' RNA quality and normalisation`,
    });
  }
  return { outliers, findings };
}

/** Genes known in all patients with expression, so that the sums are over the same genes. */
function completeGenes(values: Float32Array, width: number, rows: readonly number[]): number[] {
  const isMissing = new Uint8Array(width);
  for (const row of rows) {
    for (let j = 0; j < width; j++) if (Number.isNaN(values[row * width + j]!)) isMissing[j] = 1;
  }
  return [...isMissing.keys()].filter((j) => isMissing[j] === 0);
}

function notChecked(reason: string): Finding {
  return { level: "info", code: "not-checked", message: `expression: library sizes were not checked: ${reason}` };
}
