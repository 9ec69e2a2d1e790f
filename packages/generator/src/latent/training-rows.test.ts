import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LatentTrainingSet } from "./latent-training-set.ts";
import { fillDrawRows, fillStepRows, splitPatients } from "./training-rows.ts";

/** Each value tells its draw, patient and column. */
function makeSet(patients: number, draws: number): LatentTrainingSet {
  const [dimensions, conditionCount] = [3, 2];
  const number = (columns: number) =>
    Float32Array.from({ length: draws * patients * columns }, (_, k) => {
      const row = Math.floor(k / columns);
      return 10_000 * Math.floor(row / patients) + 10 * (row % patients) + (k % columns);
    });
  return { patients, dimensions, conditionCount, draws, latents: number(3), conditions: number(2) };
}

const patientOf = (value: number) => Math.floor((value % 10_000) / 10);
const drawOf = (value: number) => Math.floor(value / 10_000);

describe("splitPatients", () => {
  it("puts each patient on one side, the share rounded, never none and never all", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (n, share) => {
        const { training, heldOut } = splitPatients(n, share, 5);
        expect([...training, ...heldOut].toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
        expect(heldOut).toHaveLength(Math.min(n - 1, Math.max(1, Math.round(share * n))));
      }),
    );
  });

  it("follows the seed, and holds out nobody at share 0", () => {
    expect(splitPatients(50, 0.2, 1)).toEqual(splitPatients(50, 0.2, 1));
    expect(splitPatients(50, 0.2, 1)).not.toEqual(splitPatients(50, 0.2, 2));
    expect(splitPatients(1, 0, 1)).toEqual({ training: Uint32Array.of(0), heldOut: new Uint32Array(0) });
  });
});

describe("fillStepRows", () => {
  const set = makeSet(20, 5);
  const patients = Uint32Array.of(1, 3, 8, 13, 14, 19);
  const fill = (seed: number, step: number) => {
    const rows = { latents: new Float32Array(4 * 3), conditions: new Float32Array(4 * 2) };
    fillStepRows(set, patients, { seed, step }, rows);
    return rows;
  };

  it("takes each patient once a round, with latents and conditions of the same draw", () => {
    const seen = Array.from({ length: 3 }, (_, step) => fill(9, step)).flatMap(({ latents, conditions }) =>
      Array.from({ length: 4 }, (_, row) => {
        expect(latents[row * 3 + 2]).toBe(latents[row * 3]! + 2);
        expect(conditions[row * 2]).toBe(latents[row * 3]);
        return latents[row * 3]!;
      }),
    );
    for (const round of [seen.slice(0, 6), seen.slice(6)]) {
      expect(round.map(patientOf).toSorted((a, b) => a - b)).toEqual([...patients]);
    }
    expect(new Set(seen.map(drawOf)).size).toBeGreaterThan(1);
  });

  it("follows seed and step only", () => {
    expect(fill(9, 7)).toEqual(fill(9, 7));
    expect(fill(9, 7)).not.toEqual(fill(10, 7));
    expect(fill(9, 7)).not.toEqual(fill(9, 8));
  });
});

describe("fillDrawRows", () => {
  it("takes the patients in order, all of one draw, the draws in turn", () => {
    const rows = { latents: new Float32Array(2 * 3), conditions: new Float32Array(2 * 2) };
    fillDrawRows(makeSet(20, 5), Uint32Array.of(4, 17), 8, rows);
    expect([...rows.latents]).toEqual([30_040, 30_041, 30_042, 30_170, 30_171, 30_172]);
    expect([...rows.conditions]).toEqual([30_040, 30_041, 30_170, 30_171]);
  });
});
