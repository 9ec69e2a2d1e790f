import { adjustByHolm } from "@osteon/numerics";
import type { BatchConfounding, SharePermuted } from "./batch-report.ts";
import type { ClinicalColumn } from "./clinical-columns.ts";
import { compareWithNull, drawOrder, permutations } from "./relabelling.ts";

/** Known values under which nothing is asked of a variable. */
const fewestKnown = 10;

/**
 * How much of each clinical variable the batch explains, by analysis of variance against shuffled patients; for a
 * yes or no that is the chi-square test, for survival the log-rank test, both exact at any number.
 *
 * @param codes batch of each patient, negative where there is none to compare
 */
export function measureConfounding(columns: readonly ClinicalColumn[], codes: Int16Array): BatchConfounding[] {
  const measured = columns.flatMap(({ variable, values }) => {
    const rows = [...codes.keys()].filter((row) => codes[row]! >= 0 && !Number.isNaN(values[row]!));
    if (rows.length < fewestKnown) return [];
    const result = permuteShare(
      Float64Array.from(rows, (row) => values[row]!),
      Int16Array.from(rows, (row) => codes[row]!),
    );
    return result === undefined ? [] : [{ variable, known: rows.length, ...result }];
  });
  const adjusted = adjustByHolm(measured.map(({ pValue }) => pValue));
  return measured.map((one, k) => ({ ...one, adjustedPValue: adjusted[k]! }));
}

/** Undefined where either side does not vary. */
function permuteShare(values: Float64Array, codes: Int16Array): SharePermuted | undefined {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = values.map((value) => value - mean);
  const total = centred.reduce((sum, value) => sum + value * value, 0);
  if (!(total > 1e-12) || new Set(codes).size < 2) return undefined;
  const batches = Math.max(...codes) + 1;
  const sizes = new Float64Array(batches);
  for (const code of codes) sizes[code]!++;
  const sums = new Float64Array(batches);
  const shareOf = (order?: Uint32Array): number => {
    sums.fill(0);
    for (let i = 0; i < codes.length; i++) sums[codes[i]!]! += centred[order === undefined ? i : order[i]!]!;
    return sums.reduce((sum, value, code) => sum + (sizes[code] === 0 ? 0 : value ** 2 / sizes[code]!), 0) / total;
  };
  const nulls = Float64Array.from({ length: permutations }, (_, k) => shareOf(drawOrder(codes.length, k)));
  return compareWithNull(shareOf(), nulls);
}
