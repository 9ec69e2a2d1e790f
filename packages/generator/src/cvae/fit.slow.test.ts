import { expect, it } from "vitest";
import { samplerBatch } from "../latent/batch-runner.ts";
import { LatentGenerator } from "../latent/latent-generator.ts";
import { independentLaw } from "../latent/latent-training-set.ts";
import { energyDistance } from "../testing/energy-distance.ts";
import { drawMixtureTarget } from "../testing/cvae-targets.ts";
import { fitCvaeNetwork } from "./fit.ts";
import { buildCvaeSampler } from "./sampler.ts";

it("fits two clouds whose direction the condition turns", async () => {
  const law = independentLaw({ conditionCount: 1, dimensions: 2 });
  const seed = 2;
  // So many patients in two dimensions need no dropout, which blurs the edges of the clouds.
  const trained = await fitCvaeNetwork(drawMixtureTarget(1500, 1), law, { seed, dropout: 0 });
  const untrained = await fitCvaeNetwork(drawMixtureTarget(20, 1), law, {
    seed,
    training: { epochs: 1, learningRate: 1e-9 },
  });
  expect(trained.summary.activeUnits).toBeGreaterThanOrEqual(1);

  // Conditions stand beside the latents, or a network that ignores them would do as well.
  const truth = drawMixtureTarget(1200, 99);
  const join = (latents: Float32Array) =>
    Float32Array.from({ length: truth.patients * 3 }, (_, k) => {
      const row = Math.floor(k / 3);
      return k % 3 === 2 ? Math.sign(truth.conditions[row]!) : latents[row * 2 + (k % 3)]!;
    });
  const measure = async (network: typeof trained.network) => {
    const generator = await LatentGenerator.open(buildCvaeSampler(network, samplerBatch));
    const { conditions, patients: count } = truth;
    const latents = await generator.draw({ conditions, seed: 3, firstIndex: 0, count });
    await generator.release();
    return energyDistance(join(latents), join(truth.latents), 3);
  };
  const distance = await measure(trained.network);
  const distanceBefore = await measure(untrained.network);
  expect(distance).toBeLessThan(0.02);
  expect(distanceBefore).toBeGreaterThan(5 * distance);
});
