import { describe, expect, it } from "vitest";
import { initialiseWeights, openSession, encodeGraph } from "@osteon/network";
import { RandomStream } from "@osteon/numerics";
import { LatentGenerator } from "../latent/latent-generator.ts";
import type { LatentNetwork } from "../latent/latent-network.ts";
import { buildDenoisingLoss } from "./denoising-loss.ts";
import { buildDiffusionSampler, type DiffusionSamplerOptions } from "./build-diffusion-sampler.ts";

const sizes = { dimensions: 3, conditionCount: 2, width: 16, blocks: 1, embedding: 8 };
const law = { regression: Float32Array.of(0.5, 0, -0.3, 0.2, 0.4, 0.7), variances: Float32Array.of(0.7, 0.84, 0.05) };

/** With `scale` 0 the network is untrained, else all of its weights are random. */
function createNetwork(scale: number): LatentNetwork {
  const random = new RandomStream(3, 1);
  const initial = initialiseWeights(buildDenoisingLoss(sizes, law, { batch: 1, masked: false }), 1);
  const weights = scale
    ? Object.fromEntries(
        Object.entries(initial).map(([name, values]) => [name, values.map((x) => x + scale * random.nextNormal())]),
      )
    : initial;
  return {
    description: { ...sizes, guidance: 1, steps: 18 },
    weights: { ...weights, "law/regression": law.regression, "law/variances": law.variances },
  };
}

async function sample(network: LatentNetwork, options: DiffusionSamplerOptions, noise: Float32Array, given: number[]) {
  const batch = noise.length / 3;
  const { latents, weights } = buildDiffusionSampler(network, batch, options);
  const session = await openSession(encodeGraph({ latents }, weights));
  const conditions = Float32Array.from({ length: batch * 2 }, (_, i) => given[i % 2]!);
  const result = await session.run({ noise, conditions });
  await session.release();
  return result["latents"]!;
}

const meanOf = (given: readonly number[], j: number) =>
  given[0]! * law.regression[j]! + given[1]! * law.regression[3 + j]!;

describe("buildDiffusionSampler", () => {
  it.each([1, 2, 18])("draws the law itself from an untrained network, whatever the steps (%d)", async (steps) => {
    const noise = Float32Array.of(1, -2, 0.5, 0, 0.3, -1);
    const latents = await sample(createNetwork(0), { steps }, noise, [1, -2]);
    latents.forEach((value, i) => {
      expect(value).toBeCloseTo(meanOf([1, -2], i % 3) + Math.sqrt(law.variances[i % 3]!) * noise[i]!, 5);
    });
    // Without guidance the law without conditions: the noise itself.
    expect(await sample(createNetwork(0), { steps, guidance: 0 }, noise, [1, -2])).toEqual(noise);
  });

  it("solves the guided equation of two normal laws as small steps do", async () => {
    const given = [1, -2];
    for (const guidance of [0.5, 2]) {
      const noise = Float32Array.of(1, -2, 0.5);
      const found = await sample(createNetwork(0), { guidance, steps: 12 }, noise, given);
      for (const j of [0, 1]) {
        // dy/dσ = σ ((1 − w) y / (1 + σ²) + w (y − μ) / (v + σ²)), downwards from σ = 20 in 20,000 steps even in ln σ.
        const [mean, variance] = [meanOf(given, j), law.variances[j]!];
        let y = mean + Math.hypot(Math.sqrt(variance), 20) * noise[j]!;
        const ratio = (1e-4 / 20) ** (1 / 20_000);
        for (let step = 0, sigma = 20; step < 20_000; step++, sigma *= ratio) {
          const middle = sigma * Math.sqrt(ratio);
          const slope = ((1 - guidance) * y) / (1 + middle ** 2) + (guidance * (y - mean)) / (variance + middle ** 2);
          y += middle * slope * sigma * (ratio - 1);
        }
        expect(Math.abs(found[j]! - y)).toBeLessThan(0.02);
      }
    }
  });

  it("moves latents further along the condition the more guidance there is", async () => {
    const random = new RandomStream(2, 1);
    const noise = Float32Array.from({ length: 3 * 200 }, () => random.nextNormal());
    const shifts: number[] = [];
    for (const guidance of [0, 0.5, 1, 2, 3]) {
      const latents = await sample(createNetwork(0), { guidance, steps: 6 }, noise, [1, 1]);
      shifts.push(latents.reduce((total, value, i) => total + (value * meanOf([1, 1], i % 3)) / 200, 0));
    }
    for (let k = 1; k < shifts.length; k++) expect(shifts[k]).toBeGreaterThan(shifts[k - 1]! + 0.1);
  });

  it("comes nearer to the solution with the square of the steps", async () => {
    const network = createNetwork(0.3);
    const noise = Float32Array.of(1, -2, 0.5);
    const exact = await sample(network, { steps: 36 }, noise, [1, -2]);
    const errorOf = async (steps: number) => {
      const latents = await sample(network, { steps }, noise, [1, -2]);
      return Math.hypot(...latents.map((value, j) => value - exact[j]!));
    };
    const [few, many] = [await errorOf(4), await errorOf(12)];
    expect(few).toBeGreaterThan(0);
    expect(many).toBeLessThan(few / 4);
  });

  it("gives a patient alone the same latents to the bit as among others", async () => {
    const generator = await LatentGenerator.open(buildDiffusionSampler(createNetwork(0.3), 16));
    const random = new RandomStream(6, 1);
    const conditions = Float32Array.from({ length: 40 * 2 }, () => random.nextNormal());
    const all = await generator.draw({ conditions, seed: 5, firstIndex: 7, count: 40 });
    for (const at of [0, 8, 9, 39]) {
      const own = conditions.slice(2 * at, 2 * at + 2);
      const alone = await generator.draw({ conditions: own, seed: 5, firstIndex: 7 + at, count: 1 });
      expect(alone).toEqual(all.slice(3 * at, 3 * at + 3));
    }
    await generator.release();
  });

  it.each([{ steps: 0 }, { steps: 1.5 }, { guidance: -1 }, { guidance: Infinity }])("refuses %o", (options) => {
    expect(() => buildDiffusionSampler(createNetwork(0), 16, options)).toThrow(
      expect.objectContaining({
        code: "generator.option",
        parameters: expect.objectContaining({ option: Object.keys(options)[0] }) as unknown,
      }),
    );
  });

  it("refuses a network that lacks something, by its name", () => {
    const network = createNetwork(0);
    const { "law/variances": _, ...weights } = network.weights;
    const broken: [LatentNetwork, string][] = [
      [{ ...network, weights }, "law/variances"],
      [{ ...network, weights: { ...weights, "law/variances": Float32Array.of(1, 2, 0) } }, "law/variances"],
      [{ ...network, description: { ...network.description, width: "16" } }, "width"],
      [{ ...network, description: { ...network.description, steps: 0 } }, "steps"],
    ];
    for (const [given, name] of broken) {
      expect(() => buildDiffusionSampler(given, 16)).toThrow(
        expect.objectContaining({ code: "generator.malformed-model", parameters: { family: "diffusion", name } }),
      );
    }
  });
});
