import { simulateDemonstrationCohort } from "@osteon/cohort";
import { configurationSchema } from "@osteon/contracts";
import { fitFeatures } from "@osteon/features";
import { describe, expect, it } from "vitest";
import { chooseGenes, chooseGenesAgain, digestPanel } from "./choose-genes.ts";

const { cohort } = simulateDemonstrationCohort({ patients: 40, genes: 100, seed: 1 });
const configurationOf = (training: Record<string, unknown>) => configurationSchema.parse({ training });
const plain = configurationOf({});
const asked = configurationOf({ differential_privacy: { epsilon: 1, delta: 1e-6 } });

describe("the genes of a model", () => {
  it("are chosen by its patients, anew for a part of them", async () => {
    expect(await chooseGenes(cohort, plain)).toEqual(fitFeatures(cohort));
    const none = { ...fitFeatures(cohort), expressionGenes: [] };
    expect(chooseGenesAgain(cohort, none, plain)).toEqual(fitFeatures(cohort));
    expect(await digestPanel(plain)).toEqual({});
  });

  it("are those of the panel with differential privacy, for every part the same", async () => {
    const released = await chooseGenes(cohort, asked);
    expect(released.mutationGenes).toContain("TP53");
    expect(released.expressionGenes.length).toBeLessThan(fitFeatures(cohort).expressionGenes.length);
    expect(chooseGenesAgain(cohort, released, asked)).toBe(released);
    expect(await digestPanel(asked)).toEqual({ genePanel: "drivers" });
  });

  it("cannot be private in z-scores, which hold all patients", async () => {
    const scaled = { ...cohort, expression: { ...cohort.expression, unit: "z-score" as const } };
    await expect(chooseGenes(scaled, asked)).rejects.toMatchObject({ code: "pipeline.private-z-scores" });
    expect((await chooseGenes(scaled, plain)).expressionUnit).toBe("z-score");
  });
});
