import { RandomStream } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { encodeGraph } from "../onnx/encode-graph.ts";
import { openSession } from "../session/open-session.ts";
import { compareGradients, relativeDifference, variable } from "../testing/finite-differences.ts";
import { concatenate, pad, slice } from "./arrangement.ts";
import * as elementwise from "./elementwise.ts";
import { constant, input, sortTopologically, type Expression } from "./expression.ts";
import { differentiableOperators, differentiate } from "./gradients.ts";
import { dropOut, meanSquaredError, modulate, normaliseLayer } from "./layers.ts";
import { applyLinear, multiplyMatrices } from "./matrix.ts";
import { expandLike, mean, reshape, sum } from "./reduction.ts";
import { countElements } from "./shape.ts";

const { add, divide, exp, log, multiply, negate, relu, sigmoid, silu, softplus, sqrt, square, subtract, tanh } =
  elementwise;

const a = variable("a", [3, 4]);
const b = variable("b", [3, 4]);
const row = variable("row", [4]);
const column = variable("column", [3, 1]);
const scalar = variable("scalar", []);
const tall = variable("tall", [4, 5]);
const bias = variable("bias", [5]);

// Rows of nearly equal values would bend too sharply for finite differences.
const spread = constant(Float32Array.of(-3, 0, 2, 5), [4]);
const positive = (x: Expression) => add(square(x), 0.5);

/** Name, function of the variables, variables. */
const cases: [string, Expression, Expression[]][] = [
  ["Add", add(a, b), [a, b]],
  ["Add of a row, a column, a scalar", add(add(add(a, row), column), scalar), [a, row, column, scalar]],
  ["Sub", subtract(a, b), [a, b]],
  ["Sub of a row from a column", subtract(column, row), [row, column]],
  ["Mul", multiply(a, b), [a, b]],
  ["Mul by a row and a scalar", multiply(multiply(scalar, a), row), [a, row, scalar]],
  ["Mul of a column and a row", multiply(column, row), [column, row]],
  ["Mul by itself", square(a), [a]],
  ["Div", divide(a, positive(b)), [a, b]],
  ["Div of a column by a row", divide(column, positive(row)), [column, row]],
  ["Neg", negate(a), [a]],
  ["Exp", exp(a), [a]],
  ["Log", log(positive(a)), [a]],
  ["Sqrt", sqrt(positive(a)), [a]],
  ["Sigmoid", sigmoid(a), [a]],
  ["Tanh", tanh(a), [a]],
  ["Softplus", softplus(a), [a]],
  ["Relu", relu(a), [a]],
  ["SiLU", silu(a), [a]],
  ["Gemm", multiplyMatrices(a, tall), [a, tall]],
  ["Gemm of a transposed left", multiplyMatrices(a, b, { transposeA: true }), [a, b]],
  ["Gemm of a transposed right", multiplyMatrices(a, b, { transposeB: true }), [a, b]],
  ["Gemm of both transposed", multiplyMatrices(tall, b, { transposeA: true, transposeB: true }), [tall, b]],
  ["Gemm with bias", applyLinear(a, tall, bias), [a, tall, bias]],
  ["ReduceSum of all", sum(a), [a]],
  ["ReduceSum of rows, kept", multiply(sum(a, { axes: [0], keepAxes: true }), a), [a]],
  ["ReduceSum of columns", multiply(sum(a, { axes: [-1] }), sum(b, { axes: [1] })), [a, b]],
  ["ReduceMean of all", mean(square(a)), [a]],
  ["ReduceMean of rows", multiply(mean(a, { axes: [0] }), row), [a, row]],
  ["ReduceMean of columns, kept", multiply(mean(a, { axes: [1], keepAxes: true }), b), [a, b]],
  ["Expand", multiply(expandLike(row, a), a), [row, a]],
  ["Concat of columns", square(concatenate([a, multiply(b, 2), column], 1)), [a, b, column]],
  ["Concat of rows", square(concatenate([a, b], 0)), [a, b]],
  ["Slice", square(slice(a, 1, 3)), [a]],
  ["Slice of rows", square(slice(a, 1, 2, 0)), [a]],
  ["Slices that overlap", multiply(slice(a, 0, 3), slice(a, 1, 4)), [a]],
  ["Pad", square(add(pad(a, 1, 2), 1)), [a]],
  ["Reshape", multiply(reshape(a, [2, 6]), reshape(b, [2, 6])), [a, b]],
  ["a value used three times", add(multiply(tanh(a), a), tanh(a)), [a]],
  ["layer normalisation", normaliseLayer(add(a, spread), row, slice(bias, 0, 4)), [a, row, bias]],
  ["FiLM", modulate(a, b, add(row, column)), [a, b, row, column]],
  ["dropout", dropOut(a, constant(Float32Array.of(0, 2, 2, 0), [4])), [a]],
  ["mean squared error", meanSquaredError(a, b), [a, b]],
];

