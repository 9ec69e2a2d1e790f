import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Conditions } from "../conditions.ts";
import { plantCohort } from "../testing/planted-cohort.ts";
import { ClinicalSamplers } from "./clinical-samplers.ts";
import { fitFactorCopula } from "./fit.ts";
import { FactorCopulaModel } from "./model.ts";

const { parameters } = fitFactorCopula(plantCohort({ patients: 60 }), { seed: 3 }).model;

// Few values, so that profiles come back.
const conditionsArbitrary = fc.record(
  {
    survivalTimeDays: fc.constantFrom(0, -0, 300, 300.00001, 800),
    event: fc.constantFrom(0 as const, 1 as const),
    ageYears: fc.constantFrom(12, 15),
    metastasis: fc.constantFrom(0 as const, 1 as const),
  },
  { requiredKeys: [] },
);

describe("ClinicalSamplers", () => {
  it("change no patient: with a profile's state at hand a request gives the same to the bit as without", () => {
    const kept = new FactorCopulaModel(parameters);
    const requestArbitrary = fc.record({
      conditions: conditionsArbitrary,
      seed: fc.nat(),
      firstIndex: fc.nat(50),
      count: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(requestArbitrary, { minLength: 1, maxLength: 8 }), (requests) => {
        for (const request of requests) {
          expect(kept.sample(request)).toEqual(new FactorCopulaModel(parameters).sample(request));
        }
      }),
    );
    expect(kept.profileCache.hits).toBeGreaterThan(0);
  });

  it("give another patient to every seed of a profile that is at hand", () => {
    const model = new FactorCopulaModel(parameters);
    const drawn = Array.from({ length: 20 }, (_, seed) =>
      model.sample({ conditions: { metastasis: 1 }, seed, firstIndex: 0, count: 1 }),
    );
    expect(model.profileCache).toEqual({ hits: 19, misses: 1 });
    expect(new Set(drawn.map(({ expression }) => expression.values.join())).size).toBe(20);
  });

  it("keep the 128 profiles asked for last, and tell exact profiles apart", () => {
    const samplers = new ClinicalSamplers(parameters);
    const ask = (survivalTimeDays: number, others: Conditions = {}) => samplers.of({ survivalTimeDays, ...others });
    for (let days = 1; days <= 128; days++) ask(days);
    const first = ask(1);
    expect(samplers.counts).toEqual({ hits: 1, misses: 128 });
    ask(129);
    // The second was the one longest not asked for.
    expect(ask(1)).toBe(first);
    ask(2);
    expect(samplers.counts).toEqual({ hits: 2, misses: 130 });
    const others = [
      ask(1.0000001),
      ask(1, { event: 0 }),
      ask(1, { metastasis: 0 }),
      ask(1, { ageYears: 0 }),
      ask(0),
      ask(-0),
    ];
    expect(new Set([first, ...others]).size).toBe(7);
  });
});
