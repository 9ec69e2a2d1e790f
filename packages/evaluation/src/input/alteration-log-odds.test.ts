import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildCohort } from "../testing/build-cohort.ts";
import { computeAlterationLogOdds, shrinkLogOdds } from "./alteration-log-odds.ts";

describe("shrinkLogOdds", () => {
  it("is the formula written out", () => {
    // Shares ½ and ½: each cell gets 2 · ¼; θ = log(4.5² / 1.5²) = 2.197, v = 2 / 4.5 + 2 / 1.5.
    const theta = Math.log(9);
    const variance = 2 / 4.5 + 2 / 1.5;
    expect(shrinkLogOdds({ both: 4, first: 1, second: 1, neither: 4 })).toBeCloseTo(theta / (1 + variance), 12);
  });
  it("draws larger cohorts less: the estimate nears the log-odds ratio itself", () => {
    const counts = (scale: number) => ({ both: 4 * scale, first: scale, second: scale, neither: 4 * scale });
    expect(shrinkLogOdds(counts(10))).toBeGreaterThan(shrinkLogOdds(counts(1)));
    expect(shrinkLogOdds(counts(1e6))).toBeCloseTo(Math.log(16), 4);
  });
  it("associates an alteration that nobody carries with nothing", () => {
    // Halves in the cells would give log((0.5 · 10.5) / (0.5 · 30.5)) = −1.07 before the prior.
    expect(Math.abs(shrinkLogOdds({ both: 0, first: 0, second: 30, neither: 10 }))).toBeLessThan(0.01);
  });
  it("is finite, symmetric, and changes sign with the labels of one alteration", () => {
    const cell = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(cell, cell, cell, cell, (both, first, second, neither) => {
        fc.pre(both + first + second + neither >= 3);
        const value = shrinkLogOdds({ both, first, second, neither });
        expect(Number.isFinite(value)).toBe(true);
        expect(shrinkLogOdds({ both, first: second, second: first, neither })).toBeCloseTo(value, 10);
        expect(shrinkLogOdds({ both: first, first: both, second: neither, neither: second })).toBeCloseTo(-value, 10);
      }),
    );
  });
  it("has no value for fewer than 3 patients", () => {
    expect(shrinkLogOdds({ both: 1, first: 0, second: 0, neither: 1 })).toBeNaN();
  });
});

describe("computeAlterationLogOdds", () => {
  it("pairs mutations with gains and losses, and no gain with the loss of its own gene", () => {
    const cohort = buildCohort({
      count: 4,
      mutations: { TP53: [1, 1, 0, 0], RB1: [1, 1, 0, -1] },
      copyNumber: { MYC: [2, 1, 0, 0], CDKN2A: [0, -128, -2, -1] },
    });
    const { mutations, copyNumber, across } = computeAlterationLogOdds(cohort);
    expect(mutations).toHaveLength(1);
    expect(mutations[0]).toBeCloseTo(shrinkLogOdds({ both: 2, first: 0, second: 0, neither: 1 }), 12);
    // Gains MYC, CDKN2A, losses MYC, CDKN2A: six pairs less two of one gene.
    expect(copyNumber).toHaveLength(4);
    // TP53 with the gain of MYC: both in two patients, neither in two.
    expect(across).toHaveLength(8);
    expect(across[0]).toBeCloseTo(shrinkLogOdds({ both: 2, first: 0, second: 0, neither: 2 }), 12);
  });
});
