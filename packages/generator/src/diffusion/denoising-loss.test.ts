import { describe, expect, it } from "vitest";
import { encodeLoss, initialiseWeights, openSession } from "@osteon/network";
import { RandomStream } from "@osteon/numerics";
import { buildDenoisingLoss } from "./denoising-loss.ts";

const sizes = { dimensions: 3, conditionCount: 2, width: 8, blocks: 1, embedding: 4 };
const batch = 6;
const law = { regression: Float32Array.of(0.5, 0, -0.3, 0.2, 0.4, 0), variances: Float32Array.of(0.7, 0.84, 0.05) };

function drawInputs() {
  const random = new RandomStream(4, 1);
  const normals = (count: number) => Float32Array.from({ length: count }, () => random.nextNormal());
  return {
    latents: normals(batch * 3),
    noise: normals(batch * 3),
    conditions: normals(batch * 2),
    keep: Float32Array.of(1, 0, 1, 1, 0, 1),
    "log-noise": Float32Array.of(-4, -1.5, -0.5, 0, 1, 3),
  };
}

describe("buildDenoisingLoss", () => {
  it("is at first the error of the law's own denoiser, in units of its expected deviation", async () => {
    const inputs = drawInputs();
    let total = 0;
    for (let i = 0; i < batch; i++) {
      const keep = inputs.keep[i]!;
      const sigma = Math.exp(inputs["log-noise"][i]!);
      for (let j = 0; j < 3; j++) {
        const [a, b] = [inputs.conditions[2 * i]!, inputs.conditions[2 * i + 1]!];
        const average = keep * (a * law.regression[j]! + b * law.regression[3 + j]!);
        const variance = 1 - keep * (1 - law.variances[j]!);
        const x = inputs.latents[3 * i + j]!;
        const noisy = x + sigma * inputs.noise[3 * i + j]!;
        const denoised = average + (variance / (variance + sigma ** 2)) * (noisy - average);
        const scale = (sigma * Math.sqrt(variance)) / Math.sqrt(variance + sigma ** 2);
        total += ((denoised - x) / scale) ** 2 / (3 * batch);
      }
    }
    const loss = buildDenoisingLoss(sizes, law, { batch, masked: false });
    const session = await openSession(encodeLoss(loss));
    const found = await session.run({ ...inputs, ...initialiseWeights(loss, 1) });
    await session.release();
    expect(Math.abs(found["loss"]![0]! / total - 1)).toBeLessThan(1e-5);
  });

  it("does not see conditions that are dropped", async () => {
    const inputs = { ...drawInputs(), keep: new Float32Array(batch) };
    const loss = buildDenoisingLoss(sizes, law, { batch, masked: false });
    const random = new RandomStream(9, 1);
    const weights = Object.fromEntries(
      Object.entries(initialiseWeights(loss, 1)).map(([name, values]) => [name, values.map(() => random.nextNormal())]),
    );
    const session = await openSession(encodeLoss(loss));
    const before = (await session.run({ ...inputs, ...weights }))["loss"]![0]!;
    const other = inputs.conditions.map((value) => 3 - value);
    const after = (await session.run({ ...inputs, conditions: other, ...weights }))["loss"]![0]!;
    const kept = (await session.run({ ...inputs, conditions: other, keep: inputs.keep.map(() => 1), ...weights }))[
      "loss"
    ]![0]!;
    await session.release();
    expect(after).toBe(before);
    expect(kept).not.toBe(before);
  });
});
