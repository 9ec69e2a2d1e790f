import type { Cohort } from "@osteon/cohort";
import { expect, it } from "vitest";
import { fitLatentModel } from "../latent/fit-latent-model.ts";
import { loadModel } from "../load-model.ts";
import { plantCohort } from "./planted-cohort.ts";

export const cohort = plantCohort({ patients: 60 });
/** A few epochs that nobody stops: it must have learnt something. */
export const quick = { seed: 2, folds: 2, network: { validationShare: 0 }, training: { epochs: 2 } } as const;
const withoutAlterations = (own: Cohort): Cohort => ({
  ...own,
  mutations: { genes: [], values: new Int8Array(0) },
  copyNumber: { genes: [], values: new Int8Array(0) },
});

/** What holds of a fit whatever network learns the latents. */
export function describeFit(family: "cvae" | "diffusion"): void {
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
}
