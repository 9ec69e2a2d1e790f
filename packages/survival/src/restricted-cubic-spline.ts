/**
 * Restricted cubic splines on ascending knots k₀ < … < k_d: cubic between knots, straight outside k₀ … k_d. The
 * basis has d + 1 functions: 1, u and, for each interior knot k,
 * v(u) = (u − k)₊³ − λ (u − k₀)₊³ − (1 − λ) (u − k_d)₊³ with λ = (k_d − k) / (k_d − k₀).
 * Source: Royston & Parmar 2002, section 2.
 */
export function splineBasis(knots: Float64Array, u: number): Float64Array {
  return fillBasis(knots, u, [1, u], (distance) => distance ** 3);
}

/** The first derivative of each basis function at u. */
export function splineBasisSlope(knots: Float64Array, u: number): Float64Array {
  return fillBasis(knots, u, [0, 1], (distance) => 3 * distance ** 2);
}

/** Σ coefficients × basis. */
export function dot(coefficients: ArrayLike<number>, basis: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < basis.length; j++) sum += coefficients[j]! * basis[j]!;
  return sum;
}

/** The smallest slope of a spline anywhere: at a knot, or where the curvature between two knots is 0. */
export function smallestSlope(knots: Float64Array, coefficients: ArrayLike<number>): number {
  const slopeAt = (u: number): number => dot(coefficients, splineBasisSlope(knots, u));
  const curvature = Array.from(knots, (u) =>
    dot(
      coefficients,
      fillBasis(knots, u, [0, 0], (distance) => 6 * distance),
    ),
  );
  let smallest = slopeAt(knots[0]!);
  for (let k = 1; k < knots.length; k++) {
    const [from, to] = [curvature[k - 1]!, curvature[k]!];
    smallest = Math.min(smallest, slopeAt(knots[k]!));
    if (from * to >= 0) continue;
    smallest = Math.min(smallest, slopeAt(knots[k - 1]! + ((knots[k]! - knots[k - 1]!) * from) / (from - to)));
  }
  return smallest;
}

/** @param power the truncated cube, or one of its derivatives, of a distance of 0 or more */
function fillBasis(
  knots: Float64Array,
  u: number,
  straight: readonly [number, number],
  power: (distance: number) => number,
): Float64Array {
  const first = knots[0]!;
  const last = knots.at(-1)!;
  const truncated = (knot: number): number => power(Math.max(0, u - knot));
  const basis = new Float64Array(knots.length);
  basis.set(straight);
  for (let j = 1; j < knots.length - 1; j++) {
    const share = (last - knots[j]!) / (last - first);
    basis[j + 1] = truncated(knots[j]!) - share * truncated(first) - (1 - share) * truncated(last);
  }
  return basis;
}
