import { stepNames } from "@osteon/pipeline";
import { describe, expect, it } from "vitest";
import { describeStep } from "./describe-step.ts";

describe("what a step tells", () => {
  it.each([
    [
      "load",
      { patients: 308, deaths: 97, sequenced: 87, withExpression: 88, expressionGenes: 476 },
      "308 patients (97 died), 87 sequenced, 88 with expression of 476 genes",
    ],
    [
      "deidentify",
      { columnsTaken: 12, columnsDropped: 1, identifiersFound: 1 },
      "12 columns taken, 1 dropped, 1 identifier found in dropped columns",
    ],
    ["deidentify", { columnsTaken: 0, columnsDropped: 0, identifiersFound: 0 }, "pseudonyms given"],
    ["check", { patients: 85, leftOut: 0, warnings: 1 }, "85 patients with all that is required, 1 warning"],
    [
      "features",
      { mutationGenes: 30, copyNumberGenes: 20, expressionGenes: 1, pathways: 1, pathwaysWithTooFewGenes: 2 },
      "30 mutation, 20 copy-number and 1 expression gene; 1 pathway, 2 left out with too few genes",
    ],
    ["train", { patients: 85, factors: 1, modelVersion: "ab" }, "85 patients, 1 factor, model ab"],
    [
      "train",
      { patients: 900, factors: 2, modelVersion: "ab", epsilon: 4, delta: 1e-6, rho: 0.3 },
      "900 patients, 2 factors, epsilon 4 at delta 0.000001, model ab",
    ],
    [
      "train",
      { patients: 85, factors: 2, modelVersion: "ab", warning: "nothing is refused" },
      "85 patients, 2 factors, model ab; nothing is refused",
    ],
    [
      "generate",
      { patients: 5, cohorts: 1, scenariosLeftOut: "early, late" },
      "5 synthetic patients in 1 cohort; too few training patients for early, late",
    ],
    ["generate", { patients: 1, cohorts: 1 }, "1 synthetic patient in 1 cohort"],
    [
      "validate",
      { splits: 20, trainPatients: 60, holdOutPatients: 25, calibratedBiologicalScore: null, memorisationFlags: 1 },
      "20 splits of 60 to train, 25 held out; calibrated biological score not known; 1 memorisation flag; gate cannot be told",
    ],
    [
      "validate",
      { splits: 2, trainPatients: 60, holdOutPatients: 25, calibratedBiologicalScore: 0.9, gatePassed: false },
      "2 splits of 60 to train, 25 held out; calibrated biological score 0.90; 0 memorisation flags; gate NOT passed",
    ],
    ["report", { report: "report.html" }, "report.html"],
    ["seal", { modelVersion: "ab", bytes: 1200 }, "model ab, 1 kB"],
  ] as const)("%s: %j", (step, detail, expected) => {
    expect(describeStep(step, detail)).toBe(expected);
  });

  it("is told of every step, also without details", () => {
    for (const step of stepNames) expect(describeStep(step, {})).not.toMatch(/undefined|NaN|\[object/);
  });
});
