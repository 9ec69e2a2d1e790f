import { describe, expect, it } from "vitest";
import type { EvaluationFigures } from "../evaluation-parts.ts";
import { drawEvaluation } from "../testing/example-evaluation.ts";
import { examplePrivacy } from "../testing/example-privacy.ts";
import { exampleRun } from "../testing/example-run.ts";
import { readAlterations } from "./alterations.ts";
import { readCorrelations } from "./correlations.ts";
import { readHazards } from "./hazards.ts";
import { adviseAnalyst, readInference, stateFloor } from "./inference.ts";
import { listLimits } from "./limits.ts";
import { readPrivacy } from "./privacy.ts";
import { readProjection } from "./projection.ts";
import { sayInFull } from "./reading.ts";
import { readSurvival } from "./survival.ts";
import { stateVerdict } from "./verdict.ts";

const evaluation = drawEvaluation(1);
const example = evaluation.families[0]!.figures;
const withFigures = (changes: Partial<EvaluationFigures>): EvaluationFigures => ({ ...example, ...changes });

/** A curve on two steps of a year, its band a tenth either side. */
const curve = (values: readonly number[]) => ({
  patients: 40,
  deaths: 20,
  timesDays: values.map((_, k) => Math.round(k * 365.25)),
  survival: values,
  lower: values.map((value) => value - 0.1),
  upper: values.map((value) => value + 0.1),
});

it("finds the widest gap between survival curves", () => {
  const figures = withFigures({
    survival: [{ stratum: "all", real: curve([1, 0.8, 0.7, 0.6]), synthetic: curve([1, 0.8, 0.5, 0.55]) }],
  });
  expect(sayInFull(readSurvival(figures))).toBe(
    "Synthetic survival keeps inside the real 95 % band for 75\u00a0% of follow-up or more. All patients: inside the real band over 75\u00a0% of follow-up; the widest gap is 20 percentage points, at 2.0 years.",
  );
});

it("counts the alterations whose interval holds the synthetic frequency", () => {
  const shared = { gene: "TP53", alteration: "mutated", real: 0.2, realLower: 0.1, realUpper: 0.3 } as const;
  const hidden = {
    gene: "ATRX",
    alteration: "mutated",
    real: null,
    realLower: null,
    realUpper: null,
    synthetic: 0.9,
  } as const;
  const alterations = [{ ...shared, synthetic: 0.25 }, { ...shared, gene: "RB1", synthetic: 0.35 }, hidden];
  expect(sayInFull(readAlterations(withFigures({ alterations })))).toBe(
    "In 1 of 2 alterations the synthetic frequency lies inside the interval of the real one. Outside: RB1 mutated (20\u00a0% real, 35\u00a0% synthetic).",
  );
  expect(readAlterations(withFigures({ alterations: [hidden] })).line).toContain("No alteration is frequent enough");
});

it("names the pair of gene sets that differ most", () => {
  const names = ["A", "B", "C"];
  const real = [1, 0.5, 0, 0.5, 1, -0.5, 0, -0.5, 1];
  const synthetic = [1, 0.5, 0, 0.5, 1, -0.1, 0, -0.1, 1];
  const reading = readCorrelations(withFigures({ pathwayCorrelations: { names, real, synthetic } }));
  expect(reading.detail).toContain("between B and C: −0.50 real, −0.10 synthetic");
  expect(readCorrelations(withFigures({ pathwayCorrelations: { names, real, synthetic: real } })).line).toContain(
    "correlation of 1.00 over 3 pairs",
  );
});

it("measures how much of two clouds lies in one place", () => {
  const share = (synthetic: readonly number[]) =>
    readProjection(withFigures({ projection: { ...example.projection, bins: 2, real: [0.5, 0.5, 0, 0], synthetic } }))
      .line;
  expect(share([0.5, 0.5, 0, 0])).toContain("share 100\u00a0%");
  expect(share([0, 1, 1, 0])).toContain("share 50\u00a0%");
  expect(share([0, 0, 0, 0])).toContain("One of the two clouds is empty");
});

it("places a hazard ratio inside or outside the real interval", () => {
  const ratio = (value: number) => ({ value, lower: value / 2, upper: value * 2 });
  const read = (value: number) =>
    readHazards(withFigures({ hazardRatios: [{ covariate: "metastasis", real: ratio(4), synthetic: ratio(value) }] }))
      .detail;
  expect(read(5)).toBe(
    "Metastasis: hazard ratio 4.0 (2.0 to 8.0) among real patients, 5.0 among synthetic ones, inside that interval.",
  );
  expect(read(9)).toContain("outside that interval");
});

