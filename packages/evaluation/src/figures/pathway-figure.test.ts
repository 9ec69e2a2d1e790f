import { selectPatients, simulateDemonstrationCohort } from "@osteon/cohort";
import { osteosarcomaGeneSets } from "@osteon/features";
import { describe, expect, it } from "vitest";
import { EvaluationInput } from "../input/evaluation-input.ts";
import { createEvaluationPanel } from "../input/evaluation-panel.ts";
import { comparePathwayScores } from "./pathway-figure.ts";

const { cohort } = simulateDemonstrationCohort({ patients: 120, genes: 200, complete: true, seed: 4 });
const take = (count: number) =>
  selectPatients(
    cohort,
    Array.from({ length: count }, (_, row) => row),
  );
const panel = createEvaluationPanel(take(80), take(40), osteosarcomaGeneSets, 1);
const inputOf = (count: number) => new EvaluationInput(take(count), panel);

describe("quantiles of pathway scores", () => {
  const figures = comparePathwayScores(inputOf(120), inputOf(120));

  it("ascend, and are the same for the same patients", () => {
    expect(figures.length).toBeGreaterThan(3);
    for (const { real, synthetic } of figures) {
      expect(real.map(({ probability }) => probability)).toEqual([0.1, 0.25, 0.5, 0.75, 0.9]);
      expect(real.map(({ value }) => value)).toEqual(real.map(({ value }) => value).toSorted((a, b) => a - b));
      expect(synthetic).toEqual(real);
    }
  });

  it("are near to where the scores lie, and no patient's own", () => {
    const input = inputOf(120);
    const { names, values } = input.pathways;
    figures.forEach(({ real }, set) => {
      const scores = Array.from({ length: 120 }, (_, row) => values[row * names.length + set]!).sort((a, b) => a - b);
      const median = real.find(({ probability }) => probability === 0.5)!.value;
      expect(median).toBeGreaterThanOrEqual(scores[55]!);
      expect(median).toBeLessThanOrEqual(scores[64]!);
      const [lowest, highest] = [real[0]!.value, real.at(-1)!.value];
      expect(scores.filter((score) => score < lowest).length).toBeGreaterThanOrEqual(5);
      expect(scores.filter((score) => score > highest).length).toBeGreaterThanOrEqual(5);
    });
  });

  it("leave out what fewer than five patients are beyond", () => {
    const few = comparePathwayScores(inputOf(24), inputOf(8));
    expect(few[0]!.real.map(({ probability }) => probability)).toEqual([0.25, 0.5, 0.75]);
    expect(few[0]!.synthetic).toEqual([]);
  });
});
