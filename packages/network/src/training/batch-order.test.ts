import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawBatch } from "./batch-order.ts";

describe("drawBatch", () => {
  it("takes every row once before any again, whatever the batch size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 50 }), fc.nat(), (count, size, seed) => {
        const rows = Array.from({ length: Math.ceil((3 * count) / size) }, (_, step) => [
          ...drawBatch(seed, step, size, count),
        ]).flat();
        for (let round = 0; round < 3; round++) {
          const seen = rows.slice(round * count, (round + 1) * count).toSorted((a, b) => a - b);
          expect(seen).toEqual(Array.from({ length: count }, (_, i) => i));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("changes the order from round to round and seed to seed", () => {
    const [first, second, other] = [drawBatch(1, 0, 50, 50), drawBatch(1, 1, 50, 50), drawBatch(2, 0, 50, 50)];
    expect(second).not.toEqual(first);
    expect(other).not.toEqual(first);
    expect(drawBatch(1, 1, 50, 50)).toEqual(second);
  });
});
