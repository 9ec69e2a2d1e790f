import { describe, expect, it } from "vitest";
import { standardiseInnovations } from "./innovations.ts";
import { independentLaw, type LatentTrainingSet } from "./latent-training-set.ts";

const set: LatentTrainingSet = {
  patients: 1,
  dimensions: 2,
  conditionCount: 2,
  draws: 2,
  latents: Float32Array.of(1, 2, 3, 4),
  conditions: Float32Array.of(1, 0, 2, -1),
};

describe("standardiseInnovations", () => {
  it("takes away what the law expects, in units of its deviation, row by row", () => {
    const law = { regression: Float32Array.of(0.5, 1, 0.25, -1), variances: Float32Array.of(0.25, 1) };
    expect(standardiseInnovations(set, law)).toEqual({ ...set, latents: Float32Array.of(1, 1, 4.5, 1) });
  });

  it("changes nothing under a law of no dependence", () => {
    expect(standardiseInnovations(set, independentLaw(set))).toEqual(set);
  });
});