function drawValues(variables: readonly Expression[], index: number) {
  const random = new RandomStream(31, 7, index);
  const away = (x: number) => (Math.abs(x) < 0.15 ? x + 0.4 : x); // from the corner of Relu
  return Object.fromEntries(
    variables.map(({ name, shape }) => [
      name!,
      Float32Array.from({ length: countElements(shape) }, () => away(2 * random.nextUniform() - 1)),
    ]),
  );
}

/** A scalar in which each element of x has a weight of its own. */
function project(x: Expression): Expression {
  const random = new RandomStream(32, 8);
  const weights = Float32Array.from({ length: countElements(x.shape) }, () => random.nextUniform() + 0.5);
  return sum(multiply(x, constant(weights, x.shape as number[])));
}

describe("differentiate", () => {
  it.each(cases)("%s agrees with finite differences", async (_, y, variables) => {
    const { analytic, numeric } = await compareGradients(project(y), variables, drawValues(variables, 1));
    expect(numeric.some((value) => Math.abs(value) > 0.01)).toBe(true);
    expect(relativeDifference(analytic, numeric)).toBeLessThan(5e-4);
  });

  it("has a case for every operator", () => {
    const used = new Set(sortTopologically(cases.map(([, y]) => y)).map(({ operator }) => operator as string));
    // Step has derivative 0 and comes with the gradient of Relu.
    expect(differentiableOperators.filter((operator) => !used.has(operator))).toEqual(["Step"]);
  });

  it("gives zeros for a parameter that the scalar does not reach, and behind a step", async () => {
    const session = await openSession(
      encodeGraph(Object.fromEntries(differentiate(sum(elementwise.step(a)), [a, row]).map((g, k) => [`g${k}`, g]))),
    );
    expect(await session.run({})).toEqual({ g0: new Float32Array(12), g1: new Float32Array(4) });
  });

  it("differentiates its own result: the second derivative of x³ is 6 x", async () => {
    const x = variable("x", []);
    const first = differentiate(multiply(square(x), x), [x])[0]!;
    const session = await openSession(encodeGraph({ second: differentiate(first, [x])[0]! }));
    expect((await session.run({ x: Float32Array.of(1.5) }))["second"]).toEqual(Float32Array.of(9));
  });

  it("refuses the gradient of a mean over a batch of unknown size", () => {
    const x = input("x", ["batch", 4]);
    expect(() => differentiate(mean(multiply(x, row)), [row])).toThrow(/dimension batch/);
  });

  it.each<[string, () => Expression | Expression[]]>([
    ["a scalar that is none", () => differentiate(a, [a])],
    ["sizes that do not broadcast", () => add(a, bias)],
    ["matrices that do not fit", () => multiplyMatrices(a, b)],
    ["a bias of another size", () => applyLinear(a, tall, row)],
    ["a vector as a matrix", () => multiplyMatrices(a, row)],
    ["an axis beyond the rank", () => sum(a, { axes: [2] })],
    ["an axis twice", () => sum(a, { axes: [0, 0] })],
    ["a slice past the end", () => slice(a, 2, 5)],
    ["an empty slice", () => slice(a, 2, 2)],
    ["negative padding", () => pad(a, -1, 0)],
    ["a concatenation of unlike sizes", () => concatenate([a, tall], 1)],
    ["a concatenation of nothing", () => concatenate([])],
    ["a reshape to another number", () => reshape(a, [5])],
    ["an expansion that shrinks", () => expandLike(a, row)],
    ["a constant of another size", () => constant(new Float32Array(3), [4])],
  ])("refuses %s", (_, build) => {
    expect(build).toThrow(expect.objectContaining({ code: "network.shape" }));
  });
});
