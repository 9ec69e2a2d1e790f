import type { EffectiveSampleSize } from "@osteon/evaluation";
import { describe, expect, it } from "vitest";
import { describeInference } from "./describe-inference.ts";

const worthOf = (effectivePatients: number | null): EffectiveSampleSize => ({
  trainingPatients: 85,
  refits: 20,
  effectivePatients,
  groups: [],
});
const asked = { profile: {}, count: 2000, replicates: 5 };

describe("what an export tells the analyst", () => {
  it("says what its patients are worth, less than the model by the noise of drawing", () => {
    const note = describeInference({ trainingPatients: 85, effectiveSampleSize: worthOf(61.5) }, asked);
    expect(note.worthInRealPatients).toBe(Math.floor(1 / (1 / 61.5 + 1 / 10_000)));
    expect(note.statement).toMatch(/^These 10,000 synthetic patients are worth 61 real ones\. /);
    expect(note).toMatchObject({
      effectivePatients: 61.5,
      replicates: 5,
      patientsPerReplicate: 2000,
      effectiveSampleSize: { refits: 20 },
    });
  });

  it("claims no more for a few patients than they are", () => {
    const note = describeInference({ trainingPatients: 85, effectiveSampleSize: worthOf(85) }, { ...asked, count: 17 });
    expect(note.worthInRealPatients).toBe(42);
    const one = describeInference(
      { trainingPatients: 85, effectiveSampleSize: worthOf(85) },
      { profile: {}, count: 1, replicates: 1 },
    );
    expect(one.worthInRealPatients).toBe(1);
  });

  it.each([null, worthOf(null)])("names the training patients as the most, where no estimate is", (size) => {
    const note = describeInference({ trainingPatients: 85, effectiveSampleSize: size }, asked);
    expect(note.statement).toMatch(/worth 84 real ones at most: how many was not estimated\./);
  });

  it("does not promise the same for patients drawn under conditions", () => {
    const profile = { metastasis: 1 as const };
    const note = describeInference({ trainingPatients: 85, effectiveSampleSize: worthOf(61.5) }, { ...asked, profile });
    expect(note.statement).toMatch(/^Were they drawn without conditions, .* with conditions they are worth fewer/);
  });
});
