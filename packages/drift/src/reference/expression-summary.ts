import type { Cohort } from "@osteon/cohort";
import type { DriftReference } from "@osteon/contracts";
import { takeGenes } from "../variables/pathway-variables.ts";

type GeneScales = DriftReference["geneScales"];

/** A deviation so much from the mean is no longer told from one that is further. */
const mostDeviations = 6;

/**
 * Two numbers for a patient's whole profile, by genes in deviations from the reference's means: their mean (`level`),
 * which moves with what lifts all genes, and their root mean square (`distance`), which grows with whatever the
 * reference did not have, another laboratory not least.
 */
export function summariseExpression(scales: GeneScales, cohort: Cohort): Map<string, Float64Array> {
  return summarise(scales, cohort, (value, { mean, deviation }) => (value - mean) / deviation);
}

/**
 * The same for the reference's own patients, each by the means and deviations of the others: by his own he would be
 * nearer to the middle than any later one.
 */
export function summariseReference(scales: GeneScales, cohort: Cohort): Map<string, Float64Array> {
  const { values } = takeGenes(
    cohort,
    scales.map(({ gene }) => gene),
  );
  const known = new Map(scales.map(({ gene }) => [gene, 0]));
  values.forEach((value, k) => {
    const { gene } = scales[k % scales.length]!;
    if (!Number.isNaN(value)) known.set(gene, known.get(gene)! + 1);
  });
  return summarise(scales, cohort, (value, { gene, mean, deviation }) => {
    const n = known.get(gene)!;
    const others = (n * mean - value) / (n - 1);
    const squares = (n - 1) * deviation ** 2 - (n / (n - 1)) * (value - mean) ** 2;
    return (value - others) / Math.sqrt(Math.max(squares / (n - 2), 1e-12));
  });
}

function summarise(
  scales: GeneScales,
  cohort: Cohort,
  scale: (value: number, gene: GeneScales[number]) => number,
): Map<string, Float64Array> {
  const { values } = takeGenes(
    cohort,
    scales.map(({ gene }) => gene),
  );
  const level = new Float64Array(cohort.patientIds.length).fill(Number.NaN);
  const distance = level.slice();
  for (let row = 0; row < level.length && scales.length > 0; row++) {
    let known = 0;
    let sum = 0;
    let squares = 0;
    scales.forEach((gene, j) => {
      const value = values[row * scales.length + j]!;
      if (Number.isNaN(value)) return;
      const scaled = Math.max(-mostDeviations, Math.min(mostDeviations, scale(value, gene)));
      known++;
      sum += scaled;
      squares += scaled ** 2;
    });
    if (known < scales.length / 2) continue;
    level[row] = sum / known;
    distance[row] = Math.sqrt(squares / known);
  }
  return new Map([
    ["level", level],
    ["distance", distance],
  ]);
}
