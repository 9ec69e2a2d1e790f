import { RandomStream } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { composeLoadings } from "./loadings.ts";
import { createLoadingPrior, locateGeneSets, shrinkTowardsGroupsInPlace } from "./loading-prior.ts";

const genes = 400;
const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, k) => from + k);
const sets = [range(0, 40), range(40, 80), range(30, 50)];

/** Loadings of 0.4 in the first set and −0.3 in the second, with noise of deviation 0.1. */
function plantLoadings(noiseDeviation: number) {
  const random = new RandomStream(3, 4);
  const truth = Float64Array.from({ length: genes }, (_, j) => (j < 40 ? 0.4 : j < 80 ? -0.3 : 0));
  return { truth, noisy: truth.map((value) => value + noiseDeviation * random.nextNormal()) };
}

const meanSquare = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0) / values.length;
const errorOf = (values: Float64Array, truth: Float64Array) => meanSquare(values.map((value, j) => value - truth[j]!));

describe("locateGeneSets", () => {
  it("passes over genes that are not modelled and names given twice", () => {
    const located = locateGeneSets(["A", "B", "C"], [{ genes: ["C", "X", "A", "C"] }, { genes: ["X"] }]);
    expect(located).toEqual([Int32Array.of(0, 2), Int32Array.of()]);
  });
});

describe("createLoadingPrior", () => {
  it("is null without a set of five modelled genes", () => {
    expect(createLoadingPrior(genes, [])).toBeNull();
    expect(createLoadingPrior(genes, [range(0, 4)])).toBeNull();
    expect(createLoadingPrior(genes, [range(0, 5)])!.groups).toHaveLength(2);
  });
});

describe("shrinkTowardsGroupsInPlace", () => {
  const prior = createLoadingPrior(genes, sets)!;

  it("takes most of the noise off and leaves the sets' means whole, also where sets overlap", () => {
    const { truth, noisy } = plantLoadings(0.1);
    const loadings = noisy.slice();
    shrinkTowardsGroupsInPlace(loadings, 0.01, prior);
    expect(errorOf(loadings, truth)).toBeLessThan(errorOf(noisy, truth) / 4);
    const mean = (values: Float64Array, from: number, to: number) =>
      values.subarray(from, to).reduce((sum, value) => sum + value, 0) / (to - from);
    // Standard error of a mean of 40: 0.016; shrinkage of a set's effect: under a tenth.
    expect(Math.abs(mean(loadings, 0, 40) - 0.4)).toBeLessThan(0.05);
    expect(Math.abs(mean(loadings, 40, 80) + 0.3)).toBeLessThan(0.05);
    expect(Math.abs(mean(loadings, 80, genes))).toBeLessThan(0.02);
  });

  it("changes nothing where there is no noise, and keeps sets alone where all may be noise", () => {
    const { noisy } = plantLoadings(0.1);
    const untouched = noisy.slice();
    shrinkTowardsGroupsInPlace(untouched, 0, prior);
    untouched.forEach((value, j) => expect(value).toBeCloseTo(noisy[j]!, 12));
    const grouped = noisy.slice();
    shrinkTowardsGroupsInPlace(grouped, Infinity, prior);
    expect(new Set(grouped.subarray(0, 30)).size).toBe(1);
    expect(new Set(grouped.subarray(80)).size).toBe(1);
  });

  it("leaves loadings of 0 as they are", () => {
    const zeros = new Float64Array(genes);
    shrinkTowardsGroupsInPlace(zeros, 0.01, prior);
    expect(zeros).toEqual(new Float64Array(genes));
  });
});

describe("composeLoadings with gene sets", () => {
  const prior = createLoadingPrior(genes, sets)!;
  const { truth, noisy } = plantLoadings(0.1);
  const norm = noisy.reduce((sum, value) => sum + value * value, 0);
  const residual = {
    eigenvalues: Float64Array.of(norm),
    directions: noisy.map((value) => value / Math.sqrt(norm)),
    explained: new Float64Array(genes),
  };

  it("keeps every gene's variance at 1 and comes nearer to the truth than the direction", () => {
    const { weights, noiseDeviations } = composeLoadings(new Float64Array(0), residual, 1, { prior, patients: 100 });
    weights.forEach((loading, j) => expect(loading ** 2 + noiseDeviations[j]! ** 2).toBeCloseTo(1, 12));
    const plain = composeLoadings(new Float64Array(0), residual, 1, null).weights;
    expect(errorOf(weights, truth)).toBeLessThan(errorOf(plain, truth) / 2);
  });

  it("approaches the direction itself as patients grow", () => {
    const plain = composeLoadings(new Float64Array(0), residual, 1, null).weights;
    const at = (patients: number) => composeLoadings(new Float64Array(0), residual, 1, { prior, patients }).weights;
    expect(errorOf(at(100_000), plain)).toBeLessThan(1e-5);
    expect(errorOf(at(100_000), plain)).toBeLessThan(errorOf(at(200), plain));
  });
});