describe("the verdict", () => {
  const state = (
    outcome: boolean | null,
    by?: "calibrated_score" | "memorisation" | "privacy",
    privacy: ReturnType<typeof examplePrivacy> | null = examplePrivacy(),
  ) =>
    stateVerdict({
      evaluation: {
        ...evaluation,
        gate: {
          passed: outcome,
          checks: evaluation.gate.checks.map((check) => (check.name === by ? { ...check, passed: outcome } : check)),
        },
      },
      privacy,
    });

  it("tells passed from not passed and from cannot tell", () => {
    expect(state(true)).toMatchObject({ outcome: "passed", sentence: "This model passes the release gate." });
    expect(state(false, "privacy")).toMatchObject({
      outcome: "not passed",
      sentence: "This model does not pass the release gate: it fails on privacy.",
      meaning: expect.stringContaining("Do not release the file"),
    });
    expect(state(false, "calibrated_score").meaning).toContain("not enough like real ones");
    expect(state(null, "memorisation")).toMatchObject({
      outcome: "cannot tell",
      sentence: "Whether this model may be released cannot be told: memorisation stays open.",
      meaning: expect.stringContaining("Treat it as not passed"),
    });
  });

  it("calls for a privacy assessment where there is none", () => {
    expect(state(true, undefined, null).meaning).toContain("do not release on it alone");
  });

  it("sends back for a privacy assessment where that is what stays open", () => {
    expect(state(null, "privacy", null).meaning).toContain("Assess privacy");
    expect(state(null, "privacy").meaning).toContain("more patients would answer it");
  });

  it("gives the reasons of the checks that failed or stay open alone", () => {
    expect(state(false, "privacy").reasons).toEqual([
      "No attack succeeds beyond chance, and nobody is at more risk than 80\u00a0%.",
    ]);
  });
});

it("states what the privacy gate found", () => {
  expect(sayInFull(readPrivacy(examplePrivacy()))).toBe(
    "None of 4 attacks on the released file succeeds beyond chance by more than a trifle. 1 more could not be answered.",
  );
  const gate = { verdict: "fails", reasons: ["copies: 3 of 500 records repeat a training patient"] } as const;
  expect(readPrivacy(examplePrivacy({ gate })).detail).toContain(
    "Against the privacy gate: copies: 3 of 500 records repeat a training patient.",
  );
});

it("states the small number, the simulation and the worth of the file, where they are so", () => {
  const design = { ...evaluation.design, patients: 5000, simulatedPatients: false };
  const stated = listLimits(evaluation, exampleRun.inference).join("\n");
  expect(stated).toContain("85 patients with 29 deaths stand behind every figure");
  expect(stated).toContain("themselves simulated");
  expect(stated).toContain("10,000 synthetic patients are worth about 61 real ones");
  const many = listLimits({ ...evaluation, design }, exampleRun.inference).join("\n");
  expect(many).not.toMatch(/stand behind every figure|themselves simulated/);
});

describe("what an analyst is told", () => {
  const { inference } = exampleRun;
  const released = evaluation.families[0]!;

  it("is what the file is worth, or that nobody estimated it", () => {
    expect(readInference(inference).line).toBe(
      "10,000 synthetic patients are worth 61 real ones, for the kind of question they answer worst.",
    );
    expect(readInference({ ...inference, effectiveSampleSize: null }).line).toContain("at most 81 real patients");
  });

  it("has this model's own factors, and what it does no better than the floor", () => {
    const [metric] = released.metrics;
    const floored = { ...released, metrics: [{ ...metric!, title: "Genes agree", reading: "no better than floor" }] };
    const { withReplicates, refuse } = adviseAnalyst(inference, floored);
    // 1000 / 61.4 + 1/5, and the root of 1000 / 61.4 + 1.
    expect(withReplicates.join(" ")).toContain("the variance is multiplied by 16.5");
    expect(refuse.join(" ")).toContain("from one file of 1,000 it is 4.2 times too narrow");
    expect(refuse.join(" ")).toContain("no better than no biology at all: genes agree.");
    expect(adviseAnalyst(inference, { ...released, metrics: [] }).refuse.join(" ")).not.toContain("no biology at all");
  });

  it("says that a floor holds for requests and not for an ONNX file", () => {
    expect(stateFloor(inference)).toContain("refuse a profile that fewer than 5 training patients have");
    expect(stateFloor(inference)).toContain("ONNX file has no such floor");
  });
});
