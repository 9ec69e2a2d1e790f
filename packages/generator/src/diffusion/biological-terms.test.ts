import { describe, expect, it } from "vitest";
import { encodeGraph, encodeTrainingStep, input, multiply, openSession, parameter, subtract } from "@osteon/network";
import { RandomStream } from "@osteon/numerics";
import { buildBiologicalLoss, type BiologicalTerms } from "./biological-terms.ts";

const [batch, dimensions] = [5, 3];
const random = new RandomStream(12, 1);
const normals = (count: number) => Float32Array.from({ length: count }, () => random.nextNormal());
const values = {
  denoised: normals(batch * dimensions),
  latents: normals(batch * dimensions),
  scale: normals(batch * dimensions).map((x) => 0.5 + Math.abs(x)),
  conditions: normals(batch * 2),
};

// Coefficients row by row: the first form is of one latent, the second of two.
const forms = { count: 2, coefficients: Float32Array.of(1, 0, 0, 2, 0, -1) };
const others = { count: 2, coefficients: Float32Array.of(0, 1, 1, 0, 0.5, 0) };
const prediction = { count: 1, coefficients: Float32Array.of(0.5, -1, 0.25) };

function build(terms: BiologicalTerms) {
  const denoised = parameter("denoised", [batch, dimensions], { constant: 0 });
  return buildBiologicalLoss(terms, {
    denoised,
    error: subtract(denoised, input("latents", [batch, dimensions])),
    errorScale: multiply(input("scale", [batch, dimensions]), 1),
    conditions: input("conditions", [batch, 2]),
  });
}

async function evaluate(terms: BiologicalTerms, denoised = values.denoised): Promise<number> {
  const session = await openSession(encodeGraph({ loss: build(terms)! }));
  const result = await session.run({ ...values, denoised });
  await session.release();
  return result["loss"]![0]!;
}

const rowsOf = (x: Float32Array, columns: number) =>
  Array.from({ length: x.length / columns }, (_, i) => [...x.subarray(i * columns, (i + 1) * columns)]);
const average = (x: readonly number[]) => x.reduce((total, value) => total + value, 0) / x.length;

const all: Required<BiologicalTerms> = {
  pathwayCoherence: { weight: 0.5, pathways: forms },
  mutationDirections: { weight: 2, mutations: forms, pathways: others, signs: Float32Array.of(1, -1) },
  survival: { weight: 3, prediction, condition: 1 },
};

describe("buildBiologicalLoss", () => {
  it("measures errors along pathways in units of independent errors", async () => {
    const terms: number[] = [];
    for (let i = 0; i < batch; i++) {
      const error = [0, 1, 2].map((j) => values.denoised[3 * i + j]! - values.latents[3 * i + j]!);
      const scale = [0, 1, 2].map((j) => values.scale[3 * i + j]!);
      terms.push(error[0]! ** 2 / scale[0]! ** 2);
      terms.push((2 * error[1]! - error[2]!) ** 2 / (4 * scale[1]! ** 2 + scale[2]! ** 2));
    }
    expect(await evaluate({ pathwayCoherence: all.pathwayCoherence })).toBeCloseTo(0.5 * average(terms), 4);
  });

  it("charges covariances of the wrong sign, and no others", async () => {
    const rows = rowsOf(values.denoised, 3);
    const covariance = (a: readonly number[], b: readonly number[]) =>
      average(a.map((value, i) => (value - average(a)) * (b[i]! - average(b))));
    const first = covariance(
      rows.map((x) => x[0]!),
      rows.map((x) => x[1]! + 0.5 * x[2]!),
    );
    const second = covariance(
      rows.map((x) => 2 * x[1]! - x[2]!),
      rows.map((x) => x[0]!),
    );
    for (const [one, two] of [
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
    ] as const) {
      const expected = 2 * average([Math.max(0, -one * first), Math.max(0, -two * second)]);
      const mutationDirections = { ...all.mutationDirections, signs: Float32Array.of(one, two) };
      expect(await evaluate({ mutationDirections })).toBeCloseTo(expected, 4);
    }
  });

  it("measures how far the prediction is from the survival latent", async () => {
    const squares = rowsOf(values.denoised, 3).map(
      ([a, b, c], i) => (0.5 * a! - b! + 0.25 * c! - values.conditions[2 * i + 1]!) ** 2,
    );
    expect(await evaluate({ survival: all.survival })).toBeCloseTo(3 * average(squares), 4);
  });

  it("is differentiable in the denoised latents", async () => {
    const session = await openSession(encodeTrainingStep(build(all)!));
    const gradient = (await session.run(values))["gradient/denoised"]!;
    await session.release();
    const direction = normals(batch * dimensions);
    const at = (h: number) =>
      evaluate(
        all,
        values.denoised.map((x, i) => x + h * direction[i]!),
      );
    const numeric = ((await at(0.01)) - (await at(-0.01))) / 0.02;
    const analytic = gradient.reduce((total, value, i) => total + value * direction[i]!, 0);
    expect(Math.abs(analytic / numeric - 1)).toBeLessThan(2e-3);
  });

  it("is nothing without weights", () => {
    expect(build({})).toBeUndefined();
    expect(build({ survival: { ...all.survival, weight: 0 } })).toBeUndefined();
  });

  it.each<[BiologicalTerms, string]>([
    [{ survival: { ...all.survival, weight: -1 } }, "biology.survival.weight"],
    [{ survival: { ...all.survival, condition: 2 } }, "biology.survival.condition"],
    [{ survival: { ...all.survival, prediction: forms } }, "biology.survival.prediction"],
    [{ pathwayCoherence: { weight: 1, pathways: { ...forms, count: 3 } } }, "biology.pathwayCoherence.pathways"],
    [
      { pathwayCoherence: { weight: 1, pathways: { count: 1, coefficients: new Float32Array(3) } } },
      "biology.pathwayCoherence.pathways",
    ],
    [
      { mutationDirections: { ...all.mutationDirections, pathways: prediction } },
      "biology.mutationDirections.pathways",
    ],
    [
      { mutationDirections: { ...all.mutationDirections, signs: Float32Array.of(1, 0) } },
      "biology.mutationDirections.signs",
    ],
  ])("refuses %o", (terms, option) => {
    expect(() => build(terms)).toThrow(
      expect.objectContaining({ code: "generator.option", parameters: expect.objectContaining({ option }) as unknown }),
    );
  });
});
