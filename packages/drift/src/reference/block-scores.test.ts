import { normalQuantile } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { blockScores, tiedBlockScores } from "./block-scores.ts";

const cutsAt = (...values: number[]) => values.map((value) => ({ value, tie: 0.5 }));
const sizes = [5, 5, 5, 5, 5];

describe("scores of blocks", () => {
  it("are normal quantiles of their middles", () => {
    [0.1, 0.3, 0.5, 0.7, 0.9].forEach((share, b) => {
      expect(blockScores(sizes)[b]).toBeCloseTo(normalQuantile(share), 12);
    });
  });

  it("are kept where no cut points are equal", () => {
    expect(tiedBlockScores(sizes, cutsAt(1, 2, 3, 4))).toEqual(blockScores(sizes));
  });

  it("are one between equal cut points, and at the ends their own", () => {
    const plain = blockScores(sizes);
    const tied = tiedBlockScores(sizes, cutsAt(1, 1, 1, 1));
    expect([tied[0], tied[4]]).toEqual([plain[0], plain[4]]);
    for (const b of [1, 2, 3]) expect(tied[b]).toBeCloseTo(0, 12);
    const pair = tiedBlockScores(sizes, cutsAt(0, 0, 0, 2));
    expect(pair[1]).toBeCloseTo((plain[1]! + plain[2]!) / 2, 12);
    expect([pair[0], pair[3], pair[4]]).toEqual([plain[0], plain[3], plain[4]]);
  });
});
