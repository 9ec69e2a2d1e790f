/**
 * Do two files show the same effects, in sign and in size? Lin's concordance coefficient with both means at
 * zero, where an effect is none: 2 Σ rᵢ cᵢ / Σ (rᵢ² + cᵢ²). 1 for the same effects, 0 where they are
 * unrelated or the candidate has none, −1 for the opposite ones; too weak or too strong costs as much as
 * scattered. Source: Lin 1989, Biometrics 45:255.
 *
 * Effects that the reference does not know (NaN) are left out; one that only the candidate does not know
 * counts as none, so that a file cannot gain by being constant.
 *
 * @returns null where the reference knows fewer than 3 effects or shows none
 */
export function concordanceAboutZero(reference: ArrayLike<number>, candidate: ArrayLike<number>): number | null {
  let products = 0;
  let squares = 0;
  let shown = 0;
  let count = 0;
  for (let k = 0; k < reference.length; k++) {
    const real = reference[k]!;
    if (Number.isNaN(real)) continue;
    const other = Number.isNaN(candidate[k]!) ? 0 : candidate[k]!;
    count++;
    products += real * other;
    shown += real * real;
    squares += real * real + other * other;
  }
  return count < 3 || shown === 0 ? null : (2 * products) / squares;
}
