import { decomposeSymmetric, identityMatrix, multiplyMatrices, RandomStream, transposeMatrix } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { computeStatistics, type PatientLatents } from "./copula-statistics.ts";
import { combineEffects, regressOnAnchors } from "./expression-regression.ts";
import { composeLoadings } from "./loadings.ts";
import { selectRank } from "./rank-selection.ts";
import { findResidualDirections } from "./residual-directions.ts";
import { createSketch } from "./sketch.ts";

interface Planted {
  readonly patients: number;
  readonly genes: number;
  readonly anchors: number;
  readonly rank: number;
  /** Effect of anchor a on gene j. */
  readonly effect: (a: number, j: number) => number;
}

/** Genes = anchors × effects + loadings of ±0.45 on `rank` factors + noise, with variance 1. */
function plant({ patients, genes, anchors, rank, effect }: Planted, index = 0): PatientLatents {
  const random = new RandomStream(61, 62, index);
  const anchorLatents = Float64Array.from({ length: patients * anchors }, () => random.nextNormal());
  const loadings = Float64Array.from({ length: rank * genes }, () => (random.nextUniform() < 0.5 ? -0.45 : 0.45));
  const geneLatents = new Float32Array(patients * genes);
  for (let i = 0; i < patients; i++) {
    const factors = Array.from({ length: rank }, () => random.nextNormal());
    for (let j = 0; j < genes; j++) {
      let value = 0;
      let variance = rank * 0.45 ** 2;
      for (let a = 0; a < anchors; a++) {
        value += effect(a, j) * anchorLatents[i * anchors + a]!;
        variance += effect(a, j) ** 2;
      }
      factors.forEach((factor, k) => (value += factor * loadings[k * genes + j]!));
      geneLatents[i * genes + j] = value + Math.sqrt(1 - variance) * random.nextNormal();
    }
  }
  return { anchorLatents, anchors, geneLatents, genes };
}

const rowsOf = ({ geneLatents, genes }: PatientLatents) =>
  Array.from({ length: geneLatents.length / genes }, (_, i) => i);
const none = (genes: number) => new Int32Array(genes).fill(-1);

describe("regressOnAnchors", () => {
  it("recovers effects on a few genes, and leaves anchors without any near zero", () => {
    const genes = 120;
    const effect = (a: number, j: number) => (a === 0 && j < 12 ? 0.5 : a === 1 && j === 40 ? -0.6 : 0);
    const latents = plant({ patients: 400, genes, anchors: 20, rank: 2, effect });
    const { trans } = regressOnAnchors(
      computeStatistics(latents, rowsOf(latents), createSketch(1, genes, 400, 64)),
      none(genes),
    );
    let noise = 0;
    trans.forEach((value, at) => {
      const planted = effect(Math.floor(at / genes), at % genes);
      // A coefficient's standard error is about 0.05.
      if (planted !== 0) expect(Math.abs(value - planted)).toBeLessThan(0.2);
      else noise += value * value;
    });
    expect(Math.sqrt(noise / trans.length)).toBeLessThan(0.02);
  });

  it("takes a gene's own copy number apart, and shrinks it little", () => {
    const genes = 60;
    const cis = none(genes);
    cis[7] = 3;
    const latents = plant({
      patients: 150,
      genes,
      anchors: 5,
      rank: 1,
      effect: (a, j) => (a === 3 && j === 7 ? 0.6 : 0),
    });
    const effects = regressOnAnchors(computeStatistics(latents, rowsOf(latents), createSketch(1, genes, 150, 64)), cis);
    expect(Math.abs(effects.cis[7]! - 0.6)).toBeLessThan(0.2);
    expect(effects.cis.filter((value) => value !== 0)).toHaveLength(1);
    // The share does not touch it.
    expect(combineEffects(effects, 0, cis)[3 * genes + 7]).toBe(effects.cis[7]);
    expect(combineEffects(effects, 0, cis).filter((value) => value !== 0)).toHaveLength(1);
  });

  it("copes with an anchor that does not vary and a gene that nobody has", () => {
    const latents = plant({ patients: 50, genes: 20, anchors: 3, rank: 1, effect: () => 0 });
    for (let i = 0; i < 50; i++) {
      latents.anchorLatents[i * 3] = 0;
      latents.geneLatents[i * 20 + 4] = NaN;
    }
    const { trans } = regressOnAnchors(
      computeStatistics(latents, rowsOf(latents), createSketch(1, 20, 50, 64)),
      none(20),
    );
    expect(trans.every(Number.isFinite)).toBe(true);
    expect(trans.subarray(0, 20).every((value) => Math.abs(value) < 1e-6)).toBe(true);
  });
});

