import { simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import { applyFeatures, fitFeatures, osteosarcomaGeneSets } from "@osteon/features";
import { describe, expect, it } from "vitest";
import { expectWhole } from "../testing/expect-whole.ts";
import { createInstrument, simulatePopulation, type InstrumentName } from "../testing/instrument-generators.ts";
import { evaluateRepeatedly, type EvaluationRequest } from "./evaluate-repeatedly.ts";

const genes = 120;
const complete = simulateDemonstrationCohort({ patients: 100, genes, seed: 4 }).cohort;
const population = simulatePopulation(4, 200, genes);
const instruments = (...names: InstrumentName[]) => names.map((name) => createInstrument(name, population));
const evaluate = (parts: Partial<EvaluationRequest> = {}) =>
  evaluateRepeatedly({
    complete,
    families: instruments("fresh real patients", "photocopy", "constants"),
    geneSets: osteosarcomaGeneSets,
    seed: 1,
    splits: 5,
    syntheticPatients: 70,
    privacy: { passed: true, statement: "Not part of this test." },
    ...parts,
  });
const report = await evaluate();

describe("evaluateRepeatedly", () => {
  it("lets fresh real patients pass, flags a photocopy, and finds no biology in constants", () => {
    const [real, photocopy, constants] = report.families;
    expect(report.gate.passed).toBe(true);
    expect(report.design).toMatchObject({ splits: 5, trainPatients: 70, holdOutPatients: 30, candidatePatients: 70 });
    expect(real!.biologicalScore.calibrated).toBeGreaterThan(0.85);
    expect(real!.memorisationFlags).toEqual([]);
    expect(photocopy!.memorisationFlags.length).toBeGreaterThanOrEqual(2);
    expect(constants!.biologicalScore.calibrated).toBeLessThan(0.5);
    expect(constants!.biologicalScore.lost.length).toBeGreaterThan(0);
    expectWhole(report);
  });

  it("judges the first family alone at the gate, whoever stands beside it", async () => {
    const alone = await evaluate({ families: instruments("photocopy") });
    expect(alone.gate.passed).toBe(false);
    expect(alone.families[0]).toEqual(report.families[1]);
  });

  it("has splits that do not depend on their number, and cannot pass without a word on privacy", async () => {
    const seen: (readonly string[])[] = [];
    const note = {
      family: "note",
      generate: (train: Cohort, split: number, count: number) => {
        seen.push(train.patientIds);
        return createInstrument("photocopy", population).generate(train, split, count);
      },
    };
    await evaluate({ families: [note], splits: 2 });
    const { gate } = await evaluate({ families: [note], splits: 3, privacy: null });
    expect(seen.slice(2, 4)).toEqual(seen.slice(0, 2));
    expect(new Set(seen.map((ids) => ids.join())).size).toBe(3);
    expect(gate.checks[3]).toMatchObject({ name: "privacy", passed: null });
  });

  it("fits what is prepared to the training part alone, and tells how far it is", async () => {
    const sizes: number[] = [];
    const messages: string[] = [];
    await evaluate({
      families: instruments("photocopy"),
      splits: 2,
      prepare: (train) => {
        sizes.push(train.patientIds.length);
        const state = fitFeatures(train);
        return (cohort) => applyFeatures(state, cohort);
      },
      onProgress: (message, share) => messages.push(`${message} ${share}`),
    });
    expect(sizes).toEqual([70, 70]);
    expect(messages).toContain("split 2 of 2: photocopy 0.5");
  });

  it("stops when asked to, refuses wrong options and files without their genes, and lets faults through", async () => {
    await expect(evaluate({ signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    await expect(evaluate({ splits: 1 })).rejects.toThrow(/splits is 1/);
    const few = { family: "few", generate: () => ({ ...complete, mutations: dropGene(complete) }) };
    await expect(evaluate({ families: [few] })).rejects.toMatchObject({ code: "evaluation.missing-genes" });
    const faulty = { family: "faulty", generate: () => Promise.reject(new TypeError("a fault")) };
    await expect(evaluate({ families: [faulty] })).rejects.toThrow("a fault");
  });
});

function dropGene({ mutations }: Cohort): Cohort["mutations"] {
  const [, ...rest] = mutations.genes;
  const width = mutations.genes.length;
  return { genes: rest, values: mutations.values.filter((_, k) => k % width !== 0) };
}
