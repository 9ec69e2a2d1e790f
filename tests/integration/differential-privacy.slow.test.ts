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
  const died = (code: string) => {
    const of = rows.filter((row) => row[4] === code);
    return of.filter((row) => row[2] === "1").length / of.length;
  };
  // What a model of noise would not know.
  expect(died("1")).toBeGreaterThan(died("0") + 0.05);
});
