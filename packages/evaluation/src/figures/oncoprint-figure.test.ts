import { simulateDemonstrationCohort } from "@osteon/cohort";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildCohort } from "../testing/build-cohort.ts";
import { compareOncoprints } from "./oncoprint-figure.ts";
import { smallestCell } from "./smallest-cell.ts";

/** 1 in the first patients, 0 in the rest. */
const first = (altered: number, count: number) => Array.from({ length: count }, (_, i) => (i < altered ? 1 : 0));

describe("the oncoprint of groups", () => {
  it("splits where both sides keep five patients, and nowhere else", () => {
    const cohort = buildCohort({
      count: 30,
      mutations: {
        TP53: first(15, 30),
        // Five of the fifteen with TP53, and none of the others: the others are not split.
        RB1: first(5, 30),
        ATRX: first(4, 30),
      },
    });
    const { rows, groups } = compareOncoprints(cohort, cohort);
    expect(rows.map(({ gene }) => gene)).toEqual(["TP53", "RB1"]);
    expect(groups).toEqual([
      { states: [true, true], real: 5 / 30, synthetic: 5 / 30 },
      { states: [true, false], real: 10 / 30, synthetic: 10 / 30 },
      { states: [false, null], real: 15 / 30, synthetic: 15 / 30 },
    ]);
  });

  it("counts synthetic patients in the real groups, whoever they are", () => {
    const real = buildCohort({ count: 20, mutations: { TP53: first(10, 20) } });
    const synthetic = buildCohort({ count: 4, mutations: { TP53: [1, 1, 1, -1] } });
    expect(compareOncoprints(real, synthetic).groups.map((group) => group.synthetic)).toEqual([1, 0]);
  });

  it("gives one row to genes that are gained together", () => {
    const gained = first(12, 30);
    const cohort = buildCohort({ count: 30, copyNumber: { MYC: gained, RAD21: gained } });
    expect(compareOncoprints(cohort, cohort).rows).toEqual([{ gene: "MYC", alteration: "gained" }]);
  });

  it("is empty where no alteration is frequent enough", () => {
    const cohort = buildCohort({ count: 9, mutations: { TP53: first(4, 9) } });
    expect(compareOncoprints(cohort, cohort)).toEqual({ rows: [], groups: [] });
  });

  it("shows no group of fewer than five real patients, whatever the cohort", () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 150 }), fc.nat(1000), (patients, seed) => {
        const { cohort } = simulateDemonstrationCohort({ patients, genes: 50, complete: true, seed });
        const { groups } = compareOncoprints(cohort, cohort);
        // The cohort beside itself: what is counted as synthetic are the exact sizes of the real groups.
        for (const { synthetic } of groups) {
          expect(Math.round(synthetic * patients)).toBeGreaterThanOrEqual(smallestCell);
        }
        const total = groups.reduce((sum, { real }) => sum + real, 0);
        expect(total).toBeCloseTo(groups.length === 0 ? 0 : 1, 10);
      }),
      { numRuns: 15 },
    );
  });
});
