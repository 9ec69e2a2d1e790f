import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadSynthesiser, packageOfRun, runLayout, runPipeline, worthOfModel } from "@osteon/pipeline";
import { readIdentity, readPackage } from "@osteon/registry";
import { describe, expect, it } from "vitest";
import { smallConfiguration, temporaryFolder, type ConfigurationParts } from "./support/small-run.ts";

/** Without the refits that tell the worth of a model, which take most of the time where a network is trained. */
async function run(training: Record<string, unknown>, parts: ConfigurationParts = {}) {
  const directory = temporaryFolder();
  const configuration = smallConfiguration({
    training: { folds: 2, largest_rank: 3, effective_size_refits: 0, ...training },
    ...parts,
  });
  const manifest = await runPipeline({ configuration, directory, osteonVersion: "0.1.0" });
  const opened = await readPackage(packageOfRun(directory), await readIdentity(join(directory, runLayout.identity)));
  return { directory, manifest, opened };
}

const fitOf = (directory: string) => JSON.parse(readFileSync(join(directory, runLayout.fit), "utf8")) as unknown;

describe.each([
  { family: "cvae", effective_size_refits: 18, refits: 6 },
  { family: "diffusion", effective_size_refits: 0, refits: null },
] as const)("the whole job with $family", ({ family, effective_size_refits, refits }) => {
  it("seals a model that samples, with how its training went and what it is worth", async () => {
    const { directory, manifest, opened } = await run({ architecture: family, effective_size_refits });
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

describe("architecture: auto", () => {
  it("compares all families on held-out patients and keeps the evidence in the package", async () => {
    const { directory, opened } = await run(
      { architecture: "auto", selection_splits: 2 },
      { data: { source: "demonstration", patients: 80, genes: 60 } },
    );
    const choice = opened.records["architecture"] as {
      chosen: string;
      families: { family: string; scores: unknown[] }[];
    };
    expect(choice.families.map(({ family }) => family)).toEqual(["factor-copula", "cvae", "diffusion"]);
    for (const { scores } of choice.families) expect(scores).toHaveLength(2);
    expect(opened.manifest.family).toBe(choice.chosen);
    expect(fitOf(directory)).toMatchObject({ family: choice.chosen, choice });
  });
});
