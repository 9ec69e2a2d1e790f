import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logChance, logWealth } from "./log-wealth.ts";

const situation = fc.integer({ min: 2, max: 8 }).chain((width) =>
  fc.record({
    blocks: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: width, maxLength: width }),
    counts: fc.array(fc.integer({ min: 0, max: 15 }), { minLength: width, maxLength: width }),
  }),
);

describe("the stake", () => {
  it("is 1 before anybody has come", () => expect(logWealth([9, 9, 10], [0, 0, 0])).toBeCloseTo(0, 10));

  it("is a martingale: on average the next patient leaves it as it is", () => {
    fc.assert(
      fc.property(situation, ({ blocks, counts }) => {
        const seen = blocks.map((size, b) => size + counts[b]!);
        const total = seen.reduce((sum, size) => sum + size, 0);
        const now = logWealth(blocks, counts);
        const next = seen.reduce((sum, size, b) => {
          const after = logWealth(blocks, counts.with(b, counts[b]! + 1));
          return sum + (size / total) * Math.exp(after - now);
        }, 0);
        expect(next).toBeCloseTo(1, 7);
      }),
    );
  });

  it("grows where all come from one side, and on either side alike", () => {
    const blocks = [9, 9, 9, 9, 9];
    const high = logWealth(blocks, [0, 0, 0, 0, 12]);
    expect(high).toBeGreaterThan(Math.log(1000));
    expect(logWealth(blocks, [12, 0, 0, 0, 0])).toBeCloseTo(high, 8);
  });
});

it("the chance of counts is that of the patients one after another", () => {
  // 3/5 · 4/6 · 2/7
  expect(Math.exp(logChance([3, 2], [2, 1]))).toBeCloseTo((3 / 5) * (4 / 6) * (2 / 7), 10);
});
