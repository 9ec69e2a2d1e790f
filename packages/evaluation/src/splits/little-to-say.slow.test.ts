import { selectPatients, simulateDemonstrationCohort, splitCohort, type Cohort } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import { osteosarcomaGeneSets } from "@osteon/features";
import { describe, expect, it } from "vitest";
import { assessPrivacy } from "../privacy/assess-privacy.ts";
import { scoreByClosestRecord } from "../privacy/record-score.ts";
import type { PrivacyReport } from "../privacy/privacy-report.ts";
import { createInstrument, simulatePopulation } from "../testing/instrument-generators.ts";
import { expectNumbers, expectWhole } from "../testing/expect-whole.ts";
import { evaluateRepeatedly, type EvaluatedFamily } from "./evaluate-repeatedly.ts";

const patients = 60;
const genes = 60;
const complete = simulateDemonstrationCohort({ patients, genes, seed: 4 }).cohort;
const population = simulatePopulation(4, 120, genes);
const instrument = (name: "fresh real patients" | "photocopy") => createInstrument(name, population);

const clinical = (changes: Partial<Cohort["clinical"]>, cohort = complete): Cohort => ({
  ...cohort,
  clinical: { ...cohort.clinical, ...changes },
});
const first = (count: number) => selectPatients(complete, [...Array(count).keys()]);
const withExpression = (values: (value: number, gene: number) => number): Cohort => ({
  ...complete,
  expression: { ...complete.expression, values: complete.expression.values.map((x, k) => values(x, k % genes)) },
});
const withoutExpression = {
  ...complete,
  expression: { ...complete.expression, genes: [], values: new Float32Array() },
};

/** Everything that `osteon validate` does with a family, by the same calls. */
async function evaluateWhole(cohort: Cohort, family: EvaluatedFamily) {
  const rows = splitCohort(cohort, { holdOutFraction: 0.3, seed: 1 });
  const train = selectPatients(cohort, rows.train);
  const scoreOf = scoreByClosestRecord(cohort);
  const privacy = await assessPrivacy({
    train,
    holdOut: selectPatients(cohort, rows.holdOut),
    synthetic: await family.generate(train, 0, 60),
    seed: 1,
    shadows: {
      patients: cohort.patientIds.length,
      shadows: 8,
      trainShadow: async (patientsIn, shadow) =>
        scoreOf(await family.generate(selectPatients(cohort, [...patientsIn]), shadow + 1, 60)),
    },
  });
  const report = await evaluateRepeatedly({
    complete: cohort,
    families: [family],
    geneSets: osteosarcomaGeneSets,
    seed: 1,
    splits: 2,
    syntheticPatients: 60,
    privacy: verdictOf(privacy),
  });
  return { privacy, report };
}

function verdictOf({ gate }: PrivacyReport) {
  const passed = gate.verdict === "cannot tell" ? null : gate.verdict === "passes";
  return { passed, statement: gate.reasons.join("; ") || "no attack found anything" };
}

const cases: readonly (readonly [string, Cohort, RegExp])[] = [
  ["nobody died", clinical({ event: new Int8Array(patients) }), /Nobody died/],
  ["everybody died", clinical({ event: new Int8Array(patients).fill(1) }), /^$/],
  ["nobody is metastatic", clinical({ metastasis: new Int8Array(patients) }), /metastatic at diagnosis/],
  ["everybody is metastatic", clinical({ metastasis: new Int8Array(patients).fill(1) }), /localised at diagnosis/],
  [
    "nobody died and nobody is metastatic",
    clinical({ event: new Int8Array(patients), metastasis: new Int8Array(patients) }),
    /Nobody died[^]*metastatic at diagnosis/,
  ],
  ["nobody's survival is known", clinical({ event: new Int8Array(patients).fill(-1) }), /survival is known/],
  ["half of the genes are constant", withExpression((x, gene) => (gene < 30 ? 3 : x)), /30 of 60 expression genes/],
  ["all genes are constant", withExpression(() => 3), /60 of 60 expression genes/],
  ["no expression at all", withoutExpression, /no expression/],
  ["29 patients", first(29), /29 patients, fewer than 30/],
  ["ten patients of whom nobody died", clinical({ event: new Int8Array(10) }, first(10)), /10 patients, fewer than 30/],
];

describe("a cohort in which", () => {
  it.each(cases)("%s: statements, no NaN, no crash", async (_, cohort, limit) => {
    const { privacy, report } = await evaluateWhole(cohort, instrument("fresh real patients"));
    expect(report.limits.join("\n")).toMatch(limit);
    for (const { name, calibrated, synthetic } of report.families[0]!.metrics) {
      if (synthetic.value === null) expect(synthetic.reason, name).toMatch(/\w/);
      if (calibrated.value === null) expect(calibrated.reason, name).toMatch(/\w/);
    }
    for (const { statement } of report.gate.checks) expect(statement).toMatch(/\w/);
    for (const { reading } of privacy.attacks) expect(reading).toMatch(/\w/);
    if (cohort.patientIds.length < 30) expect(report.gate.passed).not.toBe(true);
    expectNumbers(privacy);
    expectWhole(report);
  });

  it.each(cases.filter(([name]) => /nobody died$|all genes|29/.test(name)))(
    "%s: a photocopy is still found out",
    async (_, cohort) => {
      const { privacy, report } = await evaluateWhole(cohort, instrument("photocopy"));
      expect(privacy.gate.verdict).toBe("fails");
      expect(report.gate.passed).toBe(false);
      expectNumbers(privacy);
      expectWhole(report);
    },
  );
});

describe("patients too few to be split", () => {
  it.each([5, 0])("%i: a statement, no NaN, no crash", async (count) => {
    const report = await evaluateRepeatedly({
      complete: first(count),
      families: [instrument("photocopy")],
      geneSets: osteosarcomaGeneSets,
      seed: 1,
    });
    expect(report.limits.join("\n")).toMatch(/No split/);
    expect(report.gate.passed).not.toBe(true);
    expectWhole(report);
  });
});

describe("a family that cannot be fitted to so few", () => {
  it("is told of, and has no values", async () => {
    const refusing = {
      family: "refusing",
      generate: () => Promise.reject(osteonError("generator.too-few-patients", { patients: 14, minimum: 20 })),
    };
    const report = await evaluateRepeatedly({
      complete,
      families: [refusing, instrument("photocopy")],
      geneSets: osteosarcomaGeneSets,
      seed: 1,
      splits: 2,
      syntheticPatients: 60,
    });
    expect(report.limits.join("\n")).toMatch(/refusing: .*14/);
    expect(report.families[0]!.metrics.every(({ synthetic }) => synthetic.value === null)).toBe(true);
    expect(report.families[1]!.metrics.some(({ synthetic }) => synthetic.value !== null)).toBe(true);
    expect(report.gate.passed).not.toBe(true);
    expectWhole(report);
  });
});
