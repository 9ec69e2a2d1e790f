import { mean } from "./moments.ts";
import { RandomStream, streamId } from "./random-stream.ts";

const iterations = 10;

/**
 * Leading principal-component scores of n points from their squared distances: classical scaling
 * (Torgerson 1952), the doubly centred −D/2 being the Gram matrix, its leading eigenvectors by orthogonal
 * iteration (Golub and Van Loan, 8.2.4). Ten rounds give the subspace well enough for a
 * classifier at a fraction of the cost of a full decomposition.
 *
 * @returns row-major, n × count; each component of mean 0, and of variance 1 or all zero
 */
export function computeLeadingComponents(squaredDistances: Float64Array, n: number, count: number): Float64Array {
  const gram = centre(squaredDistances, n);
  const random = new RandomStream(0, streamId("evaluation/leading-components"));
  let basis: readonly Float64Array[] = Array.from({ length: count }, () =>
    Float64Array.from({ length: n }, () => random.nextNormal()),
  );
  orthonormalise(basis);
  for (let round = 0; round < iterations; round++) {
    basis = basis.map((vector) => multiply(gram, vector));
    orthonormalise(basis);
  }
  const scores = new Float64Array(n * count);
  const scale = Math.sqrt(n);
  basis.forEach((vector, k) => vector.forEach((value, i) => (scores[i * count + k] = value * scale)));
  return scores;
}

function centre(squaredDistances: Float64Array, n: number): Float64Array {
  const means = new Float64Array(n);
  for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) means[a]! += squaredDistances[a * n + b]! / n;
  const overall = mean(means);
  const gram = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < n; b++) {
      gram[a * n + b] = -(squaredDistances[a * n + b]! - means[a]! - means[b]! + overall) / 2;
    }
  }
  return gram;
}

function multiply(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  const product = new Float64Array(n);
  for (let a = 0; a < n; a++) {
    let sum = 0;
    for (let b = 0; b < n; b++) sum += matrix[a * n + b]! * vector[b]!;
    product[a] = sum;
  }
  return product;
}

/** Modified Gram and Schmidt, twice; a vector that vanishes becomes 0: the points have fewer dimensions. */
function orthonormalise(basis: readonly Float64Array[]): void {
  basis.forEach((vector, k) => {
    const before = length(vector);
    for (let pass = 0; pass < 2; pass++) {
      for (let earlier = 0; earlier < k; earlier++) {
        const other = basis[earlier]!;
        let overlap = 0;
        for (let i = 0; i < vector.length; i++) overlap += vector[i]! * other[i]!;
        for (let i = 0; i < vector.length; i++) vector[i]! -= overlap * other[i]!;
      }
    }
    const after = length(vector);
    const scale = after > 1e-9 * before && after > 0 ? 1 / after : 0;
    vector.forEach((value, i) => (vector[i] = value * scale));
  });
}

function length(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
