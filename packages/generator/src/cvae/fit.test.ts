import { RandomStream } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { samplerBatch } from "../latent/batch-runner.ts";
import { LatentGenerator } from "../latent/latent-generator.ts";
import type { LatentNetwork } from "../latent/latent-network.ts";
import { independentLaw, type LatentTrainingSet, type LinearLaw } from "../latent/latent-training-set.ts";
import { drawLinearTarget, linearTarget, linearTargetCovariance } from "../testing/cvae-targets.ts";
import { fitCvaeNetwork } from "./fit.ts";
import { buildCvaeSampler } from "./sampler.ts";

async function drawAt(network: LatentNetwork, given: readonly number[], count: number): Promise<Float32Array> {
  const generator = await LatentGenerator.open(buildCvaeSampler(network, samplerBatch));
  const conditions = Float32Array.from({ length: count * given.length }, (_, k) => given[k % given.length]!);
  const latents = await generator.draw({ conditions, seed: 6, firstIndex: 0, count });
  await generator.release();
  return latents;
}

function describeRows(rows: Float32Array, columns: number): { mean: number[]; covariance: number[] } {
  const count = rows.length / columns;
  const at = (i: number, j: number) => rows[i * columns + j]!;
  const average = (value: (i: number) => number) =>
    Array.from({ length: count }, (_, i) => value(i)).reduce((sum, x) => sum + x, 0) / count;
  const mean = Array.from({ length: columns }, (_, j) => average((i) => at(i, j)));
  const covariance = mean.flatMap((a, j) => mean.map((b, k) => average((i) => (at(i, j) - a) * (at(i, k) - b))));
  return { mean, covariance };
}

const largestGap = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((value, k) => Math.abs(value - b[k]!)));

/** Nothing but noise under `law`. */
function drawNoise(patients: number, law: LinearLaw, dimensions: number): LatentTrainingSet {
  const random = new RandomStream(2, 2);
  const conditions = Float32Array.from({ length: patients }, () => random.nextNormal());
  const latents = Float32Array.from({ length: patients * dimensions }, (_, k) => {
    const j = k % dimensions;
    return (
      conditions[Math.floor(k / dimensions)]! * law.regression[j]! + Math.sqrt(law.variances[j]!) * random.nextNormal()
    );
  });
  return { patients, dimensions, conditionCount: 1, draws: 1, latents, conditions };
}

