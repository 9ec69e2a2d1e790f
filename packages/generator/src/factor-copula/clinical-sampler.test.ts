import { choleskyFactor, normalCdf, normalDensity, normalInterval, RandomStream } from "@osteon/numerics";
import { survivalQuantile } from "@osteon/survival";
import { beforeAll, describe, expect, it } from "vitest";
import type { Conditions } from "../conditions.ts";
import { ClinicalSampler } from "./clinical-sampler.ts";
import type { Marginals } from "./marginals.ts";
import { latentGridFor, QuantileTableFitter, tableWidth } from "./quantile-table.ts";
import { latentOfTime, timeOfLatent } from "./survival-latent.ts";

const grid = latentGridFor(200);
const ageTable = new Float64Array(tableWidth(grid));
const ages = new RandomStream(1, 1);
new QuantileTableFitter(grid).fit(
  Float64Array.from({ length: 200 }, () => 15 + 4 * ages.nextNormal()).sort(),
  ageTable,
);

const marginals: Marginals = {
  clinical: ["survival", "age", "metastasis"],
  deathHazard: { knotsDays: Float64Array.of(0, 500, 1500), hazards: Float64Array.of(2e-4, 5e-4, 1e-4) },
  censoringHazard: { knotsDays: Float64Array.of(0, 700), hazards: Float64Array.of(1e-4, 6e-4) },
  grid,
  ageTable: [...ageTable],
  necrosisTable: [],
  metastasisCuts: [0.7],
  maleCuts: [],
  mutationGenes: [],
  mutationCuts: [],
  copyNumberGenes: [],
  copyNumberCuts: [],
};
const correlation = Float64Array.of(1, -0.2, -0.5, -0.2, 1, 0.1, -0.5, 0.1, 1);

interface Draw {
  readonly survival: number;
  readonly age: number;
  readonly metastasis: number;
  readonly timeDays: number;
  readonly event: number;
}

/** Patients of the model without conditions, by plain definition: latents, death, end of follow-up. */
function drawUnconditional(count: number): (Draw & { readonly deathDays: number })[] {
  const lower = choleskyFactor(correlation, 3)!;
  const random = new RandomStream(99, 99);
  return Array.from({ length: count }, () => {
    const e = [random.nextNormal(), random.nextNormal(), random.nextNormal()] as const;
    const survival = e[0];
    const age = lower[3]! * e[0] + lower[4]! * e[1];
    const metastasis = lower[6]! * e[0] + lower[7]! * e[1] + lower[8]! * e[2];
    const deathDays = timeOfLatent(marginals.deathHazard, survival);
    const end = survivalQuantile(marginals.censoringHazard, random.nextUniform());
    return {
      survival,
      age,
      metastasis,
      deathDays,
      timeDays: Math.min(deathDays, end),
      event: Number(deathDays <= end),
    };
  });
}

