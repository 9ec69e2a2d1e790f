import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseWeightScales, quantiseActivation, quantiseBias, quantiseWeights, weightLimit } from "./quantise.ts";

const weight = fc.float({ noNaN: true, min: -1e4, max: 1e4 });

describe("quantiseActivation", () => {
  it.each([
    [{ low: -1, high: 1.55 }, 0.01, 100],
    [{ low: 5, high: 510 }, 2, 0],
    [{ low: -25.5, high: -3 }, 0.1, 255],
    [{ low: 0, high: 0 }, 2 ** -60, 0],
  ])("covers %o and zero in 255 steps", (range, scale, zeroPoint) => {
    expect(quantiseActivation(range)).toEqual({ scale: Math.fround(scale), zeroPoint });
  });
});

describe("quantised weights", () => {
  it("have a scale for each channel, symmetric, with the largest at ±64", () => {
    const weights = Float32Array.of(0.64, 128, -0.32, 30.7);
    const scales = chooseWeightScales(weights, 2);
    expect([...scales]).toEqual([0.01, 2].map(Math.fround));
    expect([...quantiseWeights(weights, scales)]).toEqual([64, 64, -32, 15]);
    expect(quantiseBias(Float32Array.of(0.1, -3), scales)).toEqual(Int32Array.of(10, -1));
  });

  it("are within half a step of the weights, and cannot overflow the 16-bit sums of processors without VNNI", () => {
    const arrays = fc.array(fc.tuple(weight, weight), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(arrays, (rows) => {
        const weights = Float32Array.from(rows.flat());
        const scales = chooseWeightScales(weights, 2);
        const bytes = quantiseWeights(weights, scales);
        bytes.forEach((value, i) => {
          expect(Math.abs(value)).toBeLessThanOrEqual(weightLimit);
          expect(Math.abs(value * scales[i % 2]! - weights[i]!)).toBeLessThanOrEqual(scales[i % 2]! * 0.5001);
        });
      }),
    );
    expect(2 * 255 * weightLimit).toBeLessThan(2 ** 15);
  });

  it("leave a bias in float that would not fit in 32 bits beside the products", () => {
    const scales = chooseWeightScales(Float32Array.of(0, 1e-12), 2);
    expect(quantiseBias(Float32Array.of(0, 1e-8), scales)).toBeDefined();
    expect(quantiseBias(Float32Array.of(1e-8, 0), scales)).toBeUndefined();
    expect(quantiseBias(Float32Array.of(0, -1), scales)).toBeUndefined();
  });
});
