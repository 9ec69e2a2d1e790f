import { simulateDemonstrationCohort } from "@osteon/cohort";
import { osteosarcomaGeneSets } from "@osteon/features";
import { RandomStream, streamId } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { Comparison } from "../input/comparison.ts";
import { takePatients, type EvaluationCohort } from "../input/evaluation-cohort.ts";
import { EvaluationInput } from "../input/evaluation-input.ts";
import { createEvaluationPanel } from "../input/evaluation-panel.ts";
import { buildCohort, compare, type Columns } from "../testing/build-cohort.ts";
import { allMetrics } from "./all-metrics.ts";
import { classifierTwoSampleAuc } from "./classifier-two-sample-auc.ts";
import { cooccurrencePatternCorrelation } from "./cooccurrence-pattern-correlation.ts";
import { copyNumberFrequencyCorrelation } from "./copy-number-frequency-correlation.ts";
import { geneCorrelationAgreement, pathwayCorrelationAgreement } from "./correlation-agreement.ts";
import { geneKolmogorovSmirnov, geneWasserstein } from "./gene-distributions.ts";
import { kaplanMeierArea } from "./kaplan-meier-area.ts";
import { maximumMeanDiscrepancy, testMaximumMeanDiscrepancy } from "./maximum-mean-discrepancy.ts";
import { mutationExpressionViolationRate } from "./mutation-expression-violation-rate.ts";
import { mutationFrequencyCorrelation } from "./mutation-frequency-correlation.ts";
import { mutualExclusivityViolationRate } from "./mutual-exclusivity-violation-rate.ts";
import { measureNeighbourhoods } from "./neighbourhood-coverage.ts";
import { overallBiologicalScore } from "./overall-biological-score.ts";
import { pathwayCoherenceCorrelation, pathwayCoherenceDifference } from "./pathway-coherence.ts";
import { pathwayScoreDistance } from "./pathway-score-distance.ts";

const mutated = (mutations: Columns) => buildCohort({ count: Object.values(mutations)[0]!.length, mutations });
const expressed = (expression: Columns) => buildCohort({ count: Object.values(expression)[0]!.length, expression });

function drawNormals(count: number, seed: number, shift = 0): number[] {
  const random = new RandomStream(seed, streamId("test"));
  return Array.from({ length: count }, () => random.nextNormal() + shift);
}

describe("mutation_frequency_correlation", () => {
  it("correlates shares among the sequenced", () => {
    // ¾, ½, ¼ against ⅔ (of three sequenced), ½, ¼: r of (.75, .5, .25) and (.667, .5, .25).
    const real = mutated({ A: [1, 1, 1, 0], B: [1, 1, 0, 0], C: [1, 0, 0, 0] });
    const other = mutated({ A: [1, 1, 0, -1], B: [0, 0, 1, 1], C: [0, 0, 0, 1] });
    expect(mutationFrequencyCorrelation.compute(compare(real, other)).value).toBeCloseTo(0.9933993, 6);
  });
});

describe("cooccurrence_pattern_correlation", () => {
  const real = mutated({ A: [1, 1, 0, 0], B: [1, 1, 0, 0], C: [0, 0, 1, 1], D: [1, 0, 1, 0] });
  it("is 1 on the same pattern, −1 on the opposite of each pair", () => {
    expect(cooccurrencePatternCorrelation.compute(compare(real, real)).value).toBeCloseTo(1, 6);
    const x = mutated({ A: [1, 1, 0, 0], B: [0, 0, 1, 1], C: [1, 0, 1, 0] });
    const y = mutated({ A: [1, 1, 0, 0], B: [1, 1, 0, 0], C: [1, 0, 1, 0] });
    expect(cooccurrencePatternCorrelation.compute(compare(x, y)).value).toBeCloseTo(-1, 6);
  });
  it("has no value, and no NaN, where one row holds all mutations", () => {
    const allInOne = mutated({ A: [1, 0, 0, 0], B: [1, 0, 0, 0], C: [1, 0, 0, 0], D: [1, 0, 0, 0] });
    expect(cooccurrencePatternCorrelation.compute(compare(real, allInOne))).toEqual({
      value: null,
      reason: expect.stringContaining("do not vary"),
    });
  });
});

