import { hasPart, selectPatients, simulateDemonstrationCohort, splitCohort, type Cohort } from "@osteon/cohort";
import { applyFeatures, fitFeatures, osteosarcomaGeneSets } from "@osteon/features";
import { RandomStream } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { takePatients, type EvaluationCohort } from "../input/evaluation-cohort.ts";
import { resampleRows } from "../references/choose-rows.ts";
import { drawIndependentMarginals } from "../references/draw-independent-marginals.ts";
import { validateGenerator } from "./validate-generator.ts";

const size = 100;
const source = simulateDemonstrationCohort({ patients: 260, genes: 250 }).cohort;
const fresh = selectPatients(
  source,
  Array.from({ length: size }, (_, i) => 160 + i),
);
const first = selectPatients(
  source,
  Array.from({ length: 160 }, (_, i) => i),
);
const split = splitCohort(first, { holdOutFraction: 0.4, seed: 1 });
const features = fitFeatures(selectPatients(first, split.train));
const train = applyFeatures(features, selectPatients(first, split.train));
const holdOut = applyFeatures(features, selectPatients(first, split.holdOut));
const random = new RandomStream(3, 3);

const asCohort = (cohort: EvaluationCohort): Cohort => ({
  ...cohort,
  patientIds: Array.from(cohort.clinical.event, (_, i) => `S${i}`),
  simulated: true,
});
const validate = (synthetic: Cohort) =>
  validateGenerator({ train, holdOut, synthetic, geneSets: osteosarcomaGeneSets, seed: 1, repeats: 6 });

const photocopied = asCohort(takePatients(train, resampleRows(train.patientIds.length, size, random)));

const placed = photocopied.patientIds.filter((_, row) => hasPart(photocopied, "expression", row)).length;
/** Patients without expression are nobody's copy. */
const everyoneCopied = { candidates: placed, exact: placed, near: placed };
const photocopy = validate(photocopied);
const real = validate(applyFeatures(features, fresh));
const marginals = validate(asCohort(drawIndependentMarginals(train, size, random)));
const constant = validate({
  ...photocopied,
  expression: { ...photocopied.expression, values: photocopied.expression.values.map(() => 0.37) },
});

describe("validateGenerator", () => {
  it("lets fresh real patients pass, without a flag", () => {
    expect(real.biologicalScore.calibrated).toBeGreaterThan(0.85);
    expect(real.memorisation.flags).toEqual([]);
    expect(real.biologicalScore.metrics.length).toBeGreaterThanOrEqual(3);
  });
  it("flags a photocopy", () => {
    expect(photocopy.memorisation.copies.synthetic).toMatchObject(everyoneCopied);
    expect(photocopy.memorisation.membershipAuc.synthetic).toBeGreaterThan(
      photocopy.memorisation.membershipAuc.nullRange[1],
    );
    expect(photocopy.memorisation.flags.length).toBeGreaterThanOrEqual(2);
  });
  it("fails independent marginals", () => {
    expect(marginals.biologicalScore.calibrated).toBeLessThan(0.3);
    expect(marginals.memorisation.flags).toEqual([]);
  });
  it("fails a file whose every expression value is one constant", () => {
    expect(constant.biologicalScore.calibrated).toBeLessThan(0.4);
    const auc = constant.metrics.find(({ name }) => name === "classifier_two_sample_auc")!;
    expect(auc.synthetic.value).toBeGreaterThan(0.95);
    expect(constant.biologicalScore.seedRaw).toBeLessThan(real.biologicalScore.seedFreshReal!);
  });
  it("has no NaN for a file of one row with all mutations", () => {
    const width = train.mutations.genes.length;
    const values = photocopied.mutations.values.map((_, k) => (k < width ? 1 : 0));
    const report = validate({ ...photocopied, mutations: { ...photocopied.mutations, values } });
    expect(report.metrics.find(({ name }) => name === "cooccurrence_pattern_correlation")?.synthetic.reason).toMatch(
      /vary/,
    );
    // JSON turns NaN into null: the round trip keeps the report only if there is none.
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
  it("is the same for the same seed", () => {
    expect(validate(photocopied)).toEqual(photocopy);
  });
  it("refuses too few patients, foreign genes, another unit and wrong options", () => {
    const request = { train, holdOut, synthetic: photocopied, geneSets: osteosarcomaGeneSets, seed: 1 };
    const few = selectPatients(holdOut, [0, 1, 2]);
    expect(() => validateGenerator({ ...request, holdOut: few })).toThrow(
      /held-out cohort has 3 patients.*at least 10/,
    );
    expect(() => validateGenerator({ ...request, repeats: 1 })).toThrow(/repeats is 1/);
    const genes = train.expression.genes.map((gene) => `${gene}X`);
    const foreign = { ...photocopied, expression: { ...photocopied.expression, genes } };
    expect(() => validateGenerator({ ...request, synthetic: foreign })).toThrow(/share no expression gene/);
    const scores: Cohort = { ...photocopied, expression: { ...photocopied.expression, unit: "z-score" } };
    expect(() => validateGenerator({ ...request, synthetic: scores })).toThrow(
      /synthetic cohort's expression is in z-score/,
    );
  });
  it("takes genes in any order", () => {
    const { genes, values } = photocopied.expression;
    const width = genes.length;
    const expression = {
      ...photocopied.expression,
      genes: genes.toReversed(),
      values: values.map((_, k) => values[Math.floor(k / width) * width + width - 1 - (k % width)]!),
    };
    expect(validate({ ...photocopied, expression })).toEqual(photocopy);
  });
});
