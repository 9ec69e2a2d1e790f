import { simulateDemonstrationCohort, selectPatients, type Cohort } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import { applyFeatures, fitFeatures, osteosarcomaGeneSets } from "@osteon/features";
import { describe, expect, it } from "vitest";
import { formatEvaluationTable } from "../report/format-evaluation-table.ts";
import type { EvaluationReport } from "../report/evaluation-report.ts";
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

/** JSON turns NaN and infinities into null: the round trip keeps a report only if there is none. */
function expectWhole(whole: EvaluationReport): void {
  expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
  const table = formatEvaluationTable(whole);
  expect(table).not.toMatch(/NaN|undefined|null|Infinity/);
  for (const line of table.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
}

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
    expect(gate.checks[2]).toMatchObject({ name: "privacy", passed: null });
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

describe("patients that little can be said of", () => {
  const clinical = (changes: Partial<Cohort["clinical"]>): Cohort => ({
    ...complete,
    clinical: { ...complete.clinical, ...changes },
  });
  const cases: [string, Cohort, RegExp][] = [
    ["nobody died", clinical({ event: new Int8Array(100) }), /Nobody died/],
    ["nobody is metastatic", clinical({ metastasis: new Int8Array(100) }), /metastatic at diagnosis/],
    ["nobody's survival is known", clinical({ event: new Int8Array(100).fill(-1) }), /survival is known/],
    ["half the genes are constant", { ...complete, expression: flattenGenes(complete) }, /60 of 120 expression genes/],
    [
      "no expression at all",
      { ...complete, expression: { ...complete.expression, genes: [], values: new Float32Array() } },
      /no expression/,
    ],
    ["twenty patients", selectPatients(complete, [...Array(20).keys()]), /20 patients, fewer than 30/],
    ["five patients", selectPatients(complete, [...Array(5).keys()]), /No split/],
    ["no patient", selectPatients(complete, []), /No split/],
  ];
  it.each(cases)("%s: a statement, no crash and no NaN", async (_, cohort, limit) => {
    const families = instruments("photocopy", "independent marginals");
    const little = await evaluate({ complete: cohort, families, splits: 2 });
    expect(little.limits.join("\n")).toMatch(limit);
    expect(little.gate.passed).not.toBe(true);
    expectWhole(little);
  });

  it("a family that cannot be fitted to so few is told of, and has no values", async () => {
    const refusing = {
      family: "refusing",
      generate: () => Promise.reject(osteonError("generator.too-few-patients", { patients: 14, minimum: 20 })),
    };
    const little = await evaluate({ families: [refusing, ...instruments("photocopy")], splits: 2 });
    expect(little.limits.join("\n")).toMatch(/refusing: .*14/);
    expect(little.families[0]!.metrics.every(({ synthetic }) => synthetic.value === null)).toBe(true);
    expect(little.families[1]!.metrics.some(({ synthetic }) => synthetic.value !== null)).toBe(true);
    expect(little.gate.passed).not.toBe(true);
    expectWhole(little);
  });
});

function flattenGenes({ expression }: Cohort): Cohort["expression"] {
  const width = expression.genes.length;
  return { ...expression, values: expression.values.map((value, k) => (k % width < width / 2 ? 3 : value)) };
}