describe("mutual_exclusivity_violation_rate", () => {
  it("counts known pairs over both kinds of alteration", () => {
    const cohort = buildCohort({
      count: 5,
      mutations: { TP53: [1, 1, 0, 0, -1] },
      copyNumber: { MDM2: [2, 0, 2, 1, 2] },
    });
    // Altered in either: patients 0, 1, 2; in both: 0. The unsequenced patient says nothing.
    expect(mutualExclusivityViolationRate.compute(compare(cohort, cohort)).value).toBeCloseTo(1 / 3, 12);
  });
  it("counts pairs that the reference keeps apart against expectation", () => {
    const real = mutated({ A: [1, 1, 1, 0, 0, 0], B: [0, 0, 0, 1, 1, 1] });
    const mixed = mutated({ A: [1, 1, 0, 0, 0, 0], B: [1, 0, 1, 1, 0, 0] });
    expect(mutualExclusivityViolationRate.compute(compare(real, real)).value).toBe(0);
    expect(mutualExclusivityViolationRate.compute(compare(real, mixed)).value).toBeCloseTo(1 / 4, 12);
  });
  it("has no value where nothing is altered", () => {
    const real = mutated({ A: [1, 1, 1, 0, 0, 0], B: [0, 0, 0, 1, 1, 1] });
    const none = mutated({ A: [0, 0, 0, 0, 0, 0], B: [0, 0, 0, 0, 0, 0] });
    expect(mutualExclusivityViolationRate.compute(compare(real, none)).value).toBeNull();
  });
});

describe("mutation_expression_violation_rate", () => {
  const cohort = (mcm: readonly number[]) =>
    buildCohort({
      count: 4,
      mutations: { RB1: [1, 1, 0, 0] },
      expression: { MCM2: mcm, MCM3: mcm, PCNA: mcm },
    });
  it("is the share of altered patients that do not move the known way", () => {
    const real = cohort([5, 5, 1, 1]);
    expect(mutationExpressionViolationRate.compute(compare(real, real)).value).toBe(0);
    expect(mutationExpressionViolationRate.compute(compare(real, cohort([5, 0, 1, 1]))).value).toBe(0.5);
    expect(mutationExpressionViolationRate.compute(compare(real, cohort([0, 0, 1, 1]))).value).toBe(1);
  });
  it("calls standing still a violation", () => {
    expect(
      mutationExpressionViolationRate.compute(compare(cohort([5, 5, 1, 1]), cohort([0.1, 0.1, 0.1, 0.1]))).value,
    ).toBe(1);
  });
});

describe("overall_biological_score", () => {
  it("is the mean of its four parts, a missing one counting 0", () => {
    const cohort = buildCohort({
      count: 4,
      mutations: { RB1: [1, 1, 0, 0], B: [1, 0, 0, 0], C: [1, 0, 1, 1] },
      expression: { MCM2: [5, 0, 1, 1], MCM3: [5, 0, 1, 1], PCNA: [5, 0, 1, 1] },
    });
    const comparison = compare(cohort, cohort);
    // Correlations 1 and 1, no exclusive pair here (0), half of the RB1-mutated against the direction.
    expect(mutualExclusivityViolationRate.compute(comparison).value).toBeNull();
    expect(overallBiologicalScore.compute(comparison).value).toBeCloseTo((1 + 1 + 0 + 0.5) / 4, 6);
  });
});

describe("copy_number_frequency_correlation", () => {
  it("correlates gains and losses, unmeasured ones left out", () => {
    const real = buildCohort({ count: 2, copyNumber: { A: [1, 2], B: [-1, 0] } });
    const other = buildCohort({ count: 2, copyNumber: { A: [2, -128], B: [-2, 0] } });
    const opposite = buildCohort({ count: 2, copyNumber: { A: [-1, -1], B: [1, 0] } });
    expect(copyNumberFrequencyCorrelation.compute(compare(real, other)).value).toBeCloseTo(1, 12);
    expect(copyNumberFrequencyCorrelation.compute(compare(real, opposite)).value).toBeLessThan(0);
  });
});