describe("fitCvaeNetwork", () => {
  it("recovers conditional mean and covariance of a linear Gaussian by itself", async () => {
    const set = drawLinearTarget(1000, 1);
    const options = { seed: 1, training: { epochs: 200 } };
    const { network, summary } = await fitCvaeNetwork(set, independentLaw(set), options);
    expect(summary.bestValidationLoss).toBeLessThan(summary.initialValidationLoss! - 0.2);
    expect(summary.activeUnits).toBeGreaterThanOrEqual(1);
    const { slopes, dimensions } = linearTarget;
    for (const given of [
      [0, 0],
      [1, 0],
      [-1, 1.5],
    ]) {
      const { mean, covariance } = describeRows(await drawAt(network, given, 4000), dimensions);
      const expected = slopes[0].map((slope, j) => given[0]! * slope + given[1]! * slopes[1][j]!);
      expect(largestGap(mean, expected)).toBeLessThan(0.12);
      expect(largestGap(covariance, linearTargetCovariance())).toBeLessThan(0.1);
    }
  });

  it("stays at the law, with its mean and covariance, where held-out patients confirm nothing more", async () => {
    const law = { regression: Float32Array.of(0.8, -0.6, 0), variances: Float32Array.of(0.36, 0.64, 1) };
    const set = drawNoise(60, law, 3);
    const { network, summary } = await fitCvaeNetwork(set, law, { seed: 3, training: { patience: 10 } });
    expect(summary).toMatchObject({ bestEpoch: -1, stoppedEarly: true, activeUnits: 0 });
    expect(summary.bestValidationLoss).toBe(summary.initialValidationLoss);
    // −log density of N(0, 1) a dimension.
    expect(Math.abs(summary.initialValidationLoss! - 1.419)).toBeLessThan(0.25);
    const { mean, covariance } = describeRows(await drawAt(network, [1.5], 6000), 3);
    expect(largestGap(mean, [1.2, -0.9, 0])).toBeLessThan(0.06);
    expect(largestGap(covariance, [0.36, 0, 0, 0, 0.64, 0, 0, 0, 1])).toBeLessThan(0.08);
  });

  it("gives the same weights for the same seed, and each patient the same alone as among others", async () => {
    const set = drawLinearTarget(60, 4);
    const fit = (seed: number) =>
      fitCvaeNetwork(set, independentLaw(set), { seed, training: { epochs: 4, warmUpSteps: 0, learningRate: 0.01 } });
    const first = await fit(7);
    expect(first.summary.bestEpoch).toBeGreaterThanOrEqual(0);
    expect(await fit(7)).toEqual(first);
    expect((await fit(8)).network.weights).not.toEqual(first.network.weights);

    const generator = await LatentGenerator.open(buildCvaeSampler(first.network, samplerBatch));
    const conditions = set.conditions.subarray(0, 2 * 40);
    const together = await generator.draw({ conditions, seed: 5, firstIndex: 3, count: 40 });
    for (const index of [3, 15, 16, 42]) {
      const own = conditions.subarray((index - 3) * 2, (index - 2) * 2);
      const alone = await generator.draw({ conditions: own, seed: 5, firstIndex: index, count: 1 });
      expect(alone).toEqual(together.subarray((index - 3) * 4, (index - 2) * 4));
    }
    await generator.release();
  });

  it("begins at given weights and keeps the better of them and the untrained ones", async () => {
    const set = drawLinearTarget(300, 5);
    const law = independentLaw(set);
    const training = { epochs: 20 };
    const pretrained = await fitCvaeNetwork(set, law, { seed: 1, training });
    const still = { seed: 1, training: { epochs: 1, learningRate: 1e-12 }, initial: pretrained.network.weights };
    const again = await fitCvaeNetwork(set, law, still);
    expect(again.summary.bestValidationLoss).toBeCloseTo(pretrained.summary.bestValidationLoss!, 5);
    const spoiled = { ...pretrained.network.weights, "decoder/mean/bias": new Float32Array(4).fill(9) };
    const rescued = await fitCvaeNetwork(set, law, { ...still, initial: spoiled });
    expect(rescued.summary).toMatchObject({ bestEpoch: -1, activeUnits: 0 });
    expect(rescued.network.weights["decoder/mean/bias"]).toEqual(new Float32Array(4));
    await expect(fitCvaeNetwork(set, law, { ...still, initial: {} })).rejects.toMatchObject({
      code: "network.weights",
    });
  });

  it("trains to the last epoch where nobody is held out", async () => {
    const set = drawLinearTarget(30, 6);
    const options = { seed: 1, validationShare: 0, training: { epochs: 3 } };
    const { summary } = await fitCvaeNetwork(set, independentLaw(set), options);
    expect(summary).toMatchObject({ epochs: 3, bestEpoch: 2, stoppedEarly: false, bestValidationLoss: null });
  });

  it("ends with the signal's reason", async () => {
    const set = drawLinearTarget(60, 4);
    const controller = new AbortController();
    const reason = new Error("enough");
    const onEpoch = () => controller.abort(reason);
    const fit = fitCvaeNetwork(set, independentLaw(set), { seed: 1, signal: controller.signal, onEpoch });
    await expect(fit).rejects.toBe(reason);
  });

  it.each([
    [{ codes: 0 }, "codes", /whole number of at least 1/],
    [{ hidden: [] }, "hidden", /one or more whole numbers/],
    [{ hidden: [8, 2.5] }, "hidden", /one or more whole numbers/],
    [{ dropout: 1 }, "dropout", /at least 0 and below 1/],
    [{ klWeight: Number.NaN }, "klWeight", /finite number of at least 0/],
    [{ klWarmUpSteps: -1 }, "klWarmUpSteps", /whole number of at least 0/],
    [{ freeBits: Infinity }, "freeBits", /finite number of at least 0/],
    [{ batch: 1.5 }, "batch", /whole number of at least 1/],
    [{ validationShare: -0.1 }, "validationShare", /at least 0 and below 1/],
    [{ validationDraws: 0 }, "validationDraws", /whole number of at least 1/],
    [{ training: { learningRate: 0 } }, "learningRate", /finite number above 0/],
  ])("refuses %o", async (given, option, allowed) => {
    const set = drawLinearTarget(20, 1);
    await expect(fitCvaeNetwork(set, independentLaw(set), { seed: 1, ...given })).rejects.toMatchObject({
      parameters: { option, allowed: expect.stringMatching(allowed) as unknown },
    });
  });

  it("refuses to hold out one of one patient", async () => {
    const set = drawLinearTarget(1, 1);
    await expect(fitCvaeNetwork(set, independentLaw(set), { seed: 1 })).rejects.toMatchObject({
      code: "generator.too-few-patients",
    });
  });
});

describe("buildCvaeSampler", () => {
  it.each([{}, { dimensions: 2, conditionCount: 1, codes: 1, hidden: ["8"] }, { hidden: [3], dimensions: -1 }])(
    "refuses a description without its sizes: %o",
    (description) => {
      expect(() => buildCvaeSampler({ description, weights: {} }, 1)).toThrow(
        expect.objectContaining({ code: "generator.malformed-model" }),
      );
    },
  );
});
