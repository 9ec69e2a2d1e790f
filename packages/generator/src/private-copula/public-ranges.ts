import type { ExpressionUnit } from "@osteon/cohort";

/*
 * Cell boundaries of every continuous variable. All are known without a patient: they follow from units, from
 * the contract's ranges and from what is published of the disease, never from the cohort. Cell k holds
 * edges[k] < value ≤ edges[k + 1]; what lies outside goes to the nearest cell.
 */

/** Years: fine where osteosarcoma is, at 5 to 30 (Mirabello 2009); ages over 89 are pooled. */
export const ageEdges: readonly number[] = [0, 2.5, 5, 7.5, 10, 12.5, 15, 17.5, 20, 22.5, 25, 30, 40, 50, 60, 70, 90];

/** Percent of the tumour; a good response begins at 90. */
export const necrosisEdges: readonly number[] = [0, 10, 25, 40, 50, 60, 70, 80, 90, 95, 100];

/** Days; hazards are constant in between, the last one up to 40 years. */
export const followUpKnotsDays: readonly number[] = [0, 182, 365, 548, 730, 1096, 1461, 1826, 2557, 3652, 5479, 14610];

const steps = (first: number, last: number, step: number) =>
  Array.from({ length: Math.round((last - first) / step) + 1 }, (_, k) => first + k * step);

/**
 * log2(TPM + 1) is at most log2(10⁶ + 1) < 20, as a sample's TPM sum to a million; its first cell is 0 alone.
 * Counts per million likewise.
 * Standard normal scores lie within ±5 but for one in a million.
 */
export const expressionEdges: Readonly<Record<ExpressionUnit, readonly number[]>> = {
  "log2(TPM+1)": [0, ...steps(0, 20, 0.5)],
  "log2(CPM+1)": [0, ...steps(0, 20, 0.5)],
  "z-score": steps(-5, 5, 0.5),
};

/** The cell that a value belongs to. */
export function cellOfValue(edges: readonly number[], value: number): number {
  let cell = 0;
  while (cell < edges.length - 2 && value > edges[cell + 1]!) cell++;
  return cell;
}
