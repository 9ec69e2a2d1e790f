import { describe, expect, it } from "vitest";
import { AdamW, type AdamWOptions } from "./adamw.ts";

const options: AdamWOptions = {
  beta1: 0.9,
  beta2: 0.99,
  epsilon: 1e-8,
  weightDecay: 0.05,
  clipNorm: 2,
  averageDecay: 0.9,
};
const start = [1, -2, 0.5];
const gradients = [
  [0.5, -1, 0],
  [3, 4, 0],
  [-0.2, 0.1, 1.5],
  [0.3, 0.3, -0.7],
];

const build = (shape: number[], given: Partial<AdamWOptions> = {}) =>
  new AdamW([{ name: "w", shape }], { w: Float32Array.from(start) }, { ...options, ...given });

function take(optimiser: AdamW, gradient: readonly number[], rate = 0.1): number {
  optimiser.gradients["w"]!.set(gradient);
  return optimiser.update(rate);
}

function expectClose(actual: Float32Array, expected: readonly number[]) {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-6));
}

describe("AdamW", () => {
  it("takes PyTorch's steps (golden/adamw.py), clipped at the global norm", () => {
    const optimiser = build([3, 1]);
    const golden = [
      [0.895000002, -1.890000001, 0.4975],
      [0.796219944, -1.908133973, 0.4950125],
      [0.729758709, -1.92332138, 0.428943423],
      [0.663157911, -1.942902802, 0.404039008],
    ];
    gradients.forEach((gradient, t) => {
      expect(take(optimiser, gradient)).toBeCloseTo(Math.hypot(...gradient), 6);
      expectClose(optimiser.weights["w"]!, golden[t]!);
    });
    expect(optimiser.step).toBe(4);
  });

  it("takes the norm over all parameters together", () => {
    const parameters = [
      { name: "a", shape: [2] },
      { name: "b", shape: [1] },
    ];
    const zeros = { a: new Float32Array(2), b: new Float32Array(1) };
    const optimiser = new AdamW(parameters, zeros, { ...options, clipNorm: 1 });
    optimiser.gradients["a"]!.set([2, 3]);
    optimiser.gradients["b"]!.set([6]);
    expect(optimiser.update(0.1)).toBe(7);
    // After one step the first moment is (1 − β₁) of the clipped gradient.
    expectClose(optimiser.firstMoments["a"]!, [0.2 / 7, 0.3 / 7]);
    expectClose(optimiser.firstMoments["b"]!, [0.6 / 7]);
  });

  it("lets matrices decay, and not vectors", () => {
    const matrix = build([1, 3]);
    const vector = build([3]);
    take(matrix, [0, 0, 0]);
    take(vector, [0, 0, 0]);
    expectClose(
      matrix.weights["w"]!,
      start.map((value) => value * 0.995),
    );
    expectClose(vector.weights["w"]!, start);
  });

  it("averages the weights, the first steps more quickly", () => {
    const optimiser = build([3, 1]);
    let average = start;
    gradients.forEach((gradient, t) => {
      take(optimiser, gradient);
      const decay = Math.min(0.9, (2 + t) / (11 + t));
      average = average.map((a, i) => decay * a + (1 - decay) * optimiser.weights["w"]![i]!);
      expectClose(optimiser.average["w"]!, average);
    });
  });

  it.each([Number.NaN, Infinity])("refuses a gradient with %d and changes nothing", (bad) => {
    const optimiser = build([3, 1]);
    expect(() => take(optimiser, [1, bad, 0])).toThrow(expect.objectContaining({ code: "network.diverged" }));
    expectClose(optimiser.weights["w"]!, start);
    expect(optimiser.step).toBe(0);
  });

  it("refuses first weights of another size", () => {
    expect(() => build([4, 1])).toThrow(expect.objectContaining({ code: "network.weights" }));
  });
});
