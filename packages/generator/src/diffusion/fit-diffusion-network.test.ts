import type { LatentNetwork } from "../latent/latent-network.ts";
import { describe, expect, it } from "vitest";
import { independentLaw, type LatentTrainingSet, type LinearLaw } from "../latent/latent-training-set.ts";
import { splitPatients } from "../latent/training-rows.ts";
import { simulateThreeGroups } from "../testing/diffusion-targets.ts";
import { simulateLatents } from "../testing/simulate-latents.ts";
import { fitDiffusionNetwork } from "./fit-diffusion-network.ts";
import type { DiffusionOptions } from "./options.ts";

const small = { seed: 1, width: 16, embedding: 8, validationLevels: 8, training: { epochs: 4 } } as const;
const groups = simulateThreeGroups(60, 1);
const law = independentLaw(groups);
const fast = { ...small, training: { epochs: 12, learningRate: 5e-3, warmUpSteps: 10, averageDecay: 0.95 } };

describe("fitDiffusionNetwork", () => {
  it("gives the same network to the bit for the same seed, and another for another", async () => {
    const [first, second] = [
      await fitDiffusionNetwork(groups, law, fast),
      await fitDiffusionNetwork(groups, law, fast),
    ];
    expect(first.summary.bestEpoch).toBeGreaterThanOrEqual(0);
    expect(first.summary.bestValidationLoss).toBeLessThan(first.summary.initialValidationLoss!);
    expect(second).toEqual(first);
    const other = await fitDiffusionNetwork(groups, law, { ...fast, seed: 2 });
    expect(other.network.weights["last/weights"]).not.toEqual(first.network.weights["last/weights"]);
  });

  it("stays at the law where held-out patients confirm nothing", async () => {
    const noise = simulateLatents({ patients: 40, dimensions: 12, conditionCount: 2 }, 3, (_, random) =>
      Array.from({ length: 12 }, () => random.nextNormal()),
    );
    const training = { epochs: 30, learningRate: 0.01, warmUpSteps: 0, averageDecay: 0, patience: 5 };
    const { network, summary } = await fitDiffusionNetwork(noise, independentLaw(noise), { ...small, training });
    expect(summary.bestEpoch).toBe(-1);
    expect(summary.stoppedEarly).toBe(true);
    expect(summary.bestValidationLoss).toBe(summary.initialValidationLoss);
    expect(network.weights["last/weights"]!.every((value) => value === 0)).toBe(true);
  });

  it("takes draws of a patient in turn: two that are equal are as one", async () => {
    const twice: LatentTrainingSet = {
      ...groups,
      draws: 2,
      latents: Float32Array.of(...groups.latents, ...groups.latents),
      conditions: Float32Array.of(...groups.conditions, ...groups.conditions),
    };
    expect(await fitDiffusionNetwork(twice, law, small)).toEqual(await fitDiffusionNetwork(groups, law, small));
    const other = { ...twice, latents: twice.latents.map((x, i) => (i < groups.latents.length ? x : -x)) };
    expect(await fitDiffusionNetwork(other, law, small)).not.toEqual(await fitDiffusionNetwork(groups, law, small));
  });

  it("keeps held-out patients from the weights, all of their draws, unless it trains again on everyone", async () => {
    const { heldOut } = splitPatients(60, 0.2, fast.seed);
    const moved = groups.latents.slice();
    for (const patient of heldOut) moved[2 * patient]! += 0.1;
    const other = { ...groups, latents: moved };
    const choices = { ...fast, training: { ...fast.training, epochs: 4 } };
    const learnt = ({ network }: { network: LatentNetwork }) =>
      Object.entries(network.weights).filter(([name]) => !name.startsWith("last/"));
    const fit = async (set: LatentTrainingSet, refit: boolean) => fitDiffusionNetwork(set, law, { ...choices, refit });
    const [own, changed] = [await fit(groups, false), await fit(other, false)];
    expect(own.summary.bestEpoch).toBeGreaterThanOrEqual(0);
    expect(changed.summary.bestEpoch).toBe(own.summary.bestEpoch);
    // They decide how much of the last layer is kept, and nothing else.
    expect(learnt(changed)).toEqual(learnt(own));
    expect(changed.summary.initialValidationLoss).not.toBe(own.summary.initialValidationLoss);
    const [again, changedAgain] = [await fit(groups, true), await fit(other, true)];
    expect(again.summary.steps).toBeGreaterThan(own.summary.steps);
    expect(learnt(changedAgain)).not.toEqual(learnt(again));
  });

  it("trains all epochs where nobody is held out", async () => {
    const { summary } = await fitDiffusionNetwork(groups, law, { ...small, validationShare: 0 });
    expect(summary).toMatchObject({ epochs: 4, bestEpoch: 3, initialValidationLoss: null, bestValidationLoss: null });
  });

  it("begins at the weights given, and leaves them where they are worse than none", async () => {
    const trained = await fitDiffusionNetwork(groups, law, fast);
    const none = { epochs: 1, learningRate: 1e-9, patience: 1 };
    const warm = await fitDiffusionNetwork(groups, law, { ...small, initial: trained.network.weights, training: none });
    expect(warm.summary.bestValidationLoss).toBeLessThan(0.99 * warm.summary.initialValidationLoss!);
    const wrong = Object.fromEntries(
      Object.entries(trained.network.weights).map(([name, x]) => [
        name,
        name.startsWith("last/") ? x.map((w) => -w) : x,
      ]),
    );
    const cold = await fitDiffusionNetwork(groups, law, { ...small, initial: wrong, training: none });
    expect(cold.summary.bestEpoch).toBe(-1);
    expect(cold.network.weights["last/weights"]!.every((value) => value === 0)).toBe(true);
  });

  it("trains with mixed patients and with biological terms, each to other weights", async () => {
    const coefficients = Float32Array.of(1, -1);
    const biology = { pathwayCoherence: { weight: 1, pathways: { count: 1, coefficients } } };
    const fits = await Promise.all(
      [{}, { mixup: 0.4 }, { biology }].map((own) => fitDiffusionNetwork(groups, law, { ...fast, ...own })),
    );
    const last = fits.map(({ network }) => network.weights["last/weights"]!.join());
    expect(new Set(last).size).toBe(3);
    // Held-out patients judge denoising alone.
    expect(new Set(fits.map(({ summary }) => summary.initialValidationLoss)).size).toBe(1);
  });

  it("ends by the signal's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("no longer wanted");
    const onEpoch = () => controller.abort(reason);
    const options = { ...small, signal: controller.signal, onEpoch };
    await expect(fitDiffusionNetwork(groups, law, options)).rejects.toBe(reason);
  });

  it.each<Partial<DiffusionOptions>>([
    { width: 0 },
    { blocks: -1 },
    { embedding: 1.5 },
    { batchSize: 0 },
    { stepsPerEpoch: 0 },
    { dropout: 1 },
    { conditionDropout: -0.1 },
    { mixup: Number.NaN },
    { validationShare: 1 },
    { validationLevels: 0 },
    { guidance: -1 },
    { steps: 0 },
  ])("refuses the option %o", async (options) => {
    const refused = fitDiffusionNetwork(groups, law, { ...small, ...options });
    await expect(refused).rejects.toMatchObject({
      code: "generator.option",
      parameters: { option: Object.keys(options)[0] },
    });
  });

  it("refuses patients that are few, rows that are not whole and laws that are none", async () => {
    const few = simulateThreeGroups(9, 1);
    await expect(fitDiffusionNetwork(few, law, small)).rejects.toMatchObject({ code: "generator.too-few-patients" });
    const refuses = async (set: LatentTrainingSet, own: LinearLaw, option: string) =>
      expect(fitDiffusionNetwork(set, own, small)).rejects.toMatchObject({ parameters: { option } });
    await refuses({ ...groups, latents: groups.latents.slice(1) }, law, "latents");
    await refuses({ ...groups, conditions: groups.conditions.map(() => Number.NaN) }, law, "conditions");
    await refuses(groups, { ...law, regression: new Float32Array(1) }, "law.regression");
    await refuses(groups, { ...law, variances: Float32Array.of(1, 0) }, "law.variances");
  });
});
