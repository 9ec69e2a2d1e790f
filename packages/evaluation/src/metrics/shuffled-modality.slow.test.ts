import { selectPatients, simulateDemonstrationCohort, splitCohort } from "@osteon/cohort";
import { osteosarcomaGeneSets } from "@osteon/features";
import { RandomStream, streamId } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { Comparison } from "../input/comparison.ts";
import { takePatients, type EvaluationCohort } from "../input/evaluation-cohort.ts";
import { EvaluationInput } from "../input/evaluation-input.ts";
import { createEvaluationPanel } from "../input/evaluation-panel.ts";
import { drawIndependentMarginals } from "../references/draw-independent-marginals.ts";
import { allMetrics } from "./all-metrics.ts";

/** Metrics that together tell whether rows of a modality belong to their patients. */
const telling = {
  clinical: ["condition_metastasis_recovery", "known_prognostic_effect", "clinical_pathway_agreement"],
  mutations: ["known_mutation_effect", "mutation_expression_violation_rate"],
  copyNumber: ["copy_number_cis_effect", "copy_number_cis_effect_agreement", "copy_number_expression_agreement"],
  expression: ["copy_number_cis_effect", "known_mutation_effect"],
} as const;
type Part = keyof typeof telling;
const parts = Object.keys(telling) as Part[];
const [cohorts, splits, patients] = [4, 8, 120] as const;

/** Values summed over splits of several cohorts: of fresh real patients, the same with one part shuffled, and the floor. */
const sums = new Map<string, number>();
const add = (metric: string, file: string, value: number): void => {
  const key = `${metric} ${file}`;
  sums.set(key, (sums.get(key) ?? 0) + value);
};
const metrics = allMetrics.filter(({ name }) => Object.values<readonly string[]>(telling).flat().includes(name));

for (let seed = 1; seed <= cohorts; seed++) {
  const source = simulateDemonstrationCohort({ patients: 2 * patients, genes: 300, seed }).cohort;
  const cohort = selectPatients(
    source,
    Uint32Array.from({ length: patients }, (_, i) => i),
  );
  for (let repeat = 0; repeat < splits; repeat++) {
    const { train, holdOut } = splitCohort(cohort, { holdOutFraction: 0.3, seed, repeat });
    const real = selectPatients(cohort, train);
    const held = selectPatients(cohort, holdOut);
    const random = new RandomStream(seed, streamId("shuffled modality test"), repeat);
    const fresh = takePatients(
      source,
      random
        .permutation(patients)
        .slice(0, train.length)
        .map((row) => patients + row),
    );
    const shuffled = takePatients(fresh, random.permutation(train.length));
    const files: Record<string, EvaluationCohort> = {
      fresh,
      floor: drawIndependentMarginals(real, train.length, random),
      ...Object.fromEntries(parts.map((part) => [part, { ...fresh, [part]: shuffled[part] }])),
    };
    const panel = createEvaluationPanel(real, held, osteosarcomaGeneSets, seed);
    const reference = new EvaluationInput(held, panel);
    for (const [file, candidate] of Object.entries(files)) {
      const comparison = new Comparison(reference, new EvaluationInput(candidate, panel));
      for (const metric of metrics) add(metric.name, file, metric.compute(comparison).value ?? 0);
    }
  }
}

describe("at 120 demonstration patients, in the mean of four cohorts", () => {
  /** 1 as fresh real patients, 0 as independent marginals; in the mean of the part's telling metrics. */
  const place = (part: Part, file: string): number => {
    const values = telling[part].map((name) => {
      const [value, fresh, floor] = [file, "fresh", "floor"].map((of) => sums.get(`${name} ${of}`)!);
      return (value! - floor!) / (fresh! - floor!);
    });
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  it.each(parts)("%s that went to other patients fall to the floor", (part) => {
    expect(place(part, part)).toBeLessThan(0.4);
  });
  it.each(telling.clinical)("%s separates real patients from independent marginals", (name) => {
    expect(sums.get(`${name} fresh`)!).toBeGreaterThan(sums.get(`${name} floor`)! + 0.02 * cohorts * splits);
  });
});
