import { selectPatients, simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import { osteosarcomaGeneSets } from "@osteon/features";
import { describe, expect, it } from "vitest";
import { EvaluationInput } from "../input/evaluation-input.ts";
import { createEvaluationPanel } from "../input/evaluation-panel.ts";
import type { EvaluationFigures } from "../report/evaluation-report.ts";
import { buildCohort } from "../testing/build-cohort.ts";
import { compareAlterations } from "./alteration-figure.ts";
import { describeFigures } from "./describe-figures.ts";
import { compareHazardRatios } from "./hazard-ratio-figure.ts";
import { compareSurvival } from "./survival-figure.ts";

const everyone = simulateDemonstrationCohort({ patients: 400, genes: 100, complete: true, seed: 3 }).cohort;
const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const train = selectPatients(everyone, rows(0, 80));
const holdOut = selectPatients(everyone, rows(80, 120));

function figuresOf(synthetic: Cohort, first = train, second = holdOut): EvaluationFigures {
  const panel = createEvaluationPanel(first, second, osteosarcomaGeneSets, 1);
  return describeFigures({ train: first, holdOut: second, panel }, new EvaluationInput(synthetic, panel));
}
const figures = figuresOf(selectPatients(everyone, rows(120, 400)));

describe("describeFigures", () => {
  it("is JSON without loss", () => {
    expect(JSON.parse(JSON.stringify(figures))).toEqual(figures);
  });

  it("shows all real patients, held out or not, in strata that add up", () => {
    const [all, metastatic, localised] = figures.survival;
    expect(all!.real!.patients).toBe(120);
    expect(metastatic!.real!.patients + localised!.real!.patients).toBe(120);
    expect(all!.synthetic!.patients).toBe(280);
  });

  it("has correlation matrices that are symmetric, with ones on the diagonal", () => {
    const { names, real, synthetic } = figures.pathwayCorrelations;
    expect(names.length).toBeGreaterThan(3);
    for (const matrix of [real, synthetic]) {
      expect(matrix).toHaveLength(names.length ** 2);
      names.forEach((_, a) => {
        expect(matrix[a * names.length + a]).toBe(1);
        names.forEach((__, b) => expect(matrix[a * names.length + b]).toBe(matrix[b * names.length + a]));
      });
    }
  });

  it("spreads both files over the same grid, as shares", () => {
    const { bins, real, synthetic, explained, range } = figures.projection;
    expect(explained[0]).toBeGreaterThan(explained[1]);
    expect(range.x[0]).toBeCloseTo(-range.x[1], 10);
    for (const density of [real, synthetic]) {
      expect(density).toHaveLength(bins * bins);
      expect(density.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
    }
  });

  it("shows no lone patient in the projection", () => {
    const width = train.expression.genes.length;
    const values = train.expression.values.map((value, k) => (k < width ? value + 8 : value));
    const outlying = { ...train, expression: { ...train.expression, values } };
    const { bins, real } = figuresOf(everyone, outlying).projection;
    // The cells that hold something are one region: from any of them all others are reached.
    const filled = new Set(real.flatMap((share, cell) => (share > 0 ? [cell] : [])));
    const reached = new Set([[...filled][0]!]);
    for (const cell of reached) {
      for (const step of [-1, 1, -bins, bins, -bins - 1, -bins + 1, bins - 1, bins + 1]) {
        if (filled.has(cell + step)) reached.add(cell + step);
      }
    }
    expect(reached.size).toBe(filled.size);
  });

  it("has a hazard ratio of metastasis about the truth's, 3.5, in many patients", () => {
    const [metastasis, age] = compareHazardRatios(train.clinical, everyone.clinical);
    expect(metastasis!.synthetic!.lower).toBeLessThan(3.5);
    expect(metastasis!.synthetic!.upper).toBeGreaterThan(3.5);
    expect(age!.synthetic!.value).toBeGreaterThan(0);
  });
});

describe("the smallest cell", () => {
  const survivalOf = (deaths: number) =>
    buildCohort({
      count: 20,
      survival: { days: rows(100, 120).map((day) => 10 * day), event: rows(0, 20).map((i) => (i < deaths ? 1 : 0)) },
    }).clinical;

  it("hides curves and hazard ratios of fewer than five deaths", () => {
    expect(compareSurvival(survivalOf(4), survivalOf(5))[0]).toMatchObject({
      real: null,
      synthetic: { patients: 20, deaths: 5 },
      reason: "fewer than 5 deaths among the real patients",
    });
    expect(compareSurvival(survivalOf(0), survivalOf(5))[0]!.reason).toBe("none of the real patients died");
    expect(compareHazardRatios(survivalOf(20), survivalOf(20))[0]).toMatchObject({ real: null, synthetic: null });
  });

  it("ends a curve where fewer than five are followed, on a grid that no patient sets", () => {
    const { timesDays, survival } = compareSurvival(survivalOf(20), survivalOf(20))[0]!.real!;
    expect(timesDays.every((day) => day % 91 === 0)).toBe(true);
    expect(timesDays.at(-1)).toBe(1092);
    // Deaths at 1000, 1010, …, 1090 of twenty patients.
    expect(survival.at(-1)).toBeCloseTo(0.5, 10);
  });

  it("hides frequencies of fewer than five patients, and gives the others exact intervals", () => {
    const cohort = buildCohort({
      count: 10,
      mutations: { A: [1, 1, 1, 1, 1, 0, 0, 0, 0, 0], B: [1, 1, 1, 1, 0, 0, 0, 0, 0, -1] },
      copyNumber: { C: [2, 1, 1, 1, 1, -1, -2, 0, 0, -128] },
    });
    const [a, b, gained, lost] = compareAlterations(cohort, cohort);
    expect(a).toMatchObject({ gene: "A", alteration: "mutated", real: 0.5, synthetic: 0.5 });
    // Clopper and Pearson, 5 of 10.
    expect(a!.realLower).toBeCloseTo(0.1871, 4);
    expect(a!.realUpper).toBeCloseTo(0.8129, 4);
    expect(b).toMatchObject({ gene: "B", real: null, realLower: null, synthetic: 4 / 9 });
    expect(gained).toMatchObject({ alteration: "gained", real: 5 / 9 });
    expect(lost).toMatchObject({ alteration: "lost", real: null, synthetic: 2 / 9 });
  });
});
