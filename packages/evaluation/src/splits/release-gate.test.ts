import { describe, expect, it } from "vitest";
import { emptyFigures } from "../figures/describe-figures.ts";
import type {
  CalibratedScore,
  EvaluationDesign,
  FamilyEvaluation,
  LinkEvaluation,
} from "../report/evaluation-report.ts";
import { decideRelease } from "./release-gate.ts";

const design: EvaluationDesign = {
  splits: 20,
  patients: 100,
  deaths: 30,
  trainPatients: 70,
  holdOutPatients: 30,
  candidatePatients: 70,
  genes: { mutations: 1, copyNumber: 1, expression: 1 },
  geneSets: { given: 1, measured: 1 },
  simulatedPatients: true,
};
const score = (parts: Partial<CalibratedScore>): CalibratedScore => ({
  calibrated: 0.9,
  standardError: 0.02,
  lower: 0.85,
  upper: 0.95,
  metrics: ["a"],
  lost: [],
  seedRaw: null,
  seedFreshReal: null,
  seedPhotocopy: null,
  seedFloor: null,
  meaning: "",
  ...parts,
});
const link = (verdict: LinkEvaluation["verdict"]): LinkEvaluation => ({
  name: "clinical_tumour_link",
  title: "signatures go with the course",
  real: null,
  synthetic: null,
  verdict,
});
const family = (
  parts: Partial<CalibratedScore> = {},
  memorisationFlags: readonly string[] = [],
  ...verdicts: readonly LinkEvaluation["verdict"][]
): FamilyEvaluation => ({
  family: "f",
  metrics: [],
  biologicalScore: score(parts),
  memorisation: {
    membershipAuc: { synthetic: 0.5, photocopy: 1, floor: 0.5, nullRange: [0.4, 0.6] },
    copies: { synthetic: null, photocopy: null, floor: null },
  },
  memorisationFlags,
  links: (verdicts.length === 0 ? (["kept"] as const) : verdicts).map(link),
  figures: emptyFigures("not part of this test"),
});
const privacy = { passed: true, statement: "No attack succeeds." };
const decide = (released: FamilyEvaluation, patients = 100, verdict: Parameters<typeof decideRelease>[2] = privacy) =>
  decideRelease(released, { ...design, patients }, verdict);

describe("decideRelease", () => {
  it("passes what passes everywhere, and says by what", () => {
    const { passed, checks } = decide(family());
    expect(passed).toBe(true);
    expect(checks.map(({ name }) => name)).toEqual(["calibrated_score", "links", "memorisation", "privacy"]);
    expect(checks[0]!.statement).toContain("0.90 (0.85 to 0.95), asked for 0.85");
  });
  it.each([
    ["the score lies below the line beyond doubt", family({ calibrated: 0.7, lower: 0.6, upper: 0.8 }), 100, false],
    ["the interval reaches the line", family({ calibrated: 0.8, lower: 0.6, upper: 0.9 }), 100, null],
    ["something is lost", family({ lost: ["m"] }), 100, false],
    ["a known link is lost", family({}, [], "kept", "lost"), 100, false],
    ["real patients show no known link", family({}, [], "not informative"), 100, null],
    ["something points to memory", family({}, ["a copy"]), 100, false],
    ["nothing is informative", family({ calibrated: null, lower: null, upper: null }), 100, null],
    ["there are too few patients", family(), 29, null],
  ])("does not where %s", (_, released, patients, expected) => {
    expect(decide(released, patients).passed).toBe(expected);
  });
  it("holds a model to no link that real patients do not show", () => {
    expect(decide(family({}, [], "kept", "not informative")).passed).toBe(true);
  });
  it("does not where privacy was not looked at, or failed", () => {
    expect(decide(family(), 100, null).passed).toBeNull();
    expect(decide(family(), 100, { passed: false, statement: "An attack succeeds." }).passed).toBe(false);
    expect(decideRelease(undefined, design, privacy).passed).toBeNull();
  });
});
