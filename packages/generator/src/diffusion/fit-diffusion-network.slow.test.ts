import { describe, expect, it } from "vitest";
import { LatentGenerator } from "../latent/latent-generator.ts";
import type { LatentNetwork } from "../latent/latent-network.ts";
import { independentLaw, type LatentTrainingSet } from "../latent/latent-training-set.ts";
import { energyDistance } from "../testing/energy-distance.ts";
import { linearTarget, simulateLinear, simulateThreeGroups } from "../testing/diffusion-targets.ts";
import { buildDiffusionSampler, type DiffusionSamplerOptions } from "./build-diffusion-sampler.ts";
import { fitDiffusionNetwork } from "./fit-diffusion-network.ts";

const options = {
  seed: 3,
  width: 64,
  batchSize: 128,
  stepsPerEpoch: 50,
  dropout: 0,
  refit: false,
  training: { epochs: 60, learningRate: 2e-3, finalRateShare: 0.01, patience: 20 },
} as const;

const fit = (set: LatentTrainingSet) => fitDiffusionNetwork(set, independentLaw(set), options);

/** Latents of `count` patients of the same conditions. */
async function draw(
  network: LatentNetwork,
  conditions: readonly number[],
  count: number,
  sampling: DiffusionSamplerOptions = {},
): Promise<Float32Array> {
  const generator = await LatentGenerator.open(buildDiffusionSampler(network, 16, sampling));
  const rows = Float32Array.from({ length: count * conditions.length }, (_, i) => conditions[i % conditions.length]!);
  const latents = await generator.draw({ conditions: rows, seed: 8, firstIndex: 0, count });
  await generator.release();
  return latents;
}

/** Means and covariance of rows of two columns. */
function momentsOf(rows: Float32Array): { means: number[]; covariance: number[][] } {
  const count = rows.length / 2;
  const means = [0, 1].map((j) => rows.reduce((total, value, i) => (i % 2 === j ? total + value : total), 0) / count);
  const product = (j: number, k: number) => {
    let total = 0;
    for (let i = 0; i < rows.length; i += 2) total += (rows[i + j]! - means[j]!) * (rows[i + k]! - means[k]!);
    return total / count;
  };
  return { means, covariance: [0, 1].map((j) => [0, 1].map((k) => product(j, k))) };
}

describe("fitDiffusionNetwork on targets that are known", () => {
  it("fits three groups, of which the law it begins at knows nothing", async () => {
    const { network, summary } = await fit(simulateThreeGroups(2000, 1));
    const fresh = simulateThreeGroups(1500, 2).latents;
    const withoutCorrection = {
      ...network,
      weights: { ...network.weights, "last/weights": new Float32Array(128), "last/bias": new Float32Array(2) },
    };
    const distance = async (of: LatentNetwork) => energyDistance(await draw(of, [0], 1500), fresh, 2);
    const [trained, untrained] = [await distance(network), await distance(withoutCorrection)];
    expect(summary.bestValidationLoss).toBeLessThan(0.8 * summary.initialValidationLoss!);
    expect(trained).toBeLessThan(0.005);
    expect(untrained).toBeGreaterThan(10 * 0.005);
  });

  it("recovers conditional mean and covariance of a linear law, and follows conditions more with more guidance", async () => {
    const { network } = await fit(simulateLinear(3000, 1));
    const { regression, covariance } = linearTarget;
    for (const given of [
      [0, 0],
      [1, -1],
      [-1.5, 0.5],
    ] as const) {
      const found = momentsOf(await draw(network, given, 4000));
      for (const j of [0, 1]) {
        const mean = given[0] * regression[0][j]! + given[1] * regression[1][j]!;
        expect(Math.abs(found.means[j]! - mean)).toBeLessThan(0.1);
        for (const k of [0, 1]) expect(Math.abs(found.covariance[j]![k]! - covariance[j]![k]!)).toBeLessThan(0.1);
      }
    }
    // Along (0.6, −0.3), where the first condition moves the latents.
    const shifts: number[] = [];
    for (const guidance of [0, 0.5, 1, 2, 3]) {
      const { means } = momentsOf(await draw(network, [1, 0], 1000, { guidance }));
      shifts.push(0.6 * means[0]! - 0.3 * means[1]!);
    }
    expect(Math.abs(shifts[0]!)).toBeLessThan(0.08);
    for (let k = 1; k < shifts.length; k++) expect(shifts[k]! - shifts[k - 1]!).toBeGreaterThan(0.05);
  });
});
