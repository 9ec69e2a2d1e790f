/**
 * The number of copies against which a sample's gains and losses are told: the commonest one among its genes, the
 * larger where two are as common. Undefined for a sample without genes, or in which most genes have no copy.
 *
 * This and {@link copyNumberLevel} are the GDC's own rule for its five categories of change
 * (gdc.cancer.gov/how-are-five-categories-copy-number-changes-determined), which takes autosomal protein-coding genes.
 */
export function copyNumberBaseline(copies: Iterable<number>): number | undefined {
  const genes = new Map<number, number>();
  for (const number of copies) genes.set(number, (genes.get(number) ?? 0) + 1);
  const [commonest] = [...genes].toSorted(([a, m], [b, n]) => n - m || b - a);
  return commonest === undefined || commonest[0] === 0 ? undefined : commonest[0];
}

/**
 * −2 homozygous deletion: no copy; −1 loss: fewer than the baseline; 0 as many; 1 gain: more; 2 amplification: twice
 * the baseline or more.
 */
export function copyNumberLevel(copies: number, baseline: number): -2 | -1 | 0 | 1 | 2 {
  if (copies === 0) return -2;
  if (copies < baseline) return -1;
  if (copies === baseline) return 0;
  return copies < 2 * baseline ? 1 : 2;
}
