import { expect, it } from "vitest";
import { computeGaussianKernel, createDiscrepancy } from "./maximum-mean-discrepancy.ts";
import { RandomStream } from "./random-stream.ts";
import { computeSquaredDistances } from "./squared-distances.ts";

/** The definition: means of the kernel over pairs within either side less twice that over pairs between. */
function byDefinition(kernel: Float64Array, isReference: Uint8Array): number {
  const n = isReference.length;
  const sums = [0, 0, 0];
  const counts = [0, 0, 0];
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < n; b++) {
      if (a === b) continue;
      const kind = isReference[a]! + isReference[b]!;
      sums[kind]! += kernel[a * n + b]!;
      counts[kind]! += 1;
    }
  }
  return sums[0]! / counts[0]! + sums[2]! / counts[2]! - (2 * sums[1]!) / counts[1]!;
}

it.each([
  [9, 2],
  [9, 6],
  [12, 6],
])("of %i points and %i of them is the definition's", (n, references) => {
  const random = new RandomStream(1, 2);
  const points = Float32Array.from({ length: n * 3 }, () => random.nextNormal());
  const kernel = computeGaussianKernel(computeSquaredDistances([points], 3), n);
  const discrepancy = createDiscrepancy(kernel, n);
  for (let repeat = 0; repeat < 5; repeat++) {
    const isReference = new Uint8Array(n);
    for (const row of random.permutation(n).subarray(0, references)) isReference[row] = 1;
    expect(discrepancy(isReference)).toBeCloseTo(byDefinition(kernel, isReference), 12);
  }
});

it("gives points that are all the same a kernel of ones", () => {
  expect(computeGaussianKernel(new Float64Array(9), 3)).toEqual(new Float64Array(9).fill(1));
});
