import { simulateDemonstrationCohort } from "@osteon/cohort";
import { osteosarcomaGeneSets } from "@osteon/features";
import { expect, it } from "vitest";
import { createInstrument, simulatePopulation } from "../testing/instrument-generators.ts";
import { evaluateRepeatedly } from "./evaluate-repeatedly.ts";

const cohorts = 24;
const patients = 90;
const genes = 150;
const splits = 12;

it("holds the truth about as often as it says, where an interval blind to the splits' overlap does not", async () => {
  const tally = { intervals: 0, covered: 0, coveredByUncorrected: 0 };
  // (1/R) / (1/R + n₂/n₁): the share of the corrected variance that independent splits would have.
  const uncorrected = Math.sqrt(1 / splits / (1 / splits + 27 / 63));
  for (let seed = 0; seed < cohorts; seed++) {
    const { families } = await evaluateRepeatedly({
      complete: simulateDemonstrationCohort({ patients, genes, seed }).cohort,
      families: [createInstrument("fresh real patients", simulatePopulation(seed, 600, genes))],
      geneSets: osteosarcomaGeneSets,
      seed,
      splits,
      syntheticPatients: 63,
    });
    for (const { calibrated, group } of families[0]!.metrics) {
      if (group === "seed" || calibrated.value === null || calibrated.upper === null) continue;
      const half = calibrated.upper - calibrated.value;
      // Fresh patients of the population are worth 1 by definition.
      const error = Math.abs(calibrated.value - 1);
      tally.intervals++;
      if (error <= half) tally.covered++;
      if (error <= uncorrected * half) tally.coveredByUncorrected++;
    }
  }
  expect(tally.intervals).toBeGreaterThan(5 * cohorts);
  expect(tally.covered / tally.intervals).toBeGreaterThan(0.93);
  expect(tally.coveredByUncorrected / tally.intervals).toBeLessThan(0.9);
});
