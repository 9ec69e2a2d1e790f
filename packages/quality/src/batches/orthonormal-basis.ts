import { dotProduct } from "@osteon/numerics";

/** A column that the earlier ones leave less than this share of its length is a combination of them. */
const tolerance = 1e-6;

/**
 * Orthonormal vectors that span the columns beyond those of `given`: Gram and Schmidt, twice for precision. A
 * column that adds nothing is left out.
 *
 * @param given orthonormal
 */
export function orthonormalise(
  columns: readonly Float64Array[],
  given: readonly Float64Array[] = [],
): readonly Float64Array[] {
  const basis: Float64Array[] = [];
  for (const column of columns) {
    const rest = Float64Array.from(column);
    const before = lengthOf(rest);
    removeProjection(rest, [...given, ...basis]);
    removeProjection(rest, [...given, ...basis]);
    const after = lengthOf(rest);
    if (after > tolerance * before) basis.push(rest.map((value) => value / after));
  }
  return basis;
}

/** Takes off in place what the orthonormal vectors explain of the values. */
export function removeProjection(values: Float64Array, basis: readonly Float64Array[]): void {
  for (const vector of basis) {
    const overlap = dotProduct(values, 0, vector, 0, values.length);
    for (let i = 0; i < values.length; i++) values[i]! -= overlap * vector[i]!;
  }
}

function lengthOf(values: Float64Array): number {
  return Math.sqrt(dotProduct(values, 0, values, 0, values.length));
}
