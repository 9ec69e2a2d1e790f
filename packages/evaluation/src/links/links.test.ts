import { simulateDemonstrationCohort } from "@osteon/cohort";
import { osteosarcomaGeneSets } from "@osteon/features";
import { RandomStream } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { takePatients, type EvaluationCohort } from "../input/evaluation-cohort.ts";
import { EvaluationInput } from "../input/evaluation-input.ts";
import { createEvaluationPanel } from "../input/evaluation-panel.ts";
import { clinicalLink } from "./clinical-link.ts";
import { judgeLinks } from "./judge-links.ts";
import { measureLink } from "./known-link.ts";
import { mutationLink } from "./mutation-link.ts";
import { knownLinks, relabelLinks, testLink, type LinkStrengths } from "./test-links.ts";

const { cohort } = simulateDemonstrationCohort({ patients: 200, genes: 200, seed: 3 });
const inputOf = (patients: EvaluationCohort) =>
  new EvaluationInput(patients, createEvaluationPanel(cohort, cohort, osteosarcomaGeneSets, 1));
const strengths = (patients: EvaluationCohort, file = 0) => relabelLinks(inputOf(patients), 1, file);

/** With the rows of one table given to patients at random. */
function shuffle(table: "clinical" | "mutations", seed: number): EvaluationCohort {
  const order = new RandomStream(seed, 1).permutation(cohort.patientIds.length);
  return { ...cohort, [table]: takePatients(cohort, order)[table] };
}

const verdicts = (synthetic: readonly (readonly LinkStrengths[])[]) =>
  judgeLinks(strengths(cohort, 99), synthetic).map(({ verdict }) => verdict);

describe("judgeLinks", () => {
  it("finds both links in patients who have them", () => {
    expect(knownLinks.map(({ name }) => name)).toEqual(["clinical_tumour_link", "mutation_tumour_link"]);
    expect(verdicts([strengths(cohort), strengths(cohort, 1)])).toEqual(["kept", "kept"]);
  });
  it("finds the one lost whose table went to other patients", () => {
    expect(verdicts([1, 2].map((seed) => strengths(shuffle("clinical", seed), seed)))).toEqual(["lost", "kept"]);
    expect(verdicts([1, 2].map((seed) => strengths(shuffle("mutations", seed), seed)))).toEqual(["kept", "lost"]);
  });
  it("calls lost what files do not hold, and holds them to nothing that real patients do not show", () => {
    expect(verdicts([[null, null]])).toEqual(["lost", "lost"]);
    expect(judgeLinks([null, null], [strengths(cohort)]).map(({ verdict }) => verdict)).toEqual([
      "not informative",
      "not informative",
    ]);
    const unlinked = strengths(shuffle("clinical", 1), 1)[0]!;
    expect(testLink([unlinked])!.pValue).toBeGreaterThan(0.1);
    expect(judgeLinks([unlinked, null], [strengths(cohort)])[0]!.verdict).toBe("not informative");
  });
});

describe("testLink", () => {
  it("has p-values that are uniform where there is no link", () => {
    const values = Array.from(
      { length: 60 },
      (_, seed) => testLink([strengths(shuffle("clinical", seed + 10), seed)[0]!])!.pValue,
    );
    // Of 60, 3 expected; 10 or more happen once in a thousand.
    expect(values.filter((p) => p <= 0.05).length).toBeLessThan(10);
    expect(values.filter((p) => p <= 0.5).length).toBeGreaterThan(17);
    expect(values.filter((p) => p <= 0.5).length).toBeLessThan(43);
  });
  it("is never 0, and null without a file that holds the link", () => {
    expect(testLink([strengths(cohort)[0]!])!.pValue).toBeGreaterThan(0);
    expect(testLink([null, null])).toBeNull();
  });
});

describe("a link's strength", () => {
  it("is nothing in a file of constants, and cannot be had without the genes", () => {
    const flat = { ...cohort.expression, values: cohort.expression.values.map(() => 1) };
    expect(measureLink(clinicalLink, inputOf({ ...cohort, expression: flat }))).toBe(0);
    expect(measureLink(mutationLink, inputOf({ ...cohort, expression: flat }))).toBeCloseTo(0, 12);
    const none = { ...cohort.expression, genes: [], values: new Float32Array(0) };
    for (const link of knownLinks) {
      const input = new EvaluationInput(
        { ...cohort, expression: none },
        createEvaluationPanel(
          { ...cohort, expression: none },
          { ...cohort, expression: none },
          osteosarcomaGeneSets,
          1,
        ),
      );
      expect(measureLink(link, input)).toBeNull();
    }
  });
  it("cannot be had of mutations that nobody carries", () => {
    const mutations = { ...cohort.mutations, values: cohort.mutations.values.map(() => 0) };
    expect(measureLink(mutationLink, inputOf({ ...cohort, mutations }))).toBeNull();
  });
});
