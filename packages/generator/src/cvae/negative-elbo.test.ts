import { encodeLoss, initialiseWeights, openSession, type Arrays } from "@osteon/network";
import { RandomStream } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { buildNegativeElbo } from "./negative-elbo.ts";
import { varianceFloor, type CvaeShape } from "./network.ts";

const shape: CvaeShape = { dimensions: 3, conditionCount: 2, codes: 2, hidden: [4] };
const batch = 2;
const random = new RandomStream(4, 4);
const draw = (length: number) => Float32Array.from({ length }, () => random.nextNormal());

/** The network once more in plain numbers, for one hidden layer. */
function computeByHand(weights: Arrays, { latents, conditions, noise }: Arrays, klWeight: number, freeBits: number) {
  const { dimensions, conditionCount, codes } = shape;
  const dense = (name: string, x: readonly number[]) =>
    Array.from(weights[`${name}/bias`]!, (bias, j) =>
      x.reduce(
        (sum, value, i) => sum + value * weights[`${name}/weights`]![i * weights[`${name}/bias`]!.length + j]!,
        bias,
      ),
    );
  const hidden = (name: string, x: readonly number[]) => {
    const y = dense(name, x);
    const mean = y.reduce((a, b) => a + b) / y.length;
    const deviation = Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length + 1e-5);
    return y.map((value, k) => {
      const z = ((value - mean) / deviation) * weights[`${name}/norm/gain`]![k]! + weights[`${name}/norm/shift`]![k]!;
      return z / (1 + Math.exp(-z));
    });
  };
  const variance = Array.from(
    weights["decoder/log-variance"]!,
    (free) => varianceFloor + (1 - varianceFloor) * Math.exp(free),
  );
  const divergences = Array.from({ length: codes }, () => 0);
  let density = 0;
  for (let i = 0; i < batch; i++) {
    const e = [...latents!.subarray(i * dimensions, (i + 1) * dimensions)];
    const c = [...conditions!.subarray(i * conditionCount, (i + 1) * conditionCount)];
    const inner = hidden("encoder/hidden-0", [...e, ...c]);
    const skipped = dense("encoder/linear", [...e, ...c]);
    const mean = dense("encoder/mean", inner).map((value, k) => value + skipped[k]!);
    const logVariance = dense("encoder/log-variance", inner);
    const code = mean.map((value, k) => value + Math.exp(logVariance[k]! / 2) * noise![i * codes + k]!);
    mean.forEach((value, k) => {
      divergences[k]! += (value ** 2 + Math.exp(logVariance[k]!) - logVariance[k]! - 1) / 2 / batch;
    });
    const linear = dense("decoder/linear", [...code, ...c]);
    dense("decoder/mean", hidden("decoder/hidden-0", [...code, ...c])).forEach((value, k) => {
      const difference = e[k]! - value - linear[k]!;
      const twice = Math.log(2 * Math.PI) + Math.log(variance[k]!) + difference ** 2 / variance[k]!;
      density += twice / 2 / batch;
    });
  }
  const divergence = divergences.reduce((sum, value) => sum + Math.max(0, value - freeBits), 0);
  return (density + klWeight * divergence) / dimensions;
}

async function compute(weights: Arrays, inputs: Arrays, klWeight: number, freeBits: number): Promise<number> {
  const session = await openSession(encodeLoss(buildNegativeElbo(shape, { batch, klWeight, freeBits })));
  const { loss } = await session.run({ ...weights, ...inputs });
  await session.release();
  return loss![0]!;
}

describe("buildNegativeElbo", () => {
  const initial = initialiseWeights(buildNegativeElbo(shape, { batch, klWeight: 1, freeBits: 0 }), 1);
  const inputs = { latents: draw(batch * 3), conditions: draw(batch * 2), noise: draw(batch * 2) };

  it.each([
    { klWeight: 1, freeBits: 0 },
    { klWeight: 0.3, freeBits: 0 },
    { klWeight: 1, freeBits: 0.4 },
  ])("is the formula of the paper at weights of all kinds: $klWeight, $freeBits", async ({ klWeight, freeBits }) => {
    const weights = Object.fromEntries(Object.entries(initial).map(([name, { length }]) => [name, draw(length)]));
    const expected = computeByHand(weights, inputs, klWeight, freeBits);
    expect(await compute(weights, inputs, klWeight, freeBits)).toBeCloseTo(expected, 3);
  });

  it("is the entropy of the standard normal at its points of square 1 when nothing is encoded", async () => {
    const zeros = Object.fromEntries(
      Object.entries(initial).map(([name, { length }]) => [name, new Float32Array(length)]),
    );
    const ones = { ...inputs, latents: Float32Array.of(1, -1, 1, -1, 1, 1) };
    expect(await compute(zeros, ones, 1, 0)).toBeCloseTo((Math.log(2 * Math.PI) + 1) / 2, 6);
  });

  it("is finite at weights at which the free variance vanishes", async () => {
    const tiny = { ...initial, "decoder/log-variance": new Float32Array(3).fill(-200) };
    const loss = await compute(tiny, inputs, 1, 0);
    expect(loss).toBeLessThan(1e4);
    expect(loss).toBeGreaterThan(Math.log(varianceFloor) / 2);
  });
});
