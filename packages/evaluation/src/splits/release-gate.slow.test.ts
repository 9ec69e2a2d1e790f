import { simulateDemonstrationCohort } from "@osteon/cohort";
import { osteosarcomaGeneSets } from "@osteon/features";
import { describe, expect, it } from "vitest";
import { createInstrument, simulatePopulation, type InstrumentName } from "../testing/instrument-generators.ts";
import { evaluateRepeatedly } from "./evaluate-repeatedly.ts";
import { decideRelease } from "./release-gate.ts";

// The gate as an instrument: generators of known merit, each on twenty cohorts that differ.

const repeats = 20;
const nearlyAll = 0.95 * repeats;
const hardlyAny = 0.05 * repeats;
const genes = 300;
const privacy = { passed: true, statement: "Not part of this test." };

/** Of the repeats, how many each generator passed in, and how many it was flagged in. */
async function countOutcomes(patients: number, splits: number, names: readonly InstrumentName[]) {
  const outcomes = names.map((name) => ({ name, passed: 0, flagged: 0 }));
  for (let repeat = 0; repeat < repeats; repeat++) {
    const seed = 500 + repeat;
    const population = simulatePopulation(seed, 2 * patients, genes);
    const { families, design } = await evaluateRepeatedly({
      complete: simulateDemonstrationCohort({ patients, genes, seed }).cohort,
      families: names.map((name) => createInstrument(name, population)),
      geneSets: osteosarcomaGeneSets,
      seed,
      splits,
      syntheticPatients: Math.round(0.7 * patients),
    });
    families.forEach((family, k) => {
      if (decideRelease(family, design, privacy).passed === true) outcomes[k]!.passed++;
      if (family.memorisationFlags.length > 0) outcomes[k]!.flagged++;
    });
  }
  return outcomes;
}

describe("the release gate among 120 patients", () => {
  it("is passed by fresh real patients, and by no memory of the training patients", async () => {
    const [real, ...memories] = await countOutcomes(120, 10, [
      "fresh real patients",
      "photocopy",
      "jittered photocopy",
    ]);
    expect(real!.passed).toBeGreaterThanOrEqual(nearlyAll);
    expect(real!.flagged).toBeLessThanOrEqual(hardlyAny);
    for (const { name, passed, flagged } of memories) {
      expect([name, passed]).toEqual([name, 0]);
      expect(flagged).toBeGreaterThanOrEqual(nearlyAll);
    }
  });

  it.each([
    ["without biology", ["independent marginals", "constants"]],
    ["with one modality shuffled between patients", ["copy number shuffled", "expression shuffled"]],
  ] as const)("is not passed by files %s", async (_, names) => {
    for (const { name, passed } of await countOutcomes(120, 10, names)) {
      expect([name, passed <= hardlyAny]).toEqual([name, true]);
    }
  });
});

// What mutations and the clinical record have to do with the rest is seen by metrics that 36 held-out patients leave
// uninformative or wide: a file with either shuffled is stopped as surely among more patients only.
describe("the release gate among more patients", () => {
  it.each([
    [300, "mutations shuffled"],
    [600, "clinical shuffled"],
  ] as const)("is not passed among %i by a file with %s between patients", async (patients, name) => {
    const [outcome] = await countOutcomes(patients, 8, [name]);
    expect(outcome!.passed).toBeLessThanOrEqual(hardlyAny);
  });
});
