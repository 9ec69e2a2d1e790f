import { describe, expect, it } from "vitest";
import { add, relu, silu } from "../graph/elementwise.ts";
import { constant, input, parameter, type Expression } from "../graph/expression.ts";
import { dense } from "../graph/layers.ts";
import { applyLinear, multiplyMatrices } from "../graph/matrix.ts";
import { encodeGraph, type EncodedGraph, type Weights } from "../onnx/encode-graph.ts";
import { modelMessage, nodeMessage } from "../onnx/messages.ts";
import { joinFragments, textField, toBytes } from "../onnx/protobuf.ts";
import { openSession } from "../session/open-session.ts";
import type { Arrays } from "../session/session.ts";
import { buildFilmNetwork, drawFilmInputs, filmSizes } from "../testing/film-network.ts";
import { runElsewhere } from "../testing/run-elsewhere.ts";
import { initialiseWeights } from "../training/step-graph.ts";
import { measureActivationRanges } from "./activation-ranges.ts";
import { quantiseGraph } from "./quantise-graph.ts";

const { prediction } = buildFilmNetwork("batch");
const weights = initialiseWeights(prediction, 3);
const batch = 64;

function drawInputs(index: number, rows = batch) {
  const { x, condition } = drawFilmInputs(rows, index);
  return { x, condition };
}

const ranges = await measureActivationRanges(
  { prediction },
  weights,
  [1, 2, 3, 4].map((index) => ({ inputs: drawInputs(index), sizes: { batch } })),
);
const quantised = quantiseGraph({ prediction }, weights, ranges);

/** The only output of a graph. */
async function evaluate(graph: EncodedGraph, inputs: Arrays, rows: number): Promise<Float32Array> {
  const session = await openSession(graph);
  const outputs = await session.run(inputs, { batch: rows });
  await session.release();
  return Object.values(outputs)[0]!;
}

const rootMeanSquare = (values: Float32Array) => Math.hypot(...values) / Math.sqrt(values.length);
const differences = (a: Float32Array, b: Float32Array) => a.map((value, i) => value - b[i]!);

