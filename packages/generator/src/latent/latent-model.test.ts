import { selectPatients, UNKNOWN, type Cohort } from "@osteon/cohort";
import { constant, input, multiply } from "@osteon/network";
import { kolmogorovSmirnovDistance, pearsonCorrelation } from "@osteon/numerics";
import { decodeSafetensors, encodeSafetensors } from "@osteon/safetensors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fitFactorCopula } from "../factor-copula/fit.ts";
import type { Conditions } from "../conditions.ts";
import { geneValues, plantCohort } from "../testing/planted-cohort.ts";
import { calibrateLatents, trivialCalibration } from "./latent-calibration.ts";
import { samplerBatch } from "./batch-runner.ts";
import { LatentGenerator } from "./latent-generator.ts";
import { LatentDrawer } from "./latent-drawer.ts";
import { buildLawSampler } from "./law-sampler.ts";
import { LatentModel } from "./latent-model.ts";
import type { BuildLatentSampler } from "./latent-network.ts";
import { createLatentSpace } from "./latent-space.ts";
import { readLatentModel } from "./saved-form.ts";

const cohort = plantCohort({ patients: 300 });
const fitted = fitFactorCopula(cohort, { seed: 1 }).model;
const copula = fitted.parameters;
const space = createLatentSpace(copula);
const dimensions = space.law.variances.length;
const drawLaw: BuildLatentSampler = (_, batch) => buildLawSampler(space.law, batch);
/** A network whose latents are twice too wide and off centre. */
const drawDistorted: BuildLatentSampler = (_, batch) => ({
  noiseCount: dimensions,
  latents: multiply(
    input("noise", [batch, dimensions]),
    constant(new Float32Array(dimensions).fill(2), [1, dimensions]),
  ),
  weights: {},
});
const network = { description: { width: 3 }, weights: { "last/bias": Float32Array.of(1, 2) } };

const count = 4000;
const share = (codes: Int8Array, width: number, column: number, code = 1) => {
  const known = codes.filter((value, at) => at % width === column && value !== UNKNOWN);
  return known.filter((value) => value === code).length / known.length;
};

describe("LatentModel over the copula's own law", () => {
  const calibration = trivialCalibration(space.turnBack, dimensions);
  const model = new LatentModel({ family: "diffusion", copula, calibration, network }, drawLaw);
  const draw = (firstIndex: number, patients: number, conditions: Conditions = {}) =>
    model.sample({ conditions, seed: 5, firstIndex, count: patients });
  let synthetic: Cohort;
  let reference: Cohort;
  beforeAll(async () => {
    synthetic = await draw(0, count);
    reference = fitted.sample({ conditions: {}, seed: 6, firstIndex: 0, count });
  });
  afterAll(() => model.release());

  it("draws what the copula draws: frequencies, genes and their correlations", () => {
    // Four standard errors of two samples of 4,000.
    const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(4 * Math.sqrt(0.5 / count));
    for (const column of [0, 1]) {
      near(share(synthetic.mutations.values, 2, column), share(reference.mutations.values, 2, column));
      for (const code of [-1, 0, 1]) {
        near(share(synthetic.copyNumber.values, 2, column, code), share(reference.copyNumber.values, 2, column, code));
      }
    }
    for (const j of [0, 1, 7, 29]) {
      const distance = kolmogorovSmirnovDistance(geneValues(synthetic, j).sort(), geneValues(reference, j).sort());
      // 1.95 √(2 / 4000), exceeded once in 1,000.
      expect(distance).toBeLessThan(0.044);
    }
    for (const [a, b] of [
      [0, 3],
      [1, 4],
      [2, 3],
    ] as const) {
      const correlation = (patients: Cohort) => pearsonCorrelation(geneValues(patients, a), geneValues(patients, b))!;
      expect(Math.abs(correlation(synthetic) - correlation(reference))).toBeLessThan(0.09);
    }
  });

  it("ties genes to metastasis as the copula does", async () => {
    const mean = (values: ArrayLike<number>) =>
      Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
    const shift = async (sample: (conditions: Conditions) => Cohort | Promise<Cohort>): Promise<number> =>
      mean(geneValues(await sample({ metastasis: 1 }), 3)) - mean(geneValues(await sample({ metastasis: 0 }), 3));
    const own = await shift((conditions) => draw(0, 2000, conditions));
    const expected = await shift((conditions) => fitted.sample({ conditions, seed: 8, firstIndex: 0, count: 2000 }));
    expect(Math.abs(expected)).toBeGreaterThan(0.3);
    expect(Math.abs(own - expected)).toBeLessThan(0.3);
  });

  it("gives every patient as asked for", async () => {
    const { clinical } = await draw(0, 50, { survivalTimeDays: 812, event: 0, ageYears: 13.37, metastasis: 1 });
    expect(clinical.survivalTimeDays.every((days) => days === 812)).toBe(true);
    expect(clinical.event.every((event) => event === 0)).toBe(true);
    expect(clinical.ageYears.every((years) => years === 13.37)).toBe(true);
    expect(clinical.metastasis.every((code) => code === 1)).toBe(true);
  });

  it("draws patient i the same alone, in a batch, in any order, and after the network was freed", async () => {
    const conditions = { survivalTimeDays: 700, event: 0 } as const;
    const batch = await draw(10, 30, conditions);
    for (const index of [39, 10, 25]) {
      expect(await draw(index, 1, conditions)).toEqual(selectPatients(batch, [index - 10]));
      await model.release();
    }
    expect((await draw(0, 0)).patientIds).toEqual([]);
  });

  it("comes back from bytes as it was", async () => {
    const { family, tensors, description } = model.save();
    const bytes = encodeSafetensors({ tensors, metadata: { description: JSON.stringify(description) } });
    const decoded = decodeSafetensors(bytes);
    const read = readLatentModel("diffusion", {
      family,
      tensors: decoded.tensors,
      description: JSON.parse(decoded.metadata["description"]!) as Record<string, unknown>,
    });
    expect(read).toEqual(model.parameters);
  });

  it.each(["latent_turn_back", "latent_centres", "anchor_correlation"])("refuses a model without %s", (name) => {
    const { tensors, ...saved } = model.save();
    const { [name]: _, ...others } = tensors;
    expect(() => readLatentModel("diffusion", { ...saved, tensors: others })).toThrow(name);
  });
});

describe("calibrateLatents", () => {
  it("brings a network that distorts single variables back to their marginals", async () => {
    const drawer = new LatentDrawer(copula, () => LatentGenerator.open(drawDistorted(network, samplerBatch)));
    const calibrated = await calibrateLatents(copula, drawer, space.turnBack, 2);
    await drawer.release();
    expect(Math.max(...calibrated.calibration.deviations)).toBeLessThan(2.1);
    expect(Math.min(...calibrated.calibration.deviations)).toBeGreaterThan(1.9);
    const model = new LatentModel({ family: "cvae", network, ...calibrated }, drawDistorted);
    const synthetic = await model.sample({ conditions: {}, seed: 5, firstIndex: 0, count });
    await model.release();
    for (const column of [0, 1]) {
      const expected = share(cohort.mutations.values, 2, column);
      expect(Math.abs(share(synthetic.mutations.values, 2, column) - expected)).toBeLessThan(0.03);
    }
    const distance = kolmogorovSmirnovDistance(geneValues(synthetic, 4).sort(), geneValues(cohort, 4).sort());
    expect(distance).toBeLessThan(0.05);
  });
});
