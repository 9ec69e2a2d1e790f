import { decomposeSymmetric, multiplyMatrices, transposeMatrix, type RandomStream } from "@osteon/numerics";
import { rankingOutcome, type AttackOutcome } from "./attack-outcome.ts";
import type { AttackTarget } from "./attack-target.ts";

/** Kernel densities of so few patients say nothing in more dimensions. */
const dimensions = 6;

/**
 * DOMIAS: where the file is denser than the population, it remembers. Members have a larger ratio of the
 * synthetic records' density to the population's. Densities are Gaussian kernels (Scott's bandwidth) on
 * the leading 6 principal components, each of variance 1, of all real records; the population is all real
 * patients but the attacked one, so that reference patients and members are treated alike.
 * Source: van Breugel et al. 2023 (AISTATS).
 */
export function attackByDensityRatio(target: AttackTarget, random: RandomStream): AttackOutcome {
  const projected = project(target);
  if (projected === null) return { kind: "unanswered", reason: "real patients do not vary" };
  const { real, synthetic, width } = projected;
  const patients = target.members + target.others;
  const released = logKernelDensity(real, synthetic, width, false);
  const population = logKernelDensity(real, real, width, true);
  return rankingOutcome(
    Float64Array.from({ length: patients }, (_, i) => released[i]! - population[i]!),
    target.members,
    random,
  );
}

/** Real and synthetic rows on the real ones' leading components, by the eigenvectors of their Gram matrix. */
function project({ realRows, syntheticRows, space, members, others, records }: AttackTarget) {
  const n = members + others;
  const columns = space.attributes.length;
  // Rows are centred up to what unknown values and rounding leave.
  const rows = Float64Array.from(realRows);
  const gram = multiplyMatrices(rows, transposeMatrix(rows, n, columns), n, columns, n);
  const { values, vectors } = decomposeSymmetric(gram, n);
  const kept = Array.from(values.subarray(0, dimensions)).filter((value) => value > 1e-9 * n);
  const width = kept.length;
  if (width === 0) return null;
  const weights = new Float64Array(width * n);
  kept.forEach((value, k) => {
    for (let i = 0; i < n; i++) weights[k * n + i] = (vectors[k * n + i]! * Math.sqrt(n)) / value;
  });
  // Component k of a row x is Σ_i u_ki ⟨x_i, x⟩ √n / λ_k: over the real rows, of mean square 1.
  const axes = transposeMatrix(multiplyMatrices(weights, rows, width, n, columns), width, columns);
  return {
    width,
    real: multiplyMatrices(rows, axes, n, columns, width),
    synthetic: multiplyMatrices(Float64Array.from(syntheticRows), axes, records, columns, width),
  };
}

/**
 * Logarithm, up to a constant of `width`, of the kernel density of `points` at each row of `at`, without
 * the row itself where they are the same rows.
 */
function logKernelDensity(at: Float64Array, points: Float64Array, width: number, leaveOut: boolean): Float64Array {
  const count = points.length / width;
  const kernels = leaveOut ? count - 1 : count;
  const bandwidth = kernels ** (-1 / (width + 4));
  const exponents = new Float64Array(count);
  return Float64Array.from({ length: at.length / width }, (_, i) => {
    let largest = -Infinity;
    for (let p = 0; p < count; p++) {
      let squares = 0;
      for (let k = 0; k < width; k++) squares += (at[i * width + k]! - points[p * width + k]!) ** 2;
      exponents[p] = leaveOut && p === i ? -Infinity : -squares / (2 * bandwidth * bandwidth);
      largest = Math.max(largest, exponents[p]!);
    }
    // The sum of exponentials from its largest term, which never vanishes.
    let sum = 0;
    for (let p = 0; p < count; p++) sum += Math.exp(exponents[p]! - largest);
    return largest + Math.log(sum / kernels) - width * Math.log(bandwidth);
  });
}