function drawConditioned(conditions: Conditions, count: number, by = correlation): Draw[] {
  const sampler = new ClinicalSampler(marginals, by, conditions);
  const latents = new Float64Array(3);
  return Array.from({ length: count }, (_, index) => {
    const followUp = sampler.draw(5, index, latents);
    return { survival: latents[0]!, age: latents[1]!, metastasis: latents[2]!, ...followUp };
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]) => {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
};

/** Every moment of first and second order, of both samples, within five standard errors of the difference. */
function expectSameDistribution(actual: readonly Draw[], expected: readonly Draw[]): void {
  const functions: ((draw: Draw) => number)[] = [
    (d) => d.survival,
    (d) => d.age,
    (d) => d.metastasis,
    (d) => d.event,
    (d) => Number(d.metastasis > 0.7),
    (d) => d.timeDays,
    (d) => d.survival * d.metastasis,
    (d) => d.survival * d.age,
    (d) => d.survival ** 2,
    (d) => d.metastasis ** 2,
    (d) => d.event * d.age,
  ];
  expect(expected.length).toBeGreaterThan(800);
  for (const of of functions) {
    const a = actual.map(of);
    const b = expected.map(of);
    const error = Math.sqrt(deviation(a) ** 2 / a.length + deviation(b) ** 2 / b.length);
    expect(Math.abs(mean(a) - mean(b)), of.toString()).toBeLessThanOrEqual(5 * error + 1e-6);
  }
}

describe("ClinicalSampler", () => {
  let everyone: ReturnType<typeof drawUnconditional>;
  beforeAll(() => {
    everyone = drawUnconditional(150_000);
  });
  const rounded = (draws: readonly Draw[]) => draws.map((d) => ({ ...d, timeDays: Math.round(d.timeDays) }));

  it("draws the model itself where nothing is given", () => {
    expectSameDistribution(drawConditioned({}, 20_000), rounded(everyone));
  });

  it("honours metastasis", () => {
    for (const metastasis of [0, 1] as const) {
      const drawn = drawConditioned({ metastasis }, 15_000);
      expect(drawn.every((d) => Number(d.metastasis > 0.7) === metastasis)).toBe(true);
      expectSameDistribution(drawn, rounded(everyone.filter((d) => Number(d.metastasis > 0.7) === metastasis)));
    }
  });

  it("takes event 0 with a time as alive past it", () => {
    const drawn = drawConditioned({ survivalTimeDays: 1200, event: 0, metastasis: 1 }, 8000);
    expect(drawn.every((d) => timeOfLatent(marginals.deathHazard, d.survival) > 1200)).toBe(true);
    expect(drawn.every((d) => d.timeDays === 1200 && d.event === 0)).toBe(true);
    const expected = everyone
      .filter((d) => d.deathDays > 1200 && d.metastasis > 0.7)
      .map((d) => ({ ...d, timeDays: 1200, event: 0 }));
    expectSameDistribution(drawn, expected);
  });

  it("takes event 1 with a time as death on that day, by the closed form", () => {
    const drawn = drawConditioned({ survivalTimeDays: 600, event: 1 }, 20_000);
    const z = latentOfTime(marginals.deathHazard, 600);
    expect(drawn.every((d) => d.survival === z && d.event === 1 && d.timeDays === 600)).toBe(true);
    const metastatic = 1 - normalCdf((0.7 + 0.5 * z) / Math.sqrt(0.75));
    expect(Math.abs(mean(drawn.map((d) => Number(d.metastasis > 0.7))) - metastatic)).toBeLessThan(5 * 0.0036);
    expect(Math.abs(mean(drawn.map((d) => d.age)) + 0.2 * z)).toBeLessThan(5 * 0.007);
  });

  it("takes a time alone as the end of follow-up of either kind, in proportion to the hazards", () => {
    for (const conditions of [{ survivalTimeDays: 800 }, { survivalTimeDays: 800, metastasis: 1 }] as const) {
      const drawn = drawConditioned(conditions, 6000);
      const near = everyone.filter(
        (d) => Math.abs(d.timeDays - 800) < 40 && (!("metastasis" in conditions) || d.metastasis > 0.7),
      );
      expect(near.length).toBeGreaterThan(1000);
      const share = mean(near.map((d) => d.event));
      const error = Math.sqrt(share * (1 - share) * (1 / near.length + 1 / drawn.length));
      // The window of ±40 days itself moves the share by under 0.01.
      expect(Math.abs(mean(drawn.map((d) => d.event)) - share)).toBeLessThan(5 * error + 0.01);
      expect(drawn.every((d) => d.timeDays === 800)).toBe(true);
    }
  });

  it("takes an event alone as which of death and end of follow-up came first", () => {
    for (const event of [0, 1] as const) {
      const drawn = drawConditioned({ event }, 10_000);
      expect(drawn.every((d) => d.event === event)).toBe(true);
      expectSameDistribution(drawn, rounded(everyone.filter((d) => d.event === event)));
    }
  });

  it("fixes the age, and draws the rest given it", () => {
    const drawn = drawConditioned({ ageYears: 21 }, 20_000);
    const z = drawn[0]!.age;
    expect(z).toBeGreaterThan(1);
    expect(drawn.every((d) => d.age === z)).toBe(true);
    expect(Math.abs(mean(drawn.map((d) => d.survival)) + 0.2 * z)).toBeLessThan(5 * 0.007);
    expect(Math.abs(mean(drawn.map((d) => d.metastasis)) - 0.1 * z)).toBeLessThan(5 * 0.007);
  });

  it("draws profiles too rare to be waited for, still with the right means", () => {
    const opposed = Float64Array.of(1, 0, -0.85, 0, 1, 0, -0.85, 0, 1);
    const timeDays = Math.round(timeOfLatent(marginals.deathHazard, 2.6));
    const from = latentOfTime(marginals.deathHazard, timeDays);
    const drawn = drawConditioned({ survivalTimeDays: timeDays, event: 0, metastasis: 1 }, 120, opposed);
    expect(drawn.every((d) => d.survival >= from && d.metastasis > 0.7)).toBe(true);
    // E[survival | survival > from, metastasis > 0.7] by Simpson's rule over survival.
    const deviationLeft = Math.sqrt(1 - 0.85 ** 2);
    let [mass, moment] = [0, 0];
    for (let k = 0; k <= 2000; k++) {
      const z = from + k * 0.001;
      const weight =
        (k === 0 || k === 2000 ? 1 : k % 2 === 1 ? 4 : 2) *
        normalDensity(z) *
        normalInterval((0.7 + 0.85 * z) / deviationLeft, Infinity);
      mass += weight;
      moment += weight * z;
    }
    const expected = moment / mass;
    const error = deviation(drawn.map((d) => d.survival)) / Math.sqrt(120);
    expect(Math.abs(mean(drawn.map((d) => d.survival)) - expected)).toBeLessThan(5 * error);
  });

  it("gives finite latents at the ends of the allowed times", () => {
    for (const survivalTimeDays of [0, 36_525]) {
      for (const event of [0, 1, undefined] as const) {
        const drawn = drawConditioned({ survivalTimeDays, ...(event !== undefined && { event }), metastasis: 1 }, 5);
        expect(drawn.every((d) => [d.survival, d.age, d.metastasis].every(Number.isFinite))).toBe(true);
      }
    }
  });

  it("draws patient i the same alone and after others", () => {
    const sampler = new ClinicalSampler(marginals, correlation, { survivalTimeDays: 900, event: 0, metastasis: 1 });
    const latents = new Float64Array(3);
    for (let i = 0; i < 40; i++) sampler.draw(5, i, latents);
    const among = { followUp: sampler.draw(5, 17, latents), latents: [...latents] };
    const fresh = new ClinicalSampler(marginals, correlation, { survivalTimeDays: 900, event: 0, metastasis: 1 });
    const alone = new Float64Array(3);
    expect({ followUp: fresh.draw(5, 17, alone), latents: [...alone] }).toEqual(among);
  });
});