describe("findResidualDirections", () => {
  /** The same by a dense decomposition of S − Bᵀ R B. */
  function decomposeDensely(latents: PatientLatents, coefficients: Float64Array, correlation: Float64Array) {
    const { geneLatents, genes, anchors } = latents;
    const patients = geneLatents.length / genes;
    const z = Float64Array.from(geneLatents);
    const turned = multiplyMatrices(correlation, coefficients, anchors, anchors, genes);
    const explained = multiplyMatrices(transposeMatrix(coefficients, anchors, genes), turned, genes, anchors, genes);
    const covariance = multiplyMatrices(transposeMatrix(z, patients, genes), z, genes, patients, genes);
    return decomposeSymmetric(
      covariance.map((value, k) => value / patients - explained[k]!),
      genes,
    );
  }

  it.each([
    ["as wide as the genes", 90, 50, 128],
    ["as wide as the patients", 40, 120, 128],
  ])("equals the dense decomposition with a sketch %s", (_, patients, genes, limit) => {
    const latents = plant({ patients, genes, anchors: 3, rank: 3, effect: (a, j) => (a === 0 && j < 9 ? 0.4 : 0) });
    const correlation = Float64Array.of(1, 0.3, 0, 0.3, 1, 0, 0, 0, 1);
    const statistics = computeStatistics(latents, rowsOf(latents), createSketch(1, genes, patients, limit));
    const coefficients = combineEffects(regressOnAnchors(statistics, none(genes)), 1, none(genes));
    const found = findResidualDirections(statistics, coefficients, correlation, 6);
    const dense = decomposeDensely(latents, coefficients, correlation);
    for (let k = 0; k < 6; k++) {
      // The difference is decomposed within the covariance's row space only.
      expect(Math.abs(found.eigenvalues[k]! / dense.values[k]! - 1)).toBeLessThan(0.003);
      let cosine = 0;
      let norm = 0;
      for (let j = 0; j < genes; j++) {
        cosine += found.directions[k * genes + j]! * dense.vectors[k * genes + j]!;
        norm += found.directions[k * genes + j]! ** 2;
      }
      expect(norm).toBeCloseTo(1, 8);
      expect(Math.abs(cosine)).toBeGreaterThan(0.99);
    }
  });

  it("finds the leading directions through a sketch narrower than both", () => {
    const genes = 200;
    const latents = plant({ patients: 300, genes, anchors: 2, rank: 3, effect: () => 0 });
    const statistics = computeStatistics(latents, rowsOf(latents), createSketch(1, genes, 300, 60));
    const coefficients = new Float64Array(2 * genes);
    const found = findResidualDirections(statistics, coefficients, identityMatrix(2), 3);
    const dense = decomposeDensely(latents, coefficients, identityMatrix(2));
    for (let k = 0; k < 3; k++) expect(found.eigenvalues[k]! / dense.values[k]!).toBeCloseTo(1, 1);
  });

  it("stays positive and bounded where a tenth of the values is missing", () => {
    const genes = 150;
    const latents = plant({
      patients: 60,
      genes,
      anchors: 2,
      rank: 2,
      effect: (a, j) => (a === 0 && j < 20 ? 0.5 : 0),
    });
    const random = new RandomStream(1, 1);
    latents.geneLatents.forEach((_, at) => {
      if (random.nextUniform() < 0.1) latents.geneLatents[at] = NaN;
    });
    const statistics = computeStatistics(latents, rowsOf(latents), createSketch(1, genes, 60, 128));
    const coefficients = combineEffects(regressOnAnchors(statistics, none(genes)), 1, none(genes));
    const { eigenvalues } = findResidualDirections(statistics, coefficients, identityMatrix(2), 40);
    expect(eigenvalues.every((value, k) => value >= 0 && value <= (eigenvalues[k - 1] ?? genes / 2))).toBe(true);
    // Without the anchors' part the trace of the covariance is the number of genes.
    expect(eigenvalues.reduce((sum, value) => sum + value, 0)).toBeLessThan(genes);
  });
});

