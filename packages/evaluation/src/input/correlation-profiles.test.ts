import { pearsonCorrelation } from "@osteon/numerics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correlateAllPairs, prepareProfiles } from "./correlation-profiles.ts";
import { computeSetCoherences } from "./set-coherence.ts";

const cell = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -50, max: 50 }).map((value) => value / 8) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const table = fc
  .tuple(fc.integer({ min: 3, max: 12 }), fc.integer({ min: 2, max: 6 }))
  .chain(([rows, width]) =>
    fc.tuple(fc.constant(width), fc.array(cell, { minLength: rows * width, maxLength: rows * width })),
  );

function column(values: readonly number[], width: number, j: number): number[] {
  return values.filter((_, k) => k % width === j);
}

describe("correlateAllPairs", () => {
  it("equals Pearson's correlation over complete pairs", () => {
    fc.assert(
      fc.property(table, ([width, values]) => {
        const columns = Array.from({ length: width }, (_, j) => j);
        const correlations = correlateAllPairs(prepareProfiles(Float32Array.from(values), width, columns));
        let pair = 0;
        for (let a = 0; a < width; a++) {
          for (let b = a + 1; b < width; b++) {
            const expected = pearsonCorrelation(column(values, width, a), column(values, width, b));
            const actual = correlations[pair++]!;
            if (expected === null) expect(actual).toBeNaN();
            else expect(actual).toBeCloseTo(expected, 3);
          }
        }
      }),
    );
  });
});

describe("computeSetCoherences", () => {
  it("equals the mean over pairs, a pair that does not exist counting 0", () => {
    fc.assert(
      fc.property(table, ([width, values]) => {
        const columns = Array.from({ length: width }, (_, j) => j);
        const profiles = prepareProfiles(Float32Array.from(values), width, columns);
        const pairs = correlateAllPairs(profiles).map((value) => (Number.isNaN(value) ? 0 : value));
        const [coherence] = computeSetCoherences(profiles, [{ name: "all", columns: Uint32Array.from(columns) }]);
        expect(coherence).toBeCloseTo(pairs.reduce((sum, value) => sum + value, 0) / pairs.length, 4);
      }),
    );
  });
});