describe("quantiseGraph", () => {
  // Steps of 0.02 around 100; channels in steps of 0.01 and 0.02.
  const x = input("x", ["batch", 2]);
  const product = applyLinear(x, parameter("w", [2, 2], { constant: 0 }), parameter("b", [2], { constant: 0 }));
  const small: Weights = { w: Float32Array.of(0.64, 1.28, -0.32, 0.307), b: Float32Array.of(0.10007, -0.05) };

  it.each(["here", "elsewhere"])("gives the products of a calculation by hand, %s", async (place) => {
    const graph = quantiseGraph({ y: product }, small, [{ low: -2, high: 3.1 }]);
    // Row 1: 25 · 64 + 50 · 32 + 500 in steps of 0.0002; 25 · 64 − 50 · 15 − 125 in steps of 0.0004.
    // Row 2, the first value cut off at 155 steps: 155 · 64 + 500; 155 · 64 − 125.
    const values = Float32Array.of(0.5, -1.009, 9, 0);
    const y =
      place === "here"
        ? await evaluate(graph, { x: values }, 2)
        : (await runElsewhere(graph.bytes, { x: [values, [2, 2]] }))["y"]!.data;
    [0.74, 0.29, 2.084, 3.918].forEach((expected, i) => expect(y[i]).toBeCloseTo(expected, 6));
  });

  it("adds the largest products without saturation", async () => {
    const long = multiplyMatrices(input("x", ["batch", 32]), parameter("w", [32, 2], { constant: 0 }));
    const w = Float32Array.from({ length: 64 }, (_, i) => (i % 2 ? -64 : 64));
    const graph = quantiseGraph({ y: long }, { w }, [{ low: 0, high: 255 }]);
    const values = new Float32Array(32).fill(255);
    const expected = Float32Array.of(32 * 255 * 64, -32 * 255 * 64);
    expect(await evaluate(graph, { x: values }, 1)).toEqual(expected);
    expect((await runElsewhere(graph.bytes, { x: [values, [1, 32]] }))["y"]!.data).toEqual(expected);
  });

  it("stays near the float network, also where a channel is all zero but for its bias", async () => {
    const inputs = drawInputs(9);
    const zeroed = { ...weights, "last/weights": weights["last/weights"]!.map((w, i) => (i % 6 === 2 ? 0 : w)) };
    const float = await evaluate(encodeGraph({ prediction }, zeroed), inputs, batch);
    const int8 = await evaluate(quantiseGraph({ prediction }, zeroed, ranges), inputs, batch);
    const error = rootMeanSquare(differences(int8, float)) / rootMeanSquare(float);
    expect(error).toBeLessThan(0.03);
    expect(error).toBeGreaterThan(1e-3);
    for (let i = 2; i < int8.length; i += 6) expect(int8[i]).toBeCloseTo(weights["last/bias"]![2]!, 6);
  });

  it("is read by another runtime with equal output, within one step of 255", async () => {
    const { x, condition } = drawInputs(10);
    const ours = await evaluate(quantised, { x, condition }, batch);
    const theirs = await runElsewhere(quantised.bytes, {
      x: [x, [batch, filmSizes.features]],
      condition: [condition, [batch, filmSizes.condition]],
    });
    const step = (Math.max(...ours) - Math.min(...ours)) / 255;
    expect(Math.max(...differences(ours, theirs["prediction"]!.data).map(Math.abs))).toBeLessThanOrEqual(step);
  });

  it("keeps products in float where asked, and writes the float graph where all are", async () => {
    const names = Object.keys(weights).filter((name) => name.endsWith("/weights") && !name.startsWith("norm"));
    const none = quantiseGraph({ prediction }, weights, ranges, { keepFloat: names });
    expect(none.bytes).toEqual(encodeGraph({ prediction }, weights).bytes);
    const inputs = drawInputs(11);
    const float = await evaluate(none, inputs, batch);
    const errorWith = async (keepFloat: string[]) =>
      rootMeanSquare(
        differences(
          float,
          await evaluate(quantiseGraph({ prediction }, weights, ranges, { keepFloat }), inputs, batch),
        ),
      );
    expect(await errorWith(names.slice(1))).toBeLessThan(await errorWith([]));
  });

  it("writes shared weights once, in int8 only, with ranges for each use", async () => {
    const width = 64;
    const w = parameter("w", [width, width], { uniformBound: 0.2 });
    const b = parameter("b", [width], { uniformBound: 0.2 });
    const steps = [1, 2, 3].reduce<Expression[]>(
      (xs) => [...xs, silu(applyLinear(xs.at(-1)!, w, b))],
      [input("x", ["batch", width])],
    );
    const outputs = { y: steps.at(-1)! };
    const values = Float32Array.from({ length: 4 * width }, (_, i) => 3 * Math.sin(i));
    const drawn = initialiseWeights(outputs.y, 1);
    const found = await measureActivationRanges(outputs, drawn, [{ inputs: { x: values }, sizes: { batch: 4 } }]);
    expect(found).toHaveLength(3);
    const graph = quantiseGraph(outputs, drawn, found);
    expect(graph.bytes.length).toBeLessThan(2 * width * width);
    const float = await evaluate(encodeGraph(outputs, drawn), { x: values }, 4);
    const error = rootMeanSquare(differences(await evaluate(graph, { x: values }, 4), float));
    expect(error / rootMeanSquare(float)).toBeLessThan(0.05);
  });

  it("leaves products in float whose factors are not parameters, or that are transposed", async () => {
    const w = parameter("w", [2, 2], { constant: 0 });
    const outputs = {
      y: add(multiplyMatrices(x, w, { transposeB: true }), multiplyMatrices(x, constant(new Float32Array(4), [2, 2]))),
    };
    expect(quantiseGraph(outputs, small, []).bytes).toEqual(encodeGraph(outputs, small).bytes);
  });

  it("refuses ranges of another graph or that are none, unknown names, and weights that are missing", () => {
    const range = { low: -1, high: 1 };
    expect(() => quantiseGraph({ y: product }, small, [range, range])).toThrow(/2 activation ranges .* 1 activations/);
    expect(() => quantiseGraph({ y: product }, small, [{ low: NaN, high: 1 }])).toThrow(/range 0 is not/);
    expect(() => quantiseGraph({ y: product }, small, [{ low: 1, high: -1 }])).toThrow(/range 0 is not/);
    expect(() => quantiseGraph({ y: product }, small, [range], { keepFloat: ["v"] })).toThrow(/no product.* v/);
    expect(() => quantiseGraph({ y: product }, { w: small["w"]! }, [range])).toThrow(
      expect.objectContaining({ code: "network.weights" }),
    );
  });
});

