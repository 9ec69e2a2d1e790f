import { describe, expect, it } from "vitest";
import { cohort, describeFit, quick } from "../testing/latent-fits.ts";
import { fitLatentModel } from "./fit-latent-model.ts";

describe("fitLatentModel with diffusion", () => describeFit("diffusion"));

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
