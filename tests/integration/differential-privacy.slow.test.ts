import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runLayout, worthOfModel } from "@osteon/pipeline";
import { expect, it } from "vitest";
import { runFamily } from "./support/run-family.ts";

it("goes through the whole job with the panel of drivers, attacked by shadow models", async () => {
  const { directory, manifest, opened } = await runFamily(
    { differential_privacy: { epsilon: 8, delta: 1e-6 }, effective_size_refits: 10 },
    {
      data: { source: "demonstration", patients: 1000, genes: 600 },
      generation: { unconditional_patients: 400 },
      validation: { splits: 2, synthetic_patients: 200, shadow_models: 16 },
    },
  );
  const statement = opened.records["differential_privacy"] as { readonly patientsNeeded: number };
  expect(manifest.steps.features?.detail).toMatchObject({ mutationGenes: 20, copyNumberGenes: 20 });
  expect(statement.patientsNeeded).toBeLessThan(opened.manifest.training.patients);
  expect(worthOfModel(opened).effectiveSampleSize?.refits).toBe(10);

  const { likelihoodRatio } = JSON.parse(readFileSync(join(directory, runLayout.privacy), "utf8")) as {
    readonly likelihoodRatio: { readonly result: { readonly pValue: number } };
  };
  // The noise is never the same: bounds that chance passes once in a thousand runs.
  expect(likelihoodRatio.result.pValue).toBeGreaterThan(0.001);
  const clinical = readFileSync(join(directory, runLayout.synthetic, "unconditional", "clinical.csv"), "utf8");
  const rows = clinical
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));
  expect(rows).toHaveLength(400);
  const shareOf = (column: number) => rows.filter((row) => row[column] === "1").length / rows.length;
  // What a model of noise alone would not know. Single correlations vary too much between fits to be told from one;
  // recovery.slow.test.ts has them, with noise that is seeded.
  expect(shareOf(2), "died, about 0.33").toBeGreaterThan(0.2);
  expect(shareOf(2), "died, about 0.33").toBeLessThan(0.5);
  expect(shareOf(4), "with metastasis, about 0.23").toBeGreaterThan(0.13);
  expect(shareOf(4), "with metastasis, about 0.23").toBeLessThan(0.33);
});
