import { simulateDemonstrationCohort } from "@osteon/cohort";
import { applyFeatures, fitFeatures } from "@osteon/features";
import { fitModel, type Family } from "@osteon/generator";
import type { OpenedPackage } from "@osteon/registry";
import { beforeAll, describe, expect, it } from "vitest";
import { exportModel, exportWarning } from "./export-model.ts";
import type { Int8Assessment } from "./training/assess-int8.ts";

const good: Int8Assessment = { offered: true, int8: 0.7, float32: 0.71, lower: 0.6, upper: 0.8, timesAsFast: 1.8 };

/** Packages as they come out of the registry, with what exporting looks at. */
const packages = new Map<Family, OpenedPackage>();
beforeAll(async () => {
  const { cohort } = simulateDemonstrationCohort({ patients: 60, genes: 60, seed: 1 });
  const train = applyFeatures(fitFeatures(cohort), cohort);
  for (const family of ["factor-copula", "cvae"] as const) {
    const { model } = await fitModel(family, train, {
      seed: 1,
      folds: 2,
      largestRank: 2,
      training: { epochs: 1 },
      network: { validationShare: 0 },
    });
    await model.release?.();
    const { tensors, description } = model.save();
    packages.set(family, {
      manifest: { family, modelVersion: "0123456789abcdef", training: { simulated: true } },
      tensors,
      documents: { model: description },
      records: {},
    } as unknown as OpenedPackage);
  }
});
const packageOf = (family: Family, int8?: Int8Assessment): OpenedPackage => ({
  ...packages.get(family)!,
  records: int8 ? { int8 } : {},
});

describe("exportModel", () => {
  it("writes a graph of any family and says what goes in and comes out", async () => {
    for (const family of ["factor-copula", "cvae"] as const) {
      const { graph, description } = await exportModel(packageOf(family), { int8: false });
      expect(graph.length).toBeGreaterThan(1000);
      expect(description).toMatchObject({ family, precision: "float32", trainedOnSimulatedPatients: true });
      expect(description).toMatchObject({ conditionFloor: null, warning: exportWarning });
      expect(Buffer.from(graph).includes(exportWarning)).toBe(true);
    }
  });

  it("writes int8 where validation offers it, another graph than in floats", async () => {
    const { graph, description } = await exportModel(packageOf("cvae", good), { int8: true });
    const whole = await exportModel(packageOf("cvae", good), { int8: false });
    expect(description["precision"]).toContain("int8");
    expect(Buffer.from(graph).equals(whole.graph)).toBe(false);
  });

  it("refuses int8 that was not offered, with the figures, and of a family without a network", async () => {
    const slow = { ...good, offered: false, int8: 0.41, timesAsFast: 1.02 };
    await expect(exportModel(packageOf("cvae", slow), { int8: true })).rejects.toThrow(
      /score is 0\.41, where 32-bit floats have 0\.60 to 0\.80, and they are 1\.02 times as fast, where 1\.5 is asked/,
    );
    await expect(exportModel(packageOf("cvae"), { int8: true })).rejects.toMatchObject({
      code: "pipeline.int8-refused",
    });
    await expect(exportModel(packageOf("factor-copula"), { int8: true })).rejects.toMatchObject({
      code: "generator.no-network",
    });
  });

  it("refuses a package without a model", async () => {
    const bare = { ...packageOf("cvae"), documents: {} };
    await expect(exportModel(bare, { int8: false })).rejects.toMatchObject({ code: "pipeline.package-content" });
  });
});
