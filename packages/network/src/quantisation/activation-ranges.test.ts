import { describe, expect, it } from "vitest";
import { relu } from "../graph/elementwise.ts";
import { input, parameter } from "../graph/expression.ts";
import { applyLinear, multiplyMatrices } from "../graph/matrix.ts";
import { measureActivationRanges } from "./activation-ranges.ts";

const weights = { w: Float32Array.of(1, 0, 0, -1), b: Float32Array.of(0.5, 0) };
const w = parameter("w", [2, 2], { constant: 0 });

function buildNetwork(batch: number | string) {
  const x = input("x", [batch, 2]);
  const hidden = relu(applyLinear(x, w, parameter("b", [2], { constant: 0 })));
  return { y: multiplyMatrices(hidden, w), again: multiplyMatrices(x, w) };
}

const batches = [
  { inputs: { x: Float32Array.of(1, 2, 3, -4) }, sizes: { batch: 2 } },
  { inputs: { x: Float32Array.of(-7, 6) }, sizes: { batch: 1 } },
];

describe("measureActivationRanges", () => {
  it("takes the least and largest value of each left factor over all batches, each factor once", async () => {
    const ranges = [
      { low: -7, high: 6 },
      { low: 0, high: 4 },
    ];
    expect(await measureActivationRanges(buildNetwork("batch"), weights, batches)).toEqual(ranges);
    const fixed = batches.slice(0, 1).map(({ inputs }) => ({ inputs }));
    expect(await measureActivationRanges(buildNetwork(2), weights, fixed)).toEqual([
      { low: -4, high: 3 },
      { low: 0, high: 4 },
    ]);
  });

  it("refuses to measure nothing, and activations that are not finite", async () => {
    await expect(measureActivationRanges(buildNetwork("batch"), weights, [])).rejects.toThrow(/no calibration batches/);
    const infinite = { inputs: { x: Float32Array.of(1, Infinity) }, sizes: { batch: 1 } };
    await expect(measureActivationRanges(buildNetwork("batch"), weights, [infinite])).rejects.toMatchObject({
      code: "network.calibration",
    });
  });
});
