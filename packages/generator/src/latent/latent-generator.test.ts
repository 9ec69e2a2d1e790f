import { add, constant, exp, input, multiply, multiplyMatrices } from "@osteon/network";
import { RandomStream } from "@osteon/numerics";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { BatchRunner, samplerBatch } from "./batch-runner.ts";
import { LatentGenerator, type LatentRequest } from "./latent-generator.ts";
import type { LatentSampler } from "./latent-network.ts";

// No multiple of a vector's length, so that whatever works in blocks has a rest.
const dimensions = 37;
const conditionCount = 3;
const random = new RandomStream(4, 1);
const matrix = (rows: number, columns: number) =>
  constant(
    Float32Array.from({ length: rows * columns }, () => 0.3 * random.nextNormal()),
    [rows, columns],
  );

/** A sampler with products and exponentials; `rows` is added to what each row draws. */
function createSampler(rows?: Float32Array): LatentSampler {
  const noise = input("noise", [samplerBatch, dimensions]);
  const conditions = input("conditions", [samplerBatch, conditionCount]);
  const hidden = add(
    multiplyMatrices(noise, matrix(dimensions, 53)),
    multiplyMatrices(conditions, matrix(conditionCount, 53)),
  );
  const latents = multiplyMatrices(exp(multiply(hidden, -0.5)), matrix(53, dimensions));
  return {
    noiseCount: dimensions,
    latents: rows ? add(latents, constant(rows, [samplerBatch, 1])) : latents,
    weights: {},
  };
}

const requestArbitrary = fc.record({
  seed: fc.nat(),
  firstIndex: fc.nat(100),
  count: fc.integer({ min: 1, max: 40 }),
  shift: fc.double({ min: -2, max: 2, noNaN: true }),
});

function requestOf({ shift, ...rest }: { shift: number } & Omit<LatentRequest, "conditions">): LatentRequest {
  return { ...rest, conditions: new Float32Array(rest.count * conditionCount).fill(shift) };
}

describe.each([
  ["rows that are all alike", createSampler()],
  // A runtime of this kind would draw another patient in another row.
  ["rows that differ", createSampler(Float32Array.from({ length: samplerBatch }, (_, row) => row))],
])("LatentGenerator over %s", (_, sampler) => {
  let generator: LatentGenerator;
  beforeAll(async () => {
    generator = await LatentGenerator.open(sampler);
  });
  afterAll(() => generator.release());

  it("gives requests that run at once what each of them gets alone, to the bit", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(requestArbitrary, { minLength: 2, maxLength: 20 }), async (given) => {
        const requests = given.map(requestOf);
        const alone: Float32Array[] = [];
        for (const request of requests) alone.push(await generator.draw(request));
        expect(await Promise.all(requests.map((request) => generator.draw(request)))).toEqual(alone);
      }),
      { numRuns: 30 },
    );
  });

  it("does not let a large request hold up a small one", async () => {
    const order: string[] = [];
    const ask = (name: string, count: number) =>
      generator.draw(requestOf({ seed: 1, firstIndex: 0, count, shift: 0 })).then(() => order.push(name));
    await Promise.all([ask("large", 400), ask("small", 1)]);
    expect(order).toEqual(["small", "large"]);
  });

  it("answers nothing where nothing is asked", async () => {
    expect(await generator.draw(requestOf({ seed: 1, firstIndex: 0, count: 0, shift: 0 }))).toHaveLength(0);
  });
});

describe("LatentGenerator that shares runs", () => {
  let generator: LatentGenerator;
  beforeEach(async () => {
    generator = await LatentGenerator.open(createSampler());
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await generator.release();
  });
  const ask = (seed: number) => generator.draw(requestOf({ seed, firstIndex: 0, count: 1, shift: 0 }));
  const askFor = (requests: number) => Promise.all(Array.from({ length: requests }, (_, seed) => ask(seed)));

  it("draws sixteen patients of sixteen requests in one run, once it knows that it may", async () => {
    const run = vi.spyOn(BatchRunner.prototype, "run");
    await askFor(2);
    expect(run).toHaveBeenCalledTimes(samplerBatch + 1);
    await askFor(samplerBatch);
    expect(run).toHaveBeenCalledTimes(samplerBatch + 2);
    await askFor(samplerBatch + 1);
    expect(run).toHaveBeenCalledTimes(samplerBatch + 4);
  });

  it("fails every request of a run that fails, and draws the next", async () => {
    const whole = await ask(1);
    const run = vi.spyOn(BatchRunner.prototype, "run").mockRejectedValue(new Error("no memory"));
    const failed = await Promise.allSettled([ask(1), ask(2), ask(3)]);
    expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    run.mockRestore();
    expect(await ask(1)).toEqual(whole);
  });

  it("draws what was asked for before it frees the network", async () => {
    const [alone] = await askFor(1);
    const last = ask(0);
    await generator.release();
    expect(await last).toEqual(alone);
    generator = await LatentGenerator.open(createSampler());
  });
});