describe("a row of a batch", () => {
  it("has the same int8 result to the bit, whatever the other rows are", async () => {
    const [one, other] = [drawInputs(20), drawInputs(21)];
    // The others far outside of what was calibrated.
    const mixed = Object.fromEntries(
      Object.entries(other).map(([name, values]) => {
        const width = values.length / batch;
        return [name, values.map((value, i) => (i < width ? one[name as "x"][i]! : 100 * value))];
      }),
    );
    const [ours, among] = [await evaluate(quantised, one, batch), await evaluate(quantised, mixed, batch)];
    expect(among.subarray(0, filmSizes.features)).toEqual(ours.subarray(0, filmSizes.features));
    expect(among.subarray(filmSizes.features)).not.toEqual(ours.subarray(filmSizes.features));
  });

  it("has the same result to the bit in batches of 1 and 16, the sums being of integers", async () => {
    const y = dense("second", relu(dense("first", input("x", ["batch", 24]), 40)), 24);
    const drawn = initialiseWeights(y, 2);
    const graph = quantiseGraph({ y }, drawn, [
      { low: -1, high: 1 },
      { low: 0, high: 2 },
    ]);
    const values = Float32Array.from({ length: 16 * 24 }, (_, i) => Math.sin(i * i));
    const together = await evaluate(graph, { x: values }, 16);
    const alone = await evaluate(graph, { x: values.slice(5 * 24, 6 * 24) }, 1);
    expect(alone).toEqual(together.slice(5 * 24, 6 * 24));
  });

  it("depends on the others where ranges are dynamic, which is why they are not", async () => {
    const dynamic = encodeDynamicProduct();
    const resultAmong = async (other: number) =>
      (await evaluate(dynamic, { x: Float32Array.of(0.5, -1.009, other, 0) }, 2)).slice(0, 2);
    expect(await resultAmong(1)).not.toEqual(await resultAmong(100));
  });
});

/** x W by DynamicQuantizeLinear: the range over the whole batch. */
function encodeDynamicProduct(): EncodedGraph {
  const [inputs, outputs] = ["x", "y"].map((name) => [{ name, shape: ["batch", 2] }] as const);
  // Its three outputs: the bytes, the scale, the zero point.
  const quantise = nodeMessage("DynamicQuantizeLinear", ["x"], "x/int8");
  const nodes = [
    joinFragments([quantise, textField(2, "x/scale"), textField(2, "x/zero-point")]),
    nodeMessage("MatMulInteger", ["x/int8", "w", "x/zero-point"], "sums"),
    nodeMessage("Cast", ["sums"], "float-sums", { to: 1 }),
    nodeMessage("Mul", ["float-sums", "x/scale"], "y"),
  ];
  const initializers = [{ name: "w", shape: [2, 2], data: Int8Array.of(64, 64, -32, 15) }];
  const model = modelMessage({ name: "dynamic", nodes, initializers, inputs: inputs!, outputs: outputs! });
  return { bytes: toBytes(model), inputs: inputs!, parameters: [], outputs: outputs! };
}
