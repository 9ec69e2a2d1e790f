import { invertPositiveDefinite, multiplyMatrices, RandomStream, transposeMatrix } from "@osteon/numerics";
import type { Cohort } from "@osteon/cohort";
import { describe, expect, it } from "vitest";
import { fitFactorCopula } from "../factor-copula/fit.ts";
import { latentBoundsOf } from "../factor-copula/latent-bounds.ts";
import { plantCohort } from "../testing/planted-cohort.ts";
import { drawTrainingSet } from "./draw-training-set.ts";
import { FactorPosteriors } from "./factor-posterior.ts";
import { createLatentSpace } from "./latent-space.ts";

const cohort = plantCohort({ patients: 150, missing: 0.05 });
const { parameters } = fitFactorCopula(cohort, { seed: 1 }).model;
const space = createLatentSpace(parameters);
const options = { seed: 3, draws: 8 };
const set = drawTrainingSet(cohort, parameters, space, options);

describe("drawTrainingSet", () => {
  it("draws latents that show each patient's codes, times and ages", () => {
    const { lower, upper, anchors } = latentBoundsOf(cohort, parameters.marginals);
    for (let row = 0; row < set.draws * set.patients; row++) {
      const i = row % set.patients;
      const coordinates = Float64Array.from(
        set.latents.subarray(row * set.dimensions, row * set.dimensions + space.genomic),
      );
      const genomic = multiplyMatrices(space.turnBack, coordinates, space.genomic, space.genomic, 1);
      const raw = [...set.conditions.subarray(row * space.clinical, (row + 1) * space.clinical), ...genomic];
      raw.forEach((value, k) => {
        expect(value).toBeGreaterThan(lower[i * anchors + k]! - 1e-4);
        expect(value).toBeLessThan(Math.max(upper[i * anchors + k]!, lower[i * anchors + k]!) + 1e-4);
      });
    }
  });

  it("draws coordinates of mean 0 and covariance 1 over a cohort like the one fitted", () => {
    const rows = set.draws * set.patients;
    for (let a = 0; a < set.dimensions; a++) {
      for (let b = 0; b <= a; b++) {
        let sum = 0;
        for (let row = 0; row < rows; row++) {
          sum += set.latents[row * set.dimensions + a]! * set.latents[row * set.dimensions + b]!;
        }
        // Four standard errors of 150 patients, and the shrinkage of the copula's correlations.
        expect(Math.abs(sum / rows - (a === b ? 1 : 0)), `${a}, ${b}`).toBeLessThan(0.4);
      }
    }
  });

  it("is the same for a seed, and another in another draw", () => {
    expect(drawTrainingSet(cohort, parameters, space, options)).toEqual(set);
    const half = set.patients * set.dimensions;
    expect(set.latents.slice(0, half)).not.toEqual(set.latents.slice(half, 2 * half));
  });

  it("takes a cohort of another cancer, without some clinical variable and without some genes", () => {
    const other = plantCohort({ patients: 60, seed: 9 });
    const bare: Cohort = {
      ...other,
      clinical: { ...other.clinical, necrosisPercent: new Float64Array(60).fill(NaN) },
      expression: {
        ...other.expression,
        values: other.expression.values.map((value, at) => (at % other.expression.genes.length < 3 ? NaN : value)),
      },
    };
    const { latents, conditions } = drawTrainingSet(bare, parameters, space, options);
    expect([...latents, ...conditions].every(Number.isFinite)).toBe(true);
  });

  it("stops when asked to", () => {
    expect(() => drawTrainingSet(cohort, parameters, space, { ...options, signal: AbortSignal.abort() })).toThrow();
  });
});

describe("FactorPosteriors", () => {
  const { expression } = parameters;
  const genes = expression.genes.length;
  const anchors = space.clinical + space.genomic;
  const weight = (row: number, j: number) => expression.weights[row * expression.noiseDeviations.length + j]!;

  it.each([0, 7])("is what conditioning the joint normal gives, with %i genes not measured", (unmeasured) => {
    const random = new RandomStream(4, 4);
    const geneLatents = Float32Array.from({ length: genes }, (_, j) => (j < unmeasured ? NaN : random.nextNormal()));
    const anchorLatents = Float64Array.from({ length: anchors }, () => random.nextNormal());
    const posterior = new FactorPosteriors(expression, anchors).of(geneLatents);
    const { rank } = expression;
    const measured = Array.from({ length: genes - unmeasured }, (_, position) => position + unmeasured);
    const size = measured.length;
    const loadings = Float64Array.from(
      Array.from({ length: rank }, (_, k) => measured.map((j) => weight(anchors + k, j))).flat(),
    );
    const covariance = multiplyMatrices(transposeMatrix(loadings, rank, size), loadings, size, rank, size);
    measured.forEach((j, position) => (covariance[position * size + position]! += expression.noiseDeviations[j]! ** 2));
    const residual = Float64Array.from(
      measured,
      (j) => geneLatents[j]! - anchorLatents.reduce((sum, value, a) => sum + value * weight(a, j), 0),
    );
    const inverse = invertPositiveDefinite(covariance, size)!;
    const gain = multiplyMatrices(loadings, inverse, rank, size, size);
    const mean = multiplyMatrices(gain, residual, rank, size, 1);
    const explained = multiplyMatrices(gain, transposeMatrix(loadings, rank, size), rank, size, rank);
    for (let k = 0; k < rank; k++) {
      let own = posterior.base[k]!;
      for (let a = 0; a < anchors; a++) own += posterior.anchorEffects[k * anchors + a]! * anchorLatents[a]!;
      expect(own).toBeCloseTo(mean[k]!, 6);
      for (let l = 0; l < rank; l++) {
        let entry = 0;
        for (let m = 0; m < rank; m++) entry += posterior.deviation[k * rank + m]! * posterior.deviation[l * rank + m]!;
        expect(entry).toBeCloseTo((k === l ? 1 : 0) - explained[k * rank + l]!, 6);
      }
    }
  });
});