describe("kolmogorov_smirnov and wasserstein", () => {
  it("average over genes, the latter in real deviations", () => {
    // Deviation of A is √2.5; a shift by it moves every value by 1.
    const shift = Math.sqrt(2.5);
    const real = expressed({ A: [1, 2, 3, 4, 5], B: [0, 0, 0, 0, 1] });
    const other = expressed({ A: [1, 2, 3, 4, 5].map((value) => value + shift), B: [0, 0, 0, 0, 1] });
    expect(geneWasserstein.compute(compare(real, other)).value).toBeCloseTo(0.5, 5);
    expect(geneKolmogorovSmirnov.compute(compare(real, other)).value).toBeCloseTo(0.2, 12);
    expect(geneKolmogorovSmirnov.compute(compare(real, real)).value).toBe(0);
  });
  it("leaves unmeasured values out", () => {
    const real = expressed({ A: [1, 2, 3, 4, 5] });
    const other = expressed({ A: [1, 2, 3, 4, Number.NaN] });
    expect(geneKolmogorovSmirnov.compute(compare(real, other)).value).toBeCloseTo(0.2, 12);
  });
});

describe("maximum_mean_discrepancy", () => {
  const real = expressed({ A: drawNormals(30, 1), B: drawNormals(30, 2) });
  it("agrees with the sums written out for two against two", () => {
    const x = expressed({ A: [0, 2] });
    const y = expressed({ A: [1, 5] });
    // Scaled by √2; squared distances 2 | 8 | 0.5, 12.5, 0.5, 4.5; sorted, the fourth is the median here.
    const kernel = (squared: number) => Math.exp(-squared / (2 * 4.5));
    const expected = kernel(2) + kernel(8) - (kernel(0.5) + kernel(12.5) + kernel(0.5) + kernel(4.5)) / 2;
    expect(maximumMeanDiscrepancy.compute(compare(x, y)).value).toBeCloseTo(expected, 6);
  });
  it("tells a shift from none, with a p value to match", () => {
    const alike = expressed({ A: drawNormals(30, 3), B: drawNormals(30, 4) });
    const shifted = expressed({ A: drawNormals(30, 3, 2), B: drawNormals(30, 4) });
    const random = () => new RandomStream(1, 1);
    expect(testMaximumMeanDiscrepancy(compare(real, shifted), 99, random())?.pValue).toBe(0.01);
    expect(testMaximumMeanDiscrepancy(compare(real, alike), 99, random())?.pValue).toBeGreaterThan(0.05);
  });
});

describe("pathway metrics", () => {
  const genes = ["A", "B", "C", "D", "E", "F", "G"];
  const sets = [
    { name: "first", description: "", genes: ["A", "B", "C", "D", "E"] },
    { name: "second", description: "", genes: ["C", "D", "E", "F", "G"] },
    { name: "third", description: "", genes: ["A", "C", "E", "F", "G"] },
    { name: "small", description: "", genes: ["A", "B"] },
  ];
  const draw = (seed: number) =>
    expressed(Object.fromEntries(genes.map((gene, j) => [gene, drawNormals(8, seed + j)])));
  it("is perfect against itself, over all sets of five measured genes", () => {
    const real = draw(10);
    const comparison = compare(real, real, sets);
    expect(comparison.reference.panel.measuredSets.map(({ name }) => name)).toEqual(["first", "second", "third"]);
    expect(pathwayCoherenceCorrelation.compute(comparison).value).toBeCloseTo(1, 6);
    expect(pathwayCoherenceDifference.compute(comparison).value).toBe(0);
    expect(pathwayCorrelationAgreement.compute(comparison).value).toBeCloseTo(1, 6);
    expect(geneCorrelationAgreement.compute(comparison).value).toBeCloseTo(1, 6);
    expect(pathwayScoreDistance.compute(comparison).value).toBe(0);
  });
  it("measures coherence as mean correlation: 1 in copies of one gene", () => {
    const values = drawNormals(8, 50);
    const copies = expressed(Object.fromEntries(genes.map((gene) => [gene, values])));
    const constant = expressed(Object.fromEntries(genes.map((gene) => [gene, Array.from({ length: 8 }, () => 0.3)])));
    expect(pathwayCoherenceDifference.compute(compare(copies, constant, sets)).value).toBeCloseTo(1, 5);
    expect(geneCorrelationAgreement.compute(compare(draw(10), constant, sets)).value).toBeNull();
    expect(pathwayCoherenceCorrelation.compute(compare(draw(10), constant, sets)).value).toBeNull();
  });
  it("does not reward genes that stand still", () => {
    const real = draw(10);
    const width = genes.length;
    const values = real.expression.values.map((value, k) => (k % width < 4 ? value : 1));
    const half = { ...real, expression: { ...real.expression, values } };
    expect(geneCorrelationAgreement.compute(compare(real, half)).value).toBeLessThan(0.9);
  });
});

