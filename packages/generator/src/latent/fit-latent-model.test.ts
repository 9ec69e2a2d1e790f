import type { Cohort } from "@osteon/cohort";
import { describe, expect, it } from "vitest";
import { loadModel } from "../load-model.ts";
import { plantCohort } from "../testing/planted-cohort.ts";
import { fitLatentModel } from "./fit-latent-model.ts";

const cohort = plantCohort({ patients: 60 });
/** A few epochs that nobody stops: it must have learnt something. */
const quick = { seed: 2, folds: 2, network: { validationShare: 0 }, training: { epochs: 2 } } as const;
const withoutAlterations = (own: Cohort): Cohort => ({
  ...own,
  mutations: { genes: [], values: new Int8Array(0) },
  copyNumber: { genes: [], values: new Int8Array(0) },
});

describe.each(["cvae", "diffusion"] as const)("fitLatentModel with %s", (family) => {
  it("gives the same model for the same cohort and seed, and the same patients after saving", async () => {
    const [one, two] = [await fitLatentModel(family, cohort, quick), await fitLatentModel(family, cohort, quick)];
    expect(two.model.save()).toEqual(one.model.save());
    const request = { conditions: { metastasis: 1 }, seed: 3, firstIndex: 5, count: 4 } as const;
    const loaded = loadModel(one.model.save());
    expect(await loaded.sample(request)).toEqual(await one.model.sample(request));
    await Promise.all([one.model.release(), loaded.release?.()]);
  });

  it("fits a cohort without alterations", async () => {
    const { model } = await fitLatentModel(family, withoutAlterations(cohort), { ...quick, largestRank: 2 });
    const drawn = await model.sample({ conditions: {}, seed: 1, firstIndex: 0, count: 20 });
    await model.release();
    expect(drawn.mutations.genes).toEqual([]);
    expect(drawn.expression.values.every(Number.isFinite)).toBe(true);
  });

  it("begins at what it learnt of another cohort, also one that lacks genes", async () => {
    const other = plantCohort({ patients: 120, seed: 8 });
    const lacking = {
      ...other,
      expression: {
        ...other.expression,
        values: other.expression.values.map((value, at) => (at % other.expression.genes.length === 0 ? NaN : value)),
      },
    };
    const fit = await fitLatentModel(family, cohort, { ...quick, pretraining: lacking });
    expect(fit.pretraining?.epochs).toBe(2);
    const alone = await fitLatentModel(family, cohort, quick);
    expect(fit.model.save().tensors).not.toEqual(alone.model.save().tensors);
  });

  it("ends where its signal does", async () => {
    const reason = new Error("no longer wanted");
    await expect(fitLatentModel(family, cohort, { ...quick, signal: AbortSignal.abort(reason) })).rejects.toThrow();
  });
});

describe("fitLatentModel", () => {
  it("takes biological terms into the loss of the diffusion network", async () => {
    const geneSets = [
      { genes: cohort.expression.genes.slice(0, 12) },
      { genes: cohort.expression.genes.slice(12, 24) },
    ];
    const biology = { pathwayCoherence: 1, mutationDirections: 1, survival: 1 };
    const plain = await fitLatentModel("diffusion", cohort, { ...quick, geneSets });
    const fits = await Promise.all(
      Object.entries(biology).map(([term, weight]) =>
        fitLatentModel("diffusion", cohort, { ...quick, geneSets, biology: { [term]: weight } }),
      ),
    );
    const last = [plain, ...fits].map(({ model }) => model.parameters.network.weights["last/weights"]!.join());
    expect(new Set(last).size).toBeGreaterThanOrEqual(3);
  });

  it("learns from independent latents where it is asked to", async () => {
    const { model } = await fitLatentModel("diffusion", cohort, { ...quick, start: "independence" });
    const { weights } = model.parameters.network;
    expect(weights["law/regression"]!.every((value) => value === 0)).toBe(true);
    expect(weights["law/variances"]!.every((value) => value === 1)).toBe(true);
  });
});
