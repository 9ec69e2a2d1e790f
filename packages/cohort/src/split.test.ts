import fc from "fast-check";
import { expect, it } from "vitest";
import { simulateDemonstrationCohort } from "./demonstration/index.ts";
import { splitCohort } from "./split.ts";

const { cohort } = simulateDemonstrationCohort({ patients: 97, genes: 0 });

it("parts the rows, and every stratum within one patient of its share", () => {
  const options = fc.record({
    holdOutFraction: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
    seed: fc.nat(),
    repeat: fc.nat({ max: 50 }),
  });
  fc.assert(
    fc.property(options, (chosen) => {
      const { train, holdOut } = splitCohort(cohort, chosen);
      expect([...train, ...holdOut].sort((a, b) => a - b)).toEqual([...cohort.patientIds.keys()]);
      expect(holdOut).toHaveLength(Math.round(97 * chosen.holdOutFraction));
      for (const event of [0, 1]) {
        for (const metastasis of [-1, 0, 1]) {
          const inStratum = (row: number) =>
            cohort.clinical.event[row] === event && cohort.clinical.metastasis[row] === metastasis;
          const held = holdOut.filter(inStratum).length;
          const all = held + train.filter(inStratum).length;
          expect(Math.abs(held - (all * holdOut.length) / 97)).toBeLessThan(1);
        }
      }
    }),
  );
});

it("is fixed by seed and repeat, and changes with either", () => {
  const first = splitCohort(cohort, { holdOutFraction: 0.3, seed: 1 });
  expect(splitCohort(cohort, { holdOutFraction: 0.3, seed: 1, repeat: 0 })).toEqual(first);
  expect(splitCohort(cohort, { holdOutFraction: 0.3, seed: 1, repeat: 1 })).not.toEqual(first);
  expect(splitCohort(cohort, { holdOutFraction: 0.3, seed: 2 })).not.toEqual(first);
});

it("holds every patient out about equally often", () => {
  const times = new Float64Array(97);
  for (let repeat = 0; repeat < 400; repeat++) {
    for (const row of splitCohort(cohort, { holdOutFraction: 0.25, seed: 9, repeat }).holdOut) times[row]! += 1;
  }
  expect(Math.min(...times)).toBeGreaterThan(100 - 50);
  expect(Math.max(...times)).toBeLessThan(100 + 50);
});

it("refuses fractions and repeats out of range, and parts that would be empty", () => {
  for (const holdOutFraction of [0, 1, NaN, -0.1, 0.001, 0.999]) {
    expect(() => splitCohort(cohort, { holdOutFraction, seed: 1 })).toThrow("holdOutFraction");
  }
  expect(() => splitCohort(cohort, { holdOutFraction: 0.3, seed: 1, repeat: -1 })).toThrow("repeat");
});