describe("composeLoadings", () => {
  it("gives every gene variance 1: anchors, factors and noise together", () => {
    const genes = 80;
    const correlation = Float64Array.of(1, 0.5, 0.5, 1);
    // Strong enough that some genes reach the limit of what may be explained.
    const latents = plant({
      patients: 100,
      genes,
      anchors: 2,
      rank: 2,
      effect: (a, j) => (a === 0 && j < 10 ? 0.75 : 0),
    });
    const statistics = computeStatistics(latents, rowsOf(latents), createSketch(1, genes, 100, 128));
    const coefficients = combineEffects(regressOnAnchors(statistics, none(genes)), 1, none(genes));
    const directions = findResidualDirections(statistics, coefficients, correlation, 40);
    for (const rank of [0, 2, 40]) {
      const { weights, noiseDeviations } = composeLoadings(coefficients, directions, rank, null);
      const anchorPart = weights.slice(0, 2 * genes);
      const turned = multiplyMatrices(correlation, anchorPart, 2, 2, genes);
      for (let j = 0; j < genes; j++) {
        let variance = noiseDeviations[j]! ** 2;
        for (let a = 0; a < 2; a++) variance += turned[a * genes + j]! * anchorPart[a * genes + j]!;
        for (let k = 2; k < 2 + rank; k++) variance += weights[k * genes + j]! ** 2;
        expect(variance).toBeCloseTo(1, 10);
        expect(noiseDeviations[j]! ** 2).toBeGreaterThan(0.0299);
      }
    }
  });
});

describe("selectRank", () => {
  const options = { seed: 1, folds: 5, largestRank: 20, sketchWidth: 128, geneSets: [] };
  const planted = { patients: 300, genes: 200, anchors: 6, rank: 3 };

  it("finds a planted rank", () => {
    const latents = plant({ ...planted, effect: () => 0 });
    const choice = selectRank(latents, identityMatrix(6), { ...options, cisAnchors: none(200) });
    const at = (rank: number) => choice.candidates.find((candidate) => candidate.rank === rank)!.logLikelihood;
    expect(choice.rank).toBeGreaterThanOrEqual(3);
    expect(choice.rank).toBeLessThanOrEqual(4);
    expect(at(3) - at(2)).toBeGreaterThan(0.05);
    expect(at(2) - at(1)).toBeGreaterThan(0.05);
    expect(at(20)).toBeLessThan(at(3));
  });

  it("finds none where there is none", () => {
    const latents = plant({ ...planted, rank: 0, effect: () => 0 });
    expect(selectRank(latents, identityMatrix(6), { ...options, cisAnchors: none(200) }).rank).toBe(0);
  });

  it("keeps the anchors' effects where held-out patients show them, and drops them where they do not", () => {
    const withEffects = plant({ ...planted, effect: (a, j) => (a < 2 && j % 5 === a ? 0.5 : 0) });
    expect(
      selectRank(withEffects, identityMatrix(6), { ...options, cisAnchors: none(200) }).effectShare,
    ).toBeGreaterThan(0.85);
    const shares = [0, 1, 2, 3].map(
      (index) =>
        selectRank(plant({ ...planted, patients: 60, effect: () => 0 }, index), identityMatrix(6), {
          ...options,
          cisAnchors: none(200),
        }).effectShare,
    );
    expect(shares.reduce((sum, share) => sum + share, 0) / 4).toBeLessThan(0.5);
  });

  it("is not moved by patients without any expression", () => {
    const latents = plant({ ...planted, patients: 100, effect: () => 0 });
    const more: PatientLatents = {
      ...latents,
      anchorLatents: Float64Array.of(...latents.anchorLatents, ...new Float64Array(6 * 50).fill(1)),
      geneLatents: Float32Array.of(...latents.geneLatents, ...new Float32Array(200 * 50).fill(NaN)),
    };
    const choose = (cohort: PatientLatents) =>
      selectRank(cohort, identityMatrix(6), { ...options, cisAnchors: none(200) });
    expect(choose(more)).toEqual(choose(latents));
  });
});
