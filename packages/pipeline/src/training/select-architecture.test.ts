import type { Family } from "@osteon/generator";
import { describe, expect, it } from "vitest";
import { choose } from "./select-architecture.ts";

const results = (scores: Record<string, readonly (number | null)[]>, copying: readonly string[] = []) =>
  new Map(
    Object.entries(scores).map(([family, of]) => [
      family as Family,
      of.map((score) => ({ score, copies: copying.includes(family), membershipAuc: 0.6 })),
    ]),
  );

describe("choose", () => {
  it("takes the best family where it is clearly best", () => {
    const { chosen, reason } = choose(results({ "factor-copula": [0.5, 0.52, 0.49], diffusion: [0.8, 0.81, 0.8] }), 3);
    expect(chosen).toBe("diffusion");
    expect(reason).toContain("best");
  });

  it("takes the simplest one within a standard error of the paired differences", () => {
    // Better by 0.02 on average, and by 0.2 either way on single splits.
    const { chosen, reason } = choose(results({ "factor-copula": [0.6, 0.8, 0.7], diffusion: [0.8, 0.64, 0.72] }), 3);
    expect(chosen).toBe("factor-copula");
    expect(reason).toContain("simpler");
  });

  it("pairs the splits: a small gain on every split is clear, however the splits differ", () => {
    expect(choose(results({ "factor-copula": [0.2, 0.5, 0.8], cvae: [0.25, 0.56, 0.84] }), 3).chosen).toBe("cvae");
  });

  it("leaves out a family that copies patients, however good", () => {
    const { chosen, families } = choose(results({ "factor-copula": [0.5, 0.5], cvae: [0.9, 0.9] }, ["cvae"]), 2);
    expect(chosen).toBe("factor-copula");
    expect(families[1]).toMatchObject({ splitsWithCopies: 2, mean: 0.9 });
  });

  it("falls back to the simplest where nothing can be scored", () => {
    expect(choose(results({ "factor-copula": [null, null], cvae: [null, null] }), 2)).toMatchObject({
      chosen: "factor-copula",
      reason: expect.stringContaining("no family could be scored"),
    });
  });
});