describe("classifier_two_sample_auc", () => {
  const two = (a: number[], b: number[]) => expressed({ A: a, B: b });
  it("is about ½ for one population, and near 1 for a shift or for a lost correlation", () => {
    const real = two(drawNormals(100, 1), drawNormals(100, 2));
    expect(
      classifierTwoSampleAuc.compute(compare(real, two(drawNormals(100, 3), drawNormals(100, 4)))).value,
    ).toBeLessThan(0.65);
    expect(
      classifierTwoSampleAuc.compute(compare(real, two(drawNormals(100, 3, 3), drawNormals(100, 4)))).value,
    ).toBeGreaterThan(0.95);
    const shared = drawNormals(100, 5);
    const tied = two(
      shared,
      shared.map((value, i) => value + 0.1 * drawNormals(100, 6)[i]!),
    );
    expect(classifierTwoSampleAuc.compute(compare(tied, real)).value).toBeGreaterThan(0.8);
  });
});

describe("precision, recall, density, coverage", () => {
  const real = expressed({ A: drawNormals(60, 1), B: drawNormals(60, 2) });
  it("is whole against itself", () => {
    const self = measureNeighbourhoods(compare(real, real));
    expect(self).toMatchObject({ precision: 1, recall: 1, coverage: 1 });
  });
  it("has precision without recall for a collapsed file, neither for a distant one", () => {
    const collapsed = expressed({
      A: drawNormals(60, 3).map((x) => x / 100),
      B: drawNormals(60, 4).map((x) => x / 100),
    });
    const narrow = measureNeighbourhoods(compare(real, collapsed))!;
    expect(narrow.precision).toBe(1);
    expect(narrow.recall).toBeLessThan(0.1);
    const distant = expressed({ A: drawNormals(60, 3, 50), B: drawNormals(60, 4, 50) });
    expect(measureNeighbourhoods(compare(real, distant))).toEqual({ precision: 0, recall: 0, density: 0, coverage: 0 });
  });
  it("has density about 1 for a fresh sample of the same population", () => {
    const fresh = expressed({ A: drawNormals(60, 5), B: drawNormals(60, 6) });
    const { density } = measureNeighbourhoods(compare(real, fresh))!;
    expect(density).toBeGreaterThan(0.7);
    expect(density).toBeLessThan(1.3);
  });
});

describe("kaplan_meier_area", () => {
  const survival = (days: readonly number[], event: readonly number[]) =>
    buildCohort({ count: days.length, survival: { days, event } });
  it("is the area between the curves over the shared follow-up", () => {
    // S: 1 until 10, ½ until 20, against 1 throughout until 20: ½ · 10 / 20.
    const value = kaplanMeierArea.compute(compare(survival([10, 20], [1, 0]), survival([20, 20], [0, 0]))).value;
    expect(value).toBeCloseTo(0.25, 12);
  });
  it("leaves patients of unknown outcome out and has no value without any other", () => {
    const known = survival([10, 20], [1, 0]);
    const partly = survival([10, 20, 5, Number.NaN], [1, 0, -1, 1]);
    expect(kaplanMeierArea.compute(compare(known, partly)).value).toBe(0);
    expect(kaplanMeierArea.compute(compare(known, survival([5], [-1]))).value).toBeNull();
  });
});

