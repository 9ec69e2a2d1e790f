/**
 * Share of the reference's effects whose sign the candidate has too, each weighted by its size among the
 * reference patients, so that effects that noise alone gave their sign count little; ½ by chance. An effect
 * that the candidate does not know or does not have counts as wrong.
 *
 * @returns null where the reference shows no effect
 */
export function shareOfSigns(reference: ArrayLike<number>, candidate: ArrayLike<number>): number | null {
  let right = 0;
  let total = 0;
  for (let k = 0; k < reference.length; k++) {
    const real = reference[k]!;
    if (Number.isNaN(real)) continue;
    total += Math.abs(real);
    if (real * candidate[k]! > 0) right += Math.abs(real);
  }
  return total === 0 ? null : right / total;
}
