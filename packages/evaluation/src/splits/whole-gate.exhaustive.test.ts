import { selectPatients, simulateDemonstrationCohort, splitCohort } from "@osteon/cohort";
import { osteosarcomaGeneSets } from "@osteon/features";
import { describe, expect, it } from "vitest";
import { assessPrivacy } from "../privacy/assess-privacy.ts";
import { scoreByClosestRecord } from "../privacy/record-score.ts";
import type { ReleaseGate } from "../report/evaluation-report.ts";
import { createInstrument, simulatePopulation, type InstrumentName } from "../testing/instrument-generators.ts";
import { evaluateRepeatedly } from "./evaluate-repeatedly.ts";

const patients = 120;
const records = 300;
const shadows = 64;
const cohorts = 6;

/** Everything that a run asks of a model, of a generator of known merit. */
async function passWholeGate(name: InstrumentName, seed: number): Promise<ReleaseGate> {
  const complete = simulateDemonstrationCohort({ patients, genes: 300, seed }).cohort;
  const instrument = createInstrument(name, simulatePopulation(seed, 2 * records, 300));
  const rows = splitCohort(complete, { holdOutFraction: 0.3, seed });
  const train = selectPatients(complete, rows.train);
  const scoreOf = scoreByClosestRecord(complete);
  const { gate } = await assessPrivacy({
    train,
    holdOut: selectPatients(complete, rows.holdOut),
    synthetic: await instrument.generate(train, 0, records),
    seed,
    shadows: {
      patients,
      shadows,
      folds: 4,
      trainShadow: async (patientsIn, shadow) =>
        scoreOf(await instrument.generate(selectPatients(complete, patientsIn), shadow + 1, records)),
    },
  });
  const report = await evaluateRepeatedly({
    complete,
    families: [instrument],
    geneSets: osteosarcomaGeneSets,
    seed,
    splits: 10,
    syntheticPatients: records,
    privacy: {
      passed: gate.verdict === "cannot tell" ? null : gate.verdict === "passes",
      statement: gate.reasons.join("; "),
    },
  });
  return report.gate;
}

async function outcomesOf(name: InstrumentName) {
  const gates: ReleaseGate[] = [];
  for (let repeat = 0; repeat < cohorts; repeat++) gates.push(await passWholeGate(name, 700 + repeat));
  return gates;
}

describe("the whole gate, attacks by shadow models included", () => {
  it("is passed by a generator that knows the law and none of the patients", async () => {
    const gates = await outcomesOf("fresh real patients");
    // Among 120 patients the score of one in ten such generators cannot be told; of six, four or more once in a thousand.
    expect(gates.filter(({ passed }) => passed === true).length).toBeGreaterThanOrEqual(3);
    expect(gates.flatMap(({ checks }) => checks.filter(({ passed }) => passed === false))).toEqual([]);
  });

  it("finds a model that was overfitted on purpose, by memory and by privacy", async () => {
    for (const { passed, checks } of await outcomesOf("jittered photocopy")) {
      const failed = checks.filter((check) => check.passed === false).map(({ name }) => name);
      expect(passed).toBe(false);
      expect(failed).toEqual(expect.arrayContaining(["memorisation", "privacy"]));
    }
  });
});