describe("allMetrics", () => {
  it("has a value or a reason, never NaN, on degenerate files", () => {
    const real = buildCohort({
      count: 6,
      mutations: { TP53: [1, 0, 1, 0, 0, 1], RB1: [0, 1, 0, 0, 1, 1] },
      expression: { A: [1, 2, 3, 4, 5, 6], B: [2, 1, 4, 3, 6, 5] },
      survival: { days: [1, 2, 3, 4, 5, 6], event: [1, 0, 1, 0, 1, 0] },
    });
    const unknown = buildCohort({
      count: 6,
      mutations: { TP53: [-1, -1, -1, -1, -1, -1], RB1: [-1, -1, -1, -1, -1, -1] },
      expression: { A: Array.from({ length: 6 }, () => Number.NaN), B: Array.from({ length: 6 }, () => Number.NaN) },
    });
    const oneRow = buildCohort({
      count: 6,
      mutations: { TP53: [1, 0, 0, 0, 0, 0], RB1: [1, 0, 0, 0, 0, 0] },
      expression: { A: [9, 0, 0, 0, 0, 0], B: [9, 0, 0, 0, 0, 0] },
    });
    const empty = buildCohort({ count: 6 });
    for (const comparison of [
      compare(real, unknown),
      compare(real, oneRow),
      compare(unknown, real),
      compare(empty, empty),
    ]) {
      for (const metric of allMetrics) {
        const result = metric.compute(comparison);
        if (result.value === null) expect(result.reason.length, metric.name).toBeGreaterThan(5);
        else expect(Number.isFinite(result.value), metric.name).toBe(true);
      }
    }
  });
  describe("on cohorts of which something cannot be said", () => {
    const { cohort } = simulateDemonstrationCohort({ patients: 40, genes: 160 });
    const { clinical, mutations, copyNumber, expression } = cohort;
    const fill = (values: Int8Array, code: number) => values.map(() => code);
    const cases: Readonly<Record<string, EvaluationCohort>> = {
      "no deaths": { ...cohort, clinical: { ...clinical, event: fill(clinical.event, 0) } },
      "unknown survival": { ...cohort, clinical: { ...clinical, event: fill(clinical.event, -1) } },
      "nobody metastatic": { ...cohort, clinical: { ...clinical, metastasis: fill(clinical.metastasis, 0) } },
      "unknown metastasis": { ...cohort, clinical: { ...clinical, metastasis: fill(clinical.metastasis, -1) } },
      "unknown age": { ...cohort, clinical: { ...clinical, ageYears: clinical.ageYears.map(() => Number.NaN) } },
      "constant genes": { ...cohort, expression: { ...expression, values: expression.values.map(() => 0.37) } },
      "no expression": { ...cohort, expression: { ...expression, values: expression.values.map(() => Number.NaN) } },
      "no mutations": { ...cohort, mutations: { ...mutations, values: fill(mutations.values, 0) } },
      "nobody sequenced": { ...cohort, mutations: { ...mutations, values: fill(mutations.values, -1) } },
      "no gains or losses": { ...cohort, copyNumber: { ...copyNumber, values: fill(copyNumber.values, 0) } },
      "copy number unmeasured": { ...cohort, copyNumber: { ...copyNumber, values: fill(copyNumber.values, -128) } },
      "two patients": takePatients(cohort, [0, 1]),
      "one patient": takePatients(cohort, [0]),
    };
    it.each(Object.keys(cases))("%s: every metric has a value or a reason, on either side", (name) => {
      const panel = createEvaluationPanel(cohort, cohort, osteosarcomaGeneSets, 1);
      const whole = new EvaluationInput(cohort, panel);
      const degenerate = new EvaluationInput(cases[name]!, panel);
      for (const comparison of [
        new Comparison(whole, degenerate),
        new Comparison(degenerate, whole),
        new Comparison(degenerate, degenerate),
      ]) {
        for (const metric of allMetrics) {
          const result = metric.compute(comparison);
          if (result.value === null) expect(result.reason, metric.name).toMatch(/\w+ \w+ \w+/);
          else expect(Number.isFinite(result.value), metric.name).toBe(true);
        }
      }
    });
  });
  it("has each name once, in groups that stand together, and short enough for the table", () => {
    const names = allMetrics.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(34);
    const groups = allMetrics.map(({ group }) => group);
    const runs = groups.filter((group, k) => group !== groups[k - 1]);
    expect(new Set(runs).size).toBe(runs.length);
  });
});
