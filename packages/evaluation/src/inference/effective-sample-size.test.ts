import type { Cohort } from "@osteon/cohort";
import { OsteonError } from "@osteon/errors";
import { RandomStream, streamId } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { takePatients, type EvaluationCohort } from "../input/evaluation-cohort.ts";
import { buildCohort } from "../testing/build-cohort.ts";
import { estimateEffectiveSampleSize, type EffectiveSampleSize } from "./effective-sample-size.ts";

const patients = 60;
const genes = Array.from({ length: 30 }, (_, j) => `G${j}`);

/** Normal expression of independent genes about the given means. */
function drawNormal(count: number, means: readonly number[], index: number): Cohort {
  const random = new RandomStream(1, streamId("effective-sample-size.test"), index);
  const columns = genes.map((gene, j) => [gene, Array.from({ length: count }, () => means[j]! + random.nextNormal())]);
  return buildCohort({ count, expression: Object.fromEntries(columns) as Record<string, number[]> });
}

function meansOf({ expression }: EvaluationCohort, rows: readonly number[]): number[] {
  return genes.map((_, j) => rows.reduce((sum, i) => sum + expression.values[i * genes.length + j]!, 0) / rows.length);
}

const everyone = [...Array(patients).keys()];
const cohort = drawNormal(
  patients,
  Array.from(genes, () => 5),
  0,
);
const value = (generate: (sample: Cohort, refit: number) => EvaluationCohort | null, refits = 60) =>
  estimateEffectiveSampleSize({
    cohort,
    refits,
    seed: 3,
    generate: (sample, refit) => Promise.resolve(generate(sample, refit)),
  });
const meanWorth = ({ groups }: EffectiveSampleSize) => groups.find(({ group }) => group === "mean")!;

describe("the effective sample size", () => {
  it("of a generator that draws from the right law about the sample's means is the number of patients", async () => {
    const worth = meanWorth(await value((sample, refit) => drawNormal(600, meansOf(sample, everyone), refit + 1)));
    expect(worth.effectivePatients).toBeGreaterThan(0.93 * patients);
    expect(worth.estimands).toBe(genes.length);
  });

  it("of one that learns from every third patient only is a third of it", async () => {
    const third = everyone.filter((i) => i % 3 === 0);
    const worth = meanWorth(await value((sample, refit) => drawNormal(600, meansOf(sample, third), refit + 1)));
    expect(worth.effectivePatients).toBeGreaterThan(0.29 * patients);
    expect(worth.effectivePatients).toBeLessThan(0.38 * patients);
    expect(worth.lower).toBeLessThan(patients / 3);
    expect(worth.upper).toBeGreaterThan(patients / 3);
  });

  it("counts bias: one standard error of it halves the worth of a generator that never varies", async () => {
    const shift = 1 / Math.sqrt(patients);
    const biased = meansOf(cohort, everyone).map((mean) => mean + 2 * shift);
    const worth = meanWorth(await value((_, refit) => drawNormal(600, biased, refit + 1)));
    expect(worth.effectivePatients).toBeGreaterThan(0.2 * patients);
    expect(worth.effectivePatients).toBeLessThan(0.31 * patients);
  });

  it("does not depend on how many synthetic patients are drawn", async () => {
    const third = everyone.filter((i) => i % 3 === 0);
    const [few, many] = await Promise.all(
      [40, 2000].map((count) => value((sample, refit) => drawNormal(count, meansOf(sample, third), refit + 1), 40)),
    );
    expect(meanWorth(few!).effectivePatients! / meanWorth(many!).effectivePatients!).toBeGreaterThan(0.8);
    expect(meanWorth(few!).effectivePatients! / meanWorth(many!).effectivePatients!).toBeLessThan(1.25);
  });

  it("is never above the number of patients", async () => {
    const truth = meansOf(cohort, everyone);
    const worth = await value((_, refit) => drawNormal(600, truth, refit + 1), 10);
    expect(worth.effectivePatients).toBe(patients);
  });

  it("is the least of its groups", async () => {
    const mutated = Array.from({ length: patients }, (_, i) => (i < 20 ? 1 : 0));
    const both = { ...cohort, mutations: buildCohort({ count: patients, mutations: { TP53: mutated } }).mutations };
    const worth = await estimateEffectiveSampleSize({
      cohort: both,
      refits: 20,
      seed: 1,
      // Gene means of the sample, mutations of its first ten patients alone.
      generate: (sample) => {
        const { mutations } = takePatients(
          sample,
          everyone.map((i) => i % 10),
        );
        return Promise.resolve({ ...sample, mutations });
      },
    });
    const worths = Object.fromEntries(worth.groups.map(({ group, effectivePatients }) => [group, effectivePatients]));
    expect(worths["mean"]).toBe(patients);
    expect(worths["frequency"]).toBeLessThan(30);
    expect(worth.effectivePatients).toBe(Math.min(worths["frequency"]!, worths["effect"]!));
    expect(worths).toMatchObject({ hazard: null, survival: null });
  });

  it("is unknown where no model can be fitted, or nothing be asked", async () => {
    expect(await value(() => null, 6)).toMatchObject({ refits: 0, effectivePatients: null });
    const empty = buildCohort({ count: 30 });
    const worth = await estimateEffectiveSampleSize({
      cohort: empty,
      refits: 5,
      seed: 1,
      generate: (sample) => Promise.resolve(sample),
    });
    expect(worth.effectivePatients).toBeNull();
    expect(JSON.stringify(worth)).not.toContain("NaN");
  });

  it("refuses fewer than five refits", async () => {
    await expect(value((sample) => sample, 4)).rejects.toThrow(OsteonError);
  });
});
