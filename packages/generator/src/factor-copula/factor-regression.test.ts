import { identityMatrix, multiplyMatrices, RandomStream } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { computeStatistics } from "./copula-statistics.ts";
import { tieFactorsToClinical } from "./factor-regression.ts";
import { completeVariance } from "./loadings.ts";
import { createSketch } from "./sketch.ts";

const genes = 60;
const rank = 2;
const clinical = 2;
const anchors = 3;

/** Two factors of thirty genes each, loading 0.7; the first follows the first clinical latent by `effect`. */
function simulate(patients: number, effect: number, seed: number) {
  const anchorLatents = new Float64Array(patients * anchors);
  const geneLatents = new Float32Array(patients * genes);
  for (let i = 0; i < patients; i++) {
    const random = new RandomStream(seed, 1, i);
    const own = anchorLatents.subarray(i * anchors, (i + 1) * anchors);
    for (let a = 0; a < anchors; a++) own[a] = random.nextNormal();
    const factors = [effect * own[0]! + Math.sqrt(1 - effect ** 2) * random.nextNormal(), random.nextNormal()];
    for (let j = 0; j < genes; j++) {
      geneLatents[i * genes + j] = 0.7 * factors[j % 2]! + Math.sqrt(0.51) * random.nextNormal();
    }
  }
  const rows = Uint32Array.from({ length: patients }, (_, i) => i);
  return computeStatistics({ anchorLatents, anchors, geneLatents, genes }, rows, createSketch(1, genes, patients, 64));
}

const correlation = identityMatrix(anchors);
const weights = new Float64Array((anchors + rank) * genes);
for (let j = 0; j < genes; j++) weights[(anchors + (j % 2)) * genes + j] = 0.7;
const loadings = completeVariance(weights, rank, correlation, anchors);
const tie = (patients: number, effect: number, seed = 1) =>
  tieFactorsToClinical(loadings, simulate(patients, effect, seed), correlation, clinical);
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const onClinical = (tied: { weights: Float64Array }, a: number, parity: number) =>
  meanOf(Array.from({ length: genes / 2 }, (_, k) => tied.weights[a * genes + 2 * k + parity]!));

describe("tieFactorsToClinical", () => {
  it("finds what a factor has of a clinical variable, and leaves the other alone", () => {
    const tied = tie(4000, 0.5);
    // Loading times effect, within four standard errors of 4,000 patients.
    expect(Math.abs(onClinical(tied, 0, 0) - 0.35)).toBeLessThan(0.05);
    for (const [a, parity] of [
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const) {
      expect(Math.abs(onClinical(tied, a, parity))).toBeLessThan(0.05);
    }
    // The third anchor is not clinical.
    expect(onClinical(tied, 2, 0)).toBe(0);
  });

  it("keeps half of it and more at 85 patients, and hardly anything where there is nothing", () => {
    const seeds = Array.from({ length: 20 }, (_, k) => k + 1);
    const found = meanOf(seeds.map((seed) => onClinical(tie(85, 0.5, seed), 0, 0)));
    expect(found).toBeGreaterThan(0.22);
    expect(found).toBeLessThan(0.4);
    const chance = meanOf(seeds.map((seed) => onClinical(tie(85, 0, seed), 0, 0) ** 2));
    // Without shrinkage it would be 0.7² / 85.
    expect(chance).toBeLessThan(0.49 / 85);
  });

  it("keeps each gene's variance at 1 and the genes' covariance", () => {
    const tied = tie(4000, 0.5);
    const covariance = ({ weights: own, noiseDeviations }: typeof tied, a: number, b: number) => {
      let sum = a === b ? noiseDeviations[a]! ** 2 : 0;
      for (let row = 0; row < anchors + rank; row++) sum += own[row * genes + a]! * own[row * genes + b]!;
      return sum;
    };
    for (const [a, b] of [
      [0, 0],
      [0, 2],
      [0, 1],
      [1, 3],
    ] as const) {
      expect(covariance(tied, a, b)).toBeCloseTo(covariance(loadings, a, b), 6);
    }
  });

  it("stays a distribution where the factors follow almost wholly", () => {
    const { noiseDeviations, weights: own } = tie(200, 0.9999);
    expect([...noiseDeviations, ...own].every(Number.isFinite)).toBe(true);
    expect(multiplyMatrices(own.slice(0, genes), own.slice(0, genes), 1, genes, 1)[0]).toBeGreaterThan(5);
  });

  it("leaves a model without factors as it is", () => {
    const none = { ...loadings, rank: 0, weights: loadings.weights.slice(0, anchors * genes) };
    expect(tieFactorsToClinical(none, simulate(50, 0.5, 1), correlation, clinical)).toBe(none);
  });
});
