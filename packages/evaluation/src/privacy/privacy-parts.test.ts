import { rocArea, RandomStream, adjustByHolm } from "@osteon/numerics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildCohort } from "../testing/build-cohort.ts";
import { rankingOutcome, riskAboveControl, rocAreaInterval } from "./attack-outcome.ts";
import { createAttackTarget } from "./attack-target.ts";
import { attackLinkability } from "./linkability.ts";
import { createRecordSpace } from "./record-space.ts";
import { designShadows } from "./shadow-design.ts";
import { meanDifference, shuffleTest } from "./shuffle-test.ts";

describe("adjustByHolm", () => {
  it("is R's p.adjust(c(0.01, 0.04, 0.03, 0.005), 'holm')", () => {
    expect(adjustByHolm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
  });
  it("holds at 1, and takes none", () => {
    expect(adjustByHolm([0.9, 0.8])).toEqual([1, 1]);
    expect(adjustByHolm([])).toEqual([]);
  });
});

describe("designShadows", () => {
  it("leaves each patient out of one shadow of each block, and all shadows of one size", () => {
    const whole = (min: number, max: number) => fc.integer({ min, max });
    fc.assert(
      fc.property(whole(10, 40), whole(1, 6), whole(2, 5), (patients, blocks, folds) => {
        const isIn = designShadows(patients, blocks * folds, folds, 5);
        for (let block = 0; block < blocks; block++) {
          const rows = Array.from({ length: folds }, (_, f) =>
            isIn.subarray((block * folds + f) * patients, (block * folds + f + 1) * patients),
          );
          const sizes = rows.map((row) => row.reduce((sum, value) => sum + value, 0));
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          for (let i = 0; i < patients; i++) {
            expect(rows.reduce((sum, row) => sum + row[i]!, 0)).toBe(folds - 1);
          }
        }
      }),
    );
  });
});

describe("shuffleTest", () => {
  it("has the exact p-value of a perfect separation, and 1 where all is the same", () => {
    const test = (values: readonly number[]) =>
      shuffleTest(3, 6, new RandomStream(1, 1), meanDifference(values, 3)).pValue;
    // One of C(6, 3) = 20 labellings.
    expect(test([9, 8, 7, 3, 2, 1])).toBeGreaterThan(0.035);
    expect(test([9, 8, 7, 3, 2, 1])).toBeLessThan(0.065);
    expect(test([5, 5, 5, 5, 5, 5])).toBe(1);
    expect(test([1, 2, 3, 7, 8, 9])).toBe(1);
  });
});

describe("rankingOutcome", () => {
  it("has the AUC, and its null range about that of the normal approximation", () => {
    const random = new RandomStream(2, 2);
    const scores = Float64Array.from({ length: 88 }, () => random.nextNormal());
    const outcome = rankingOutcome(scores, 44, random);
    if (outcome.kind !== "ranking") throw new Error("unanswered");
    expect(outcome.auc.value).toBe(rocArea(scores.subarray(0, 44), scores.subarray(44)));
    expect(Math.abs(outcome.nullRange[0] - 0.38)).toBeLessThan(0.015);
    expect(Math.abs(outcome.nullRange[1] - 0.62)).toBeLessThan(0.015);
  });
  it("answers nothing for four patients", () => {
    expect(rankingOutcome(new Float64Array(20), 4, new RandomStream(1, 1))).toMatchObject({ kind: "unanswered" });
  });
});

describe("rocAreaInterval", () => {
  it("holds the area, is mirrored about ½, and has a width at 1", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (area) => {
        const { lower, upper } = rocAreaInterval(area, 30, 40);
        const mirrored = rocAreaInterval(1 - area, 30, 40);
        expect(lower).toBeLessThanOrEqual(area);
        expect(upper).toBeGreaterThanOrEqual(area);
        expect(lower).toBeCloseTo(1 - mirrored.upper, 9);
      }),
    );
    expect(rocAreaInterval(1, 30, 40).lower).toBeGreaterThan(0.85);
    expect(rocAreaInterval(1, 30, 40).lower).toBeLessThan(0.97);
  });
});

describe("riskAboveControl", () => {
  it("is near 0 for equal rates, near 1 for a perfect attack, and defined where the control is perfect", () => {
    const at = (main: number, control: number) =>
      riskAboveControl({ successes: main, attacks: 100 }, { successes: control, attacks: 100 });
    expect(at(30, 30).value).toBe(0);
    expect(at(100, 10).value).toBeGreaterThan(0.95);
    // ((50 + z²/2) − (20 + z²/2)) / (100 + z² − 20 − z²/2)
    expect(at(50, 20).value).toBeCloseTo(30 / (80 + 1.959964 ** 2 / 2), 6);
    expect(Number.isFinite(at(100, 100).lower)).toBe(true);
  });
});

describe("createRecordSpace", () => {
  const cohort = buildCohort({
    count: 4,
    mutations: { A: [1, 0, 0, 1], B: [1, 0, -1, 0] },
    expression: { C: [1, 2, 3, Number.NaN], D: [5, 5, 5, 5] },
    survival: { days: [100, 200, 300, 400], event: [1, 0, 1, 0] },
  });
  const space = createRecordSpace([cohort]);
  const rows = space.place(cohort);
  const width = space.attributes.length;

  it("gives each table a total variance of 1, and unknown and constant values no place", () => {
    const variance = (table: string) =>
      space.attributes.reduce((sum, attribute, j) => {
        if (attribute.table !== table) return sum;
        const known = Array.from(attribute.read(cohort), (value, i) =>
          Number.isNaN(value) ? null : rows[i * width + j]!,
        );
        const values = known.filter((value) => value !== null);
        return sum + values.reduce((squares, value) => squares + value * value, 0) / Math.max(1, values.length - 1);
      }, 0);
    for (const table of ["clinical", "mutations", "expression"]) expect(variance(table)).toBeCloseTo(1, 5);
    const column = (name: string) => space.attributes.findIndex((attribute) => attribute.name === name);
    expect(rows[3 * width + column("C")]).toBe(0);
    for (let i = 0; i < 4; i++) expect(rows[i * width + column("D")]).toBe(0);
    expect(rows.every((value) => Number.isFinite(value))).toBe(true);
  });
});

describe("attackLinkability", () => {
  it("links every patient of a photocopy, and none where one half is shuffled away", () => {
    const column = (seed: number) => {
      const random = new RandomStream(seed, 3);
      return Array.from({ length: 40 }, () => random.nextNormal());
    };
    const expression = Object.fromEntries(Array.from({ length: 8 }, (_, j) => [`G${j}`, column(j)]));
    const all = buildCohort({ count: 40, expression });
    const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
    const take = (chosen: readonly number[]) =>
      buildCohort({
        count: chosen.length,
        expression: Object.fromEntries(
          Object.entries(expression).map(([gene, values]) => [gene, chosen.map((row) => values[row]!)]),
        ),
      });
    const [train, holdOut] = [take(rows(0, 20)), take(rows(20, 40))];
    const space = createRecordSpace([all]);
    const outcome = attackLinkability(
      createAttackTarget(space, { train, holdOut, synthetic: train }),
      new RandomStream(1, 1),
    );
    expect(outcome).toMatchObject({ kind: "rate", main: 1, naive: 1 / 20, members: 20, others: 20 });
    if (outcome.kind !== "rate") throw new Error("unanswered");
    expect(outcome.control).toBeLessThan(0.4);
    expect(outcome.pValue).toBeLessThan(0.01);
  });
});
