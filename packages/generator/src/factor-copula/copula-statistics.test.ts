import { RandomStream } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import {
  addStatistics,
  computeStatistics,
  subtractStatistics,
  type CopulaStatistics,
  type PatientLatents,
} from "./copula-statistics.ts";
import { combineEffects, regressOnAnchors } from "./expression-regression.ts";
import { findResidualDirections } from "./residual-directions.ts";
import { createSketch, multiplyBySketch, sketchRows } from "./sketch.ts";

const patients = 40;
const anchors = 4;
const genes = 70;

function randomLatents(): PatientLatents {
  const random = new RandomStream(51, 52);
  const geneLatents = Float32Array.from({ length: patients * genes }, () =>
    random.nextUniform() < 0.05 ? NaN : random.nextNormal(),
  );
  return {
    anchorLatents: Float64Array.from({ length: patients * anchors }, () => random.nextNormal()),
    anchors,
    geneLatents,
    genes,
  };
}

const latents = randomLatents();
const everyone = Array.from({ length: patients }, (_, i) => i);
const sketch = createSketch(9, genes, patients, 128);

function expectSame(actual: CopulaStatistics, expected: CopulaStatistics): void {
  expect(actual.patients).toBe(expected.patients);
  expect(actual.measured).toEqual(expected.measured);
  for (const name of ["anchorMoment", "crossMoment"] as const) {
    const scale = Math.max(...expected[name].map(Math.abs));
    actual[name].forEach((value, k) => expect(Math.abs(value - expected[name][k]!)).toBeLessThan(1e-12 * scale));
  }
}

describe("computeStatistics", () => {
  it("equals the definition", () => {
    const { anchorMoment, crossMoment, measured } = computeStatistics(latents, everyone, sketch);
    const omega = sketchRows(sketch, 0, genes);
    const z = (i: number, j: number) => latents.geneLatents[i * genes + j]!;
    for (const j of [0, 7, genes - 1]) {
      expect(measured[j]).toBe(everyone.filter((i) => !Number.isNaN(z(i, j))).length);
      for (const h of [0, 3, anchors, anchors + 5]) {
        let sum = 0;
        for (const i of everyone) {
          if (Number.isNaN(z(i, j))) continue;
          let feature = 0;
          if (h < anchors) feature = latents.anchorLatents[i * anchors + h]!;
          else {
            for (let g = 0; g < genes; g++) {
              if (!Number.isNaN(z(i, g))) feature += omega[g * sketch.width + h - anchors]! * z(i, g);
            }
          }
          sum += feature * z(i, j);
        }
        expect(crossMoment[h * genes + j]).toBeCloseTo(sum, 9);
      }
    }
    let product = 0;
    for (const i of everyone) product += latents.anchorLatents[i * anchors]! * latents.anchorLatents[i * anchors + 2]!;
    expect(anchorMoment[2]).toBeCloseTo(product, 10);
  });

  it("adds up over disjoint groups of patients, and subtracts", () => {
    const whole = computeStatistics(latents, everyone, sketch);
    const first = computeStatistics(latents, everyone.slice(0, 13), sketch);
    const second = computeStatistics(latents, everyone.slice(13), sketch);
    expectSame(addStatistics(first, second), whole);
    expectSame(subtractStatistics(whole, first), second);
  });

  it("forgets a patient by subtraction: the fit is as if the patient had never been there", () => {
    const cis = new Int32Array(genes).fill(-1);
    const correlation = Float64Array.from({ length: anchors * anchors }, (_, k) => (k % (anchors + 1) === 0 ? 1 : 0.1));
    const fit = (statistics: CopulaStatistics) => {
      const coefficients = combineEffects(regressOnAnchors(statistics, cis), 0.8, cis);
      return { coefficients, ...findResidualDirections(statistics, coefficients, correlation, 5) };
    };
    const whole = computeStatistics(latents, everyone, sketch);
    const bySubtraction = fit(subtractStatistics(whole, computeStatistics(latents, [17], sketch)));
    const without = fit(
      computeStatistics(
        latents,
        everyone.filter((i) => i !== 17),
        sketch,
      ),
    );
    without.coefficients.forEach((value, k) => expect(bySubtraction.coefficients[k]).toBeCloseTo(value, 9));
    without.eigenvalues.forEach((value, k) => expect(bySubtraction.eigenvalues[k]).toBeCloseTo(value, 6));
    for (let k = 0; k < 5; k++) {
      let cosine = 0;
      for (let j = 0; j < genes; j++) {
        cosine += without.directions[k * genes + j]! * bySubtraction.directions[k * genes + j]!;
      }
      expect(Math.abs(cosine)).toBeCloseTo(1, 5);
    }
  });
});

describe("the sketch", () => {
  it("has rows that depend on the seed and the gene alone", () => {
    const wide = createSketch(9, 500, 300, 200);
    const all = sketchRows(wide, 0, 500);
    expect(sketchRows(wide, 123, 125)).toEqual(all.slice(123 * 200, 125 * 200));
    expect(sketchRows(createSketch(9, 400, 300, 200), 123, 124)).toEqual(all.slice(123 * 200, 124 * 200));
    expect(sketchRows(createSketch(10, 500, 300, 200), 123, 124)).not.toEqual(all.slice(123 * 200, 124 * 200));
    expect(all.every((value) => Math.abs(value) === 1)).toBe(true);
    // 100,000 signs: deviation 316.
    expect(Math.abs(all.reduce((sum, value) => sum + value, 0))).toBeLessThan(5 * 316);
  });

  it("is the identity where it is as wide as there are genes", () => {
    const matrix = Float64Array.from({ length: 12 }, (_, k) => k);
    expect(multiplyBySketch(matrix, 2, createSketch(1, 6, 100, 128))).toEqual(matrix);
  });

  it("is no wider than patients, genes or the limit", () => {
    expect(createSketch(1, 50, 30, 128).width).toBe(30);
    expect(createSketch(1, 20, 30, 128).width).toBe(20);
    expect(createSketch(1, 500, 300, 128).width).toBe(128);
  });
});
