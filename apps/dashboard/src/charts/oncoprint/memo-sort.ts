import { copyNumberOf, isMutated, type AlterationTable, type CopyNumberState } from "./alterations.ts";

const weights: Readonly<Record<CopyNumberState, number>> = {
  amplified: 4,
  "deep-loss": 3,
  gain: 1,
  loss: 1,
  unaltered: 0,
  unknown: 0,
};

/**
 * The order of columns of an oncoprint: patients with the first gene altered come first, of those with the second, and
 * so on, which shows at a glance what goes together and what excludes each other.
 */
export function memoSort({ genes, patients, cells }: AlterationTable): Uint32Array {
  const keys = new Uint8Array(cells.length);
  for (let k = 0; k < cells.length; k++) keys[k] = weigh(cells[k]!);
  return Uint32Array.from({ length: patients }, (_, k) => k).toSorted((a, b) => {
    for (let gene = 0; gene < genes.length; gene++) {
      const difference = keys[gene * patients + b]! - keys[gene * patients + a]!;
      if (difference !== 0) return difference;
    }
    return a - b;
  });
}

function weigh(cell: number): number {
  return weights[copyNumberOf(cell)] + (isMutated(cell) ? 2 : 0);
}
