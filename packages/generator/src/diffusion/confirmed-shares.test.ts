import { encodeLoss, input, openSession } from "@osteon/network";
import { RandomStream } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { buildConfirmedLoss, measureConfirmedShares } from "./confirmed-shares.ts";
import type { Denoising } from "./denoising-loss.ts";

const rows = 400;
const groups = Float32Array.from({ length: rows }, (_, row) => row % 2);

/** A correction and its target given as they are. */
const given = (dimensions: number): Denoising => ({
  correction: input("correction", [rows, dimensions]),
  target: input("target", [rows, dimensions]),
  latents: input("latents", [rows, dimensions]),
  errorScale: input("scale", [rows, dimensions]),
  conditions: input("conditions", [rows, 1]),
});

async function lossOf(correction: Float32Array, target: Float32Array): Promise<number> {
  const session = await openSession(encodeLoss(buildConfirmedLoss(given(correction.length / rows), groups)));
  const { loss } = await session.run({ correction, target });
  await session.release();
  return loss![0]!;
}

const random = new RandomStream(1, 1);
const noise = (dimensions: number) => Float32Array.from({ length: rows * dimensions }, () => random.nextNormal());
const meanSquare = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0) / values.length;

describe("buildConfirmedLoss", () => {
  it("is that of the linear law where the network says nothing", async () => {
    const target = noise(3);
    expect(await lossOf(new Float32Array(3 * rows), target)).toBeCloseTo(meanSquare(target), 4);
  });

  it("is 0 where the network is right", async () => {
    const target = noise(3);
    expect(await lossOf(target, target)).toBeCloseTo(0, 4);
  });

  it("keeps the dimension that is right and passes over those that are wrong or overdone", async () => {
    const target = noise(3);
    const other = noise(3);
    // Right; of another sign; ten times too much.
    const correction = target.map((value, at) => (at % 3 === 0 ? value : at % 3 === 1 ? -value : 10 * value));
    expect(await lossOf(correction, target)).toBeCloseTo(meanSquare(target.filter((_, at) => at % 3 === 1)) / 3, 3);
    // Chance agreement gains nothing: at most a few in 400 rows, either way.
    expect(Math.abs((await lossOf(other, target)) - meanSquare(target))).toBeLessThan(0.02);
  });
});

describe("measureConfirmedShares", () => {
  it("is the least-squares share of each dimension, held within 0 and 1", async () => {
    const target = noise(4);
    const factors = [1, 4, 0.5, -1];
    const correction = target.map((value, at) => factors[at % 4]! * value);
    const shares = await measureConfirmedShares(given(4), {}, (inputs) => {
      inputs["correction"]!.set(correction);
      inputs["target"]!.set(target);
    });
    [1, 0.25, 1, 0].forEach((share, k) => expect(shares[k]).toBeCloseTo(share, 4));
  });
});
