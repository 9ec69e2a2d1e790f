import type { Cohort } from "@osteon/cohort";
import type { Finding } from "../quality-report.ts";

const deepLoss = -2;
/** Of the patients who have not lost the gene: as much as their upper quarter is high. */
const high = 0.75;
const fewestCompared = 20;
const fewestPatients = 5;

/**
 * A gene whose copies are both lost is expressed by the normal cells in the sample alone. Where such genes are in
 * most of a patient's cases as high as in the upper quarter of the others, the two tables may hold two tumours.
 */
export function checkDeletedGenes({ copyNumber, expression, patientIds }: Cohort): Finding[] {
  const places = new Map(copyNumber.genes.map((gene, j) => [gene, j]));
  /** By patient: cases of deleted genes, and those of high expression. */
  const cases = new Map<number, { deleted: number; high: number }>();
  expression.genes.forEach((gene, j) => {
    const k = places.get(gene);
    if (k === undefined) return;
    const deleted: (readonly [row: number, value: number])[] = [];
    const others: number[] = [];
    for (let row = 0; row < patientIds.length; row++) {
      const level = copyNumber.values[row * copyNumber.genes.length + k]!;
      const value = expression.values[row * expression.genes.length + j]!;
      if (level < deepLoss || Number.isNaN(value)) continue;
      if (level === deepLoss) deleted.push([row, value]);
      else if (level >= 0) others.push(value);
    }
    if (deleted.length === 0 || others.length < fewestCompared) return;
    const limit = Float64Array.from(others).sort()[Math.ceil(high * others.length) - 1]!;
    for (const [row, value] of deleted) {
      const one = cases.get(row) ?? { deleted: 0, high: 0 };
      cases.set(row, { deleted: one.deleted + 1, high: one.high + (value > limit ? 1 : 0) });
    }
  });
  const compared = [...cases.values()];
  const odd = compared.filter((one) => one.high > one.deleted / 2).length;
  if (odd === 0 || compared.length < fewestPatients) return [];
  // Where the tables have nothing to do with each other, a quarter would be.
  const isAsByChance = odd >= (1 - high) * compared.length;
  return [
    {
      level: isAsByChance ? "warning" : "info",
      code: "deleted-genes-expressed",
      message:
        `copy number: ${odd} of ${compared.length} patients with deeply deleted genes express most of these as highly as ` +
        "the upper quarter of the others. Check these samples for having been swapped, and for normal cells in them",
    },
  ];
}
