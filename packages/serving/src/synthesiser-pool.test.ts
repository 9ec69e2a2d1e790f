import { simulateDemonstrationCohort } from "@osteon/cohort";
import {
  fitFactorCopula,
  fitModel,
  loadSavedSynthesiser,
  strictestConditionFloor,
  type SavedSynthesiser,
} from "@osteon/generator";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ServedSynthesiser } from "./served-synthesiser.ts";
import { openSynthesiserPool } from "./synthesiser-pool.ts";

const { cohort } = simulateDemonstrationCohort({ patients: 60, genes: 60, seed: 3 });

async function savedOf(family: "factor-copula" | "cvae"): Promise<SavedSynthesiser> {
  const model =
    family === "factor-copula"
      ? fitFactorCopula(cohort, { seed: 1 }).model
      : (await fitModel(family, cohort, { seed: 1, training: { epochs: 2 } })).model;
  return {
    model: model.save(),
    geneSets: [{ name: "SET", description: "", genes: cohort.expression.genes.slice(0, 12) }],
    minimumSetGenes: 5,
    modelVersion: `version-of-${family}`,
    trainedOnSimulatedPatients: true,
    conditionFloor: null,
  };
}

const requestArbitrary = fc.record({
  conditions: fc.record(
    {
      survivalTimeDays: fc.constantFrom(200, 900),
      event: fc.constantFrom(0 as const, 1 as const),
      ageYears: fc.constant(14),
    },
    { requiredKeys: [] },
  ),
  seed: fc.nat(),
  firstIndex: fc.nat(40),
  count: fc.integer({ min: 0, max: 20 }),
});

describe.each(["factor-copula", "cvae"] as const)("a pool that samples from a model of the family %s", (family) => {
  let saved: SavedSynthesiser;
  const pools: ServedSynthesiser[] = [];
  beforeAll(async () => {
    saved = await savedOf(family);
    for (const threads of [0, 1, 2]) pools.push(await openSynthesiserPool(saved, { threads, patientsDrawnHere: 1 }));
  });
  afterAll(() => Promise.all(pools.map((pool) => pool.retire())));

  it("gives the same patients to the bit with no, one or two threads, whatever else is under way", async () => {
    const alone = await loadSavedSynthesiser(saved);
    await fc.assert(
      fc.asyncProperty(fc.array(requestArbitrary, { minLength: 1, maxLength: 6 }), async (requests) => {
        const expected = [];
        for (const request of requests) expected.push(await alone.generate(request));
        for (const pool of pools) {
          expect(await Promise.all(requests.map((request) => pool.generate(request)))).toEqual(expected);
        }
      }),
      { numRuns: 15 },
    );
  });

  it("is known by its model, and counts the profiles that were at hand in all its threads", async () => {
    const pool = pools[2]!;
    expect(pool).toMatchObject({ modelVersion: `version-of-${family}`, trainedOnSimulatedPatients: true });
    const before = pool.profileCache!();
    const ask = (seed: number, count: number) =>
      pool.generate({ conditions: { ageYears: 3.25 }, seed, firstIndex: 0, count });
    await Promise.all([ask(1, 4), ask(2, 4), ask(3, 4), ask(4, 1)]);
    const { hits, misses } = pool.profileCache!();
    expect(hits + misses - before.hits - before.misses).toBe(4);
    expect(misses - before.misses).toBeGreaterThanOrEqual(1);
  });

  it("refuses a rare profile before anything is handed over", async () => {
    const guarded = await openSynthesiserPool({ ...saved, conditionFloor: strictestConditionFloor() }, { threads: 1 });
    const request = { conditions: { ageYears: 3 }, seed: 1, firstIndex: 0, count: 5 };
    await expect(guarded.generate(request)).rejects.toMatchObject({ code: "generator.rare-profile" });
    await guarded.retire();
  });
});

describe("a pool that is retired", () => {
  it("answers those who hold it, and then no more", async () => {
    const pool = await openSynthesiserPool(await savedOf("factor-copula"), { threads: 1, patientsDrawnHere: 0 });
    const ask = () => pool.generate({ conditions: {}, seed: 1, firstIndex: 0, count: 1 });
    const releases = [pool.hold(), pool.hold()];
    let isRetired = false;
    const retired = pool.retire().then(() => (isRetired = true));
    const first = await ask();
    releases[0]!();
    releases[0]!();
    expect(await ask()).toEqual(first);
    expect(isRetired).toBe(false);
    releases[1]!();
    await retired;
    await expect(ask()).rejects.toMatchObject({ code: "service.worker-lost" });
  });

  it("does not open with a model that does not load", async () => {
    const saved = await savedOf("factor-copula");
    const { expression_weights: _, ...tensors } = saved.model.tensors;
    for (const threads of [0, 1]) {
      const opening = openSynthesiserPool({ ...saved, model: { ...saved.model, tensors } }, { threads });
      await expect(opening).rejects.toMatchObject({ code: "generator.malformed-model" });
    }
  });
});
