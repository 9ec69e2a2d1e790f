import {
  computeGaussianKernel,
  computeSquaredDistances,
  createDiscrepancy,
  RandomStream,
  streamId,
} from "@osteon/numerics";
import { largeShift, surely } from "../statistics/detectable-shift.ts";
import type { DriftVariable, Labels } from "./drift-variable.ts";

/** Patients compared at most, drawn without regard to their side: memory goes with the square. */
const mostPatients = 2_000;
/** Shifts tried, in standard deviations of every gene. */
const shifts = [0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.5, 2];

/**
 * Expression of all genes at once by the squared maximum mean discrepancy, which also sees what no single
 * gene shows, such as correlations that have changed.
 *
 * @param expression pooled patients × genes, row-major, each gene of mean 0 and deviation 1, NaN where unknown
 * @param measured pooled rows of the patients with expression
 */
export function createJointVariable(
  name: string,
  expression: Float32Array,
  genes: number,
  measured: readonly number[],
): DriftVariable | undefined {
  const rows = drawRows(measured);
  const n = rows.length;
  if (genes < 2 || n < 4) return undefined;
  const points = new Float32Array(n * genes);
  rows.forEach((row, i) => points.set(expression.subarray(row * genes, (row + 1) * genes), i * genes));
  const distances = computeSquaredDistances([points], genes);
  const discrepancy = createDiscrepancy(computeGaussianKernel(distances, n), n);
  const take = (labels: Labels) => Uint8Array.from(rows, (row) => labels[row]!);
  const count = (labels: Labels) => {
    const current = take(labels).reduce((sum, label) => sum + label, 0);
    return { reference: n - current, current };
  };
  const isCountable = (labels: Labels) => {
    const { reference, current } = count(labels);
    return reference >= 2 && current >= 2;
  };
  return {
    name,
    group: "expression, jointly",
    unit: "SD",
    statistics: ["MMD"],
    compute: (labels, into) => {
      into[0] = isCountable(labels) ? discrepancy(take(labels)) : 0;
    },
    count,
    difference: () => null,
    detectable: (labels, pValue, [values]) => {
      if (!isCountable(labels)) return null;
      const needed = limitOf(values!, pValue);
      const side = take(labels);
      const projections = projectOnSigns(points, genes);
      const shift = shifts.find((size) => {
        const moved = shiftCurrent(distances, n, side, projections, { size, genes });
        return createDiscrepancy(computeGaussianKernel(moved, n), n)(side) >= needed;
      });
      return shift === undefined ? null : { shift, isFine: shift <= largeShift };
    },
  };
}

/** What the statistic of drifted patients has to reach on average to be found often enough. */
function limitOf(nulls: Float64Array, pValue: number): number {
  const sorted = nulls.toSorted();
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  const deviation = Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sorted.length);
  return sorted[Math.max(0, Math.ceil((1 - pValue) * sorted.length) - 1)]! + surely * deviation;
}

/** Each patient's sum over genes of value times a random sign: a shift of every gene, up or down. */
function projectOnSigns(points: Float32Array, genes: number): Float64Array {
  const random = new RandomStream(0, streamId("drift/joint-shift"));
  const signs = Float64Array.from({ length: genes }, () => (random.nextUniform() < 0.5 ? -1 : 1));
  return Float64Array.from({ length: points.length / genes }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < genes; j++) sum += (points[i * genes + j]! || 0) * signs[j]!;
    return sum;
  });
}

/** |a − b − v|² = |a − b|² − 2 (a − b)·v + |v|² for a reference and b current, so distances need not be taken again. */
function shiftCurrent(
  distances: Float64Array,
  n: number,
  isCurrent: Uint8Array,
  projections: Float64Array,
  { size, genes }: { readonly size: number; readonly genes: number },
): Float64Array {
  const moved = Float64Array.from(distances);
  for (let a = 0; a < n; a++) {
    if (isCurrent[a] === 1) continue;
    for (let b = 0; b < n; b++) {
      if (isCurrent[b] === 0) continue;
      const change = size * size * genes - 2 * size * (projections[a]! - projections[b]!);
      moved[a * n + b]! += change;
      moved[b * n + a]! += change;
    }
  }
  return moved;
}

function drawRows(measured: readonly number[]): readonly number[] {
  if (measured.length <= mostPatients) return measured;
  const order = new RandomStream(0, streamId("drift/joint-patients")).permutation(measured.length);
  return [...order.subarray(0, mostPatients)].map((k) => measured[k]!);
}
