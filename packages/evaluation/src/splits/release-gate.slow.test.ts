import { simulateDemonstrationCohort } from "@osteon/cohort";
import { osteosarcomaGeneSets } from "@osteon/features";
import { describe, expect, it } from "vitest";
import { createInstrument, simulatePopulation, type InstrumentName } from "../testing/instrument-generators.ts";
import { evaluateRepeatedly } from "./evaluate-repeatedly.ts";

// The gate as an instrument: generators of known merit, each on twenty cohorts that differ.

const repeats = 20;
const genes = 300;
const privacy = { passed: true, statement: "Not part of this test." };

/** Of the repeats, how many each generator passed in, and how many it was flagged in. */
async function countOutcomes(patients: number, names: readonly InstrumentName[]) {
  const outcomes = new Map(names.map((name) => [name, { passed: 0, flagged: 0 }]));
  for (let repeat = 0; repeat < repeats; repeat++) {
    const seed = 500 + repeat;
    const population = simulatePopulation(seed, 2 * patients, genes);
    for (const name of names) {
      // One at a time: the gate is about the first family.
      const { gate, families } = await evaluateRepeatedly({
        complete: simulateDemonstrationCohort({ patients, genes, seed }).cohort,
        families: [createInstrument(name, population)],
        geneSets: osteosarcomaGeneSets,
        seed,
        splits: 10,
        syntheticPatients: Math.round(0.7 * patients),
        privacy,
      });
      const outcome = outcomes.get(name)!;
      if (gate.passed === true) outcome.passed++;
      if (families[0]!.memorisationFlags.length > 0) outcome.flagged++;
    }
  }
  return outcomes;
}

describe("the release gate among 120 patients", () => {
  it("is passed by fresh real patients, unflagged", async () => {
    const { passed, flagged } = (await countOutcomes(120, ["fresh real patients"])).get("fresh real patients")!;
    expect(passed).toBeGreaterThanOrEqual(0.95 * repeats);
    expect(flagged).toBeLessThanOrEqual(0.05 * repeats);
  });

  it.each(["photocopy", "jittered photocopy"] as const)("is not passed by a %s, which is flagged", async (name) => {
    const { passed, flagged } = (await countOutcomes(120, [name])).get(name)!;
    expect(passed).toBe(0);
    expect(flagged).toBeGreaterThanOrEqual(0.95 * repeats);
  });

  it.each(["independent marginals", "constants", "copy number shuffled", "expression shuffled"] as const)(
    "is not passed by %s",
    async (name) => {
      const { passed } = (await countOutcomes(120, [name])).get(name)!;
      expect(passed).toBeLessThanOrEqual(0.05 * repeats);
    },
  );
});

// What mutations and the clinical record have to do with the rest is seen by metrics that 36 held-out patients leave
// uninformative as often as not: a file with either shuffled is stopped as surely among 300 patients only.
describe("the release gate among 300 patients", () => {
  it.each(["mutations shuffled", "clinical shuffled"] as const)("is not passed by %s", async (name) => {
    const { passed } = (await countOutcomes(300, [name])).get(name)!;
    expect(passed).toBeLessThanOrEqual(0.05 * repeats);
  });
});
