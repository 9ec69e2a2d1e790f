import { simulateDemonstrationCohort } from "@osteon/cohort";
import { RandomStream } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { takePatients, type EvaluationCohort } from "../input/evaluation-cohort.ts";
import { drawIndependentMarginals } from "../references/draw-independent-marginals.ts";
import { expectNumbers } from "../testing/expect-whole.ts";
import { blend, jitter, photocopy, takeRange } from "../testing/leaking-files.ts";
import { assessPrivacy, type PrivacyRequest } from "./assess-privacy.ts";
import type { PrivacyReport } from "./privacy-report.ts";
import { scoreByClosestRecord } from "./record-score.ts";

const source = simulateDemonstrationCohort({ patients: 320, genes: 60, seed: 2 }).cohort;
const train = takeRange(source, 0, 60);
const holdOut = takeRange(source, 60, 120);
const fresh = takeRange(source, 120, 320);
const random = () => new RandomStream(8, 8);
const assess = (synthetic: EvaluationCohort, more: Partial<PrivacyRequest> = {}) =>
  assessPrivacy({ train, holdOut, synthetic, seed: 1, ...more });
const verdicts = ({ attacks }: PrivacyReport) =>
  Object.fromEntries(attacks.map(({ name, verdict }) => [name, verdict] as const));

describe("assessPrivacy", () => {
  it("fails a photocopy by every attack", async () => {
    const report = await assess(photocopy(train, 200, random()));
    expect(new Set(Object.values(verdicts(report)))).toEqual(new Set(["fails"]));
    expect(report.copies).toMatchObject({ verdict: "fails", records: { candidates: 200, exact: 200, near: 200 } });
    expect(report.gate.verdict).toBe("fails");
    expect(report.gate.reasons.length).toBe(10);
    for (const { main, control } of report.secrets) expect(main).toBeGreaterThan(control);
    expectNumbers(report);
  });

  it("fails copies with noise, without an exact copy, by every attack but equality of single values", async () => {
    const report = await assess(jitter(train, 200, random()));
    expect(report.copies.records.exact).toBe(0);
    expect(verdicts(report)).toMatchObject({
      closest_record: "fails",
      closest_expression: "fails",
      density_ratio: "fails",
      attribute_inference: "fails",
      singling_out_multivariate: "fails",
      linkability: "fails",
    });
  });

  it("fails a model overfitted on purpose", async () => {
    const report = await assess(blend(train, 200, random()));
    expect(verdicts(report)).toMatchObject({ closest_record: "fails", density_ratio: "fails" });
    expect(report.gate.verdict).toBe("fails");
  });

  it("fails a file that copies one table alone, by the attack on that table", async () => {
    const copied = takePatients(
      train,
      Array.from({ length: 200 }, (_, i) => i % 60),
    );
    const { clinical, mutations, copyNumber, expression } = copied;
    const byExpression = await assess({ ...fresh, expression });
    expect(verdicts(byExpression)).toMatchObject({ closest_expression: "fails", closest_clinical: "passes" });
    expect(byExpression.copies).toMatchObject({ verdict: "fails", records: { near: 0 } });
    expect(verdicts(await assess({ ...fresh, clinical }))).toMatchObject({
      closest_clinical: "fails",
      singling_out_univariate: "fails",
      closest_alterations: "passes",
    });
    expect(verdicts(await assess({ ...fresh, mutations, copyNumber }))).toMatchObject({
      closest_alterations: "fails",
      closest_expression: "passes",
    });
  });

  it("finds nothing in fresh patients and in independent marginals of others", async () => {
    for (const synthetic of [fresh, drawIndependentMarginals(fresh, 200, random())]) {
      const report = await assess(synthetic);
      expect(Object.values(verdicts(report))).not.toContain("fails");
      expect(report.copies.verdict).toBe("passes");
      // No shadow models: what was not attacked is not survived.
      expect(report.gate.verdict).toBe("cannot tell");
      expect(report.gate.reasons).toEqual([
        "likelihood ratio: no shadow models were trained",
        "worst patient: no shadow models were trained",
      ]);
      expectNumbers(report);
    }
  });

  it("passes a generator that ignores its patients, and fails one that copies them, by shadow models too", async () => {
    const score = scoreByClosestRecord(train);
    const stream = (shadow: number) => new RandomStream(4, 4, shadow);
    const ignorant = await assess(fresh, {
      shadows: {
        shadows: 48,
        trainShadow: (_, shadow) => Promise.resolve(score(drawIndependentMarginals(fresh, 50, stream(shadow)))),
      },
      limits: { worstPatient: 0.85 },
    });
    expect(ignorant.gate).toEqual({ verdict: "passes", reasons: [] });
    const copying = await assess(photocopy(train, 200, random()), {
      shadows: {
        shadows: 16,
        trainShadow: (patientsIn, shadow) =>
          Promise.resolve(score(photocopy(takePatients(train, patientsIn), 150, stream(shadow)))),
      },
      limits: { worstPatient: 0.55 },
    });
    expect(copying.likelihoodRatio).toMatchObject({ verdict: "fails" });
    expect(copying.worstPatient).toMatchObject({ verdict: "fails" });
    expectNumbers(copying);
  });

  it("is the same for the same seed", async () => {
    expect(await assess(fresh)).toEqual(await assess(fresh));
  });

  it("cannot tell with few patients, and says so", async () => {
    const report = await assess(fresh, { train: takeRange(train, 0, 8), holdOut: takeRange(holdOut, 0, 7) });
    expect(verdicts(report)).toMatchObject({ closest_record: "cannot tell", linkability: "passes" });
    expect(report.attacks[0]!.reading).toMatch(/8 against 7 patients are too few to notice an AUC of 0.7/);
    expect(report.statements.join()).toMatch(/with 8 training patients.*with 7 held-out patients/);
    expectNumbers(report);
  });

  it.each([
    ["nobody held out", { holdOut: takeRange(holdOut, 0, 0) }],
    ["one training patient", { train: takeRange(train, 0, 1) }],
    ["nobody at all", { train: takeRange(train, 0, 0), holdOut: takeRange(holdOut, 0, 0) }],
    ["an empty file", { synthetic: takeRange(fresh, 0, 0) }],
  ])("has a reason instead of a number for %s", async (_, request) => {
    const report = await assess(fresh, request);
    expect(new Set(Object.values(verdicts(report)))).toEqual(new Set(["cannot tell"]));
    expect(report.gate.verdict).toBe("cannot tell");
    expectNumbers(report);
  });

  it("has no NaN where nothing varies, nobody dies, or there is no expression", async () => {
    const flatten = (cohort: EvaluationCohort): EvaluationCohort => ({
      clinical: { ...cohort.clinical, event: cohort.clinical.event.map(() => 0) },
      mutations: { ...cohort.mutations, values: cohort.mutations.values.map(() => 0) },
      copyNumber: { genes: [], values: new Int8Array(0) },
      expression: { ...cohort.expression, values: cohort.expression.values.map(() => 3) },
    });
    const strip = (cohort: EvaluationCohort): EvaluationCohort => ({
      ...cohort,
      expression: { ...cohort.expression, genes: [], values: new Float32Array(0) },
    });
    for (const change of [flatten, strip]) {
      const report = await assess(change(fresh), { train: change(train), holdOut: change(holdOut) });
      expectNumbers(report);
      expect(Object.values(verdicts(report))).not.toContain("fails");
    }
  });

  it("refuses limits out of range", async () => {
    await expect(assess(fresh, { limits: { worstPatient: 1.5 } })).rejects.toThrow(
      /worstPatient is 1.5.*between 0 and 1/,
    );
  });
});
