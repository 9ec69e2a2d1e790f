import { beforeAll, describe, expect, it } from "vitest";
import { measureInference, type InferenceMeasurement } from "../../bench/measures/inference.ts";

describe("an analyst of files from models of 85 simulated patients", () => {
  let measured: InferenceMeasurement;
  const cohorts = 12;

  beforeAll(async () => {
    measured = await measureInference({
      cohorts,
      patients: 85,
      syntheticPatients: 2000,
      replicates: 2,
      refits: 6,
    });
  }, 300_000);
  const meanCoverage = (analysis: "training patients" | "one file as real" | "shared model, n_eff") => {
    const rows = [...measured.scores.values()];
    return rows.reduce((sum, row) => sum + row[analysis].coverage, 0) / rows.length;
  };

  it("asks every kind of question, true nulls among them", () => {
    const asked = ["effect", "frequency", "hazard", "mean", "survival", "true null"];
    expect([...measured.scores.keys()].sort()).toEqual(asked);
  });

  it("who takes a file for real has intervals that miss the truth, and finds effects that are not there", () => {
    expect(meanCoverage("one file as real")).toBeLessThan(0.65);
    expect(measured.scores.get("mean")!["one file as real"].coverage).toBeLessThan(0.5);
    expect(measured.scores.get("true null")!["one file as real"].coverage).toBeLessThan(0.92);
  });

  it("who takes the stated rule has intervals that hold it, about as wide as those of the 85 patients", () => {
    expect(meanCoverage("shared model, n_eff")).toBeGreaterThan(0.9);
    for (const [scored, row] of measured.scores) {
      expect([scored, row["shared model, n_eff"].coverage > 0.8]).toEqual([scored, true]);
      expect([scored, row["shared model, n_eff"].relativeWidth < 1.6]).toEqual([scored, true]);
    }
  });

  it("is told of no model that it is worth more than its patients, and of most that it is worth half of them", () => {
    const worths = measured.worths.map(({ effectivePatients }) => effectivePatients!);
    expect(worths).toHaveLength(cohorts);
    expect(Math.max(...worths)).toBeLessThanOrEqual(85);
    expect(worths.filter((worth) => worth > 85 / 2).length).toBeGreaterThan(cohorts / 2);
  });
});
