import { loadSynthesiser, worthOfModel } from "@osteon/pipeline";
import { describe, expect, it } from "vitest";
import { fitOf, runFamily } from "./support/run-family.ts";

describe.each([
  { family: "cvae", effective_size_refits: 15, refits: 5 },
  { family: "diffusion", effective_size_refits: 0, refits: null },
] as const)("the whole job with $family", ({ family, effective_size_refits, refits }) => {
  it("seals a model that samples, with how its training went and what it is worth", async () => {
    const { directory, manifest, opened } = await runFamily({ architecture: family, effective_size_refits });
    expect(opened.manifest.family).toBe(family);
    expect(manifest.steps.validate?.detail).toMatchObject({ family });
    expect(fitOf(directory)).toMatchObject({
      family,
      choice: null,
      training: { epochs: expect.any(Number), parameters: expect.any(Number) },
    });
    // A network is refitted a third as often as was asked for.
    expect(worthOfModel(opened).effectiveSampleSize?.refits ?? null).toBe(refits);
    const synthesiser = await loadSynthesiser(opened);
    const request = { conditions: { metastasis: 1 }, seed: 4, count: 20 } as const;
    const { cohort, pathways } = await synthesiser.generate({ ...request, firstIndex: 0 });
    expect(cohort.clinical.metastasis.every((code) => code === 1)).toBe(true);
    expect(cohort.simulated).toBe(true);
    expect(pathways.values.some(Number.isFinite)).toBe(true);
    const alone = await synthesiser.generate({ ...request, firstIndex: 13, count: 1 });
    const genes = cohort.expression.genes.length;
    expect(alone.cohort.expression.values).toEqual(cohort.expression.values.subarray(13 * genes, 14 * genes));
  });
});
