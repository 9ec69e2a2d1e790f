import { grad, init, numpy as np, type Array as JaxArray } from "@jax-js/jax";
import { describe, expect, it } from "vitest";
import { parameter, type Expression } from "../graph/expression.ts";
import { add } from "../graph/elementwise.ts";
import { sum } from "../graph/reduction.ts";
import { encodeGraph } from "../onnx/encode-graph.ts";
import { openSession } from "../session/open-session.ts";
import { buildFilmNetwork, drawFilmInputs, filmSizes } from "../testing/film-network.ts";
import { compareGradients, relativeDifference } from "../testing/finite-differences.ts";
import { encodeTrainingStep, gradientName, initialiseWeights, listParameters } from "./step-graph.ts";

const batch = 5;
const { loss } = buildFilmNetwork(batch);
const weights = initialiseWeights(loss, 11);
const inputs = drawFilmInputs(batch, 0);

describe("encodeTrainingStep", () => {
  it("gives the gradients of a whole network as finite differences do", async () => {
    const variables: Expression[] = listParameters(loss);
    const { analytic, numeric } = await compareGradients(loss, variables, { ...weights, ...inputs });
    expect(analytic.length).toBe(190);
    expect(relativeDifference(analytic, numeric)).toBeLessThan(1e-3);
  });

  it("gives the loss's gradients as an independent autodiff does", async () => {
    await init();
    const session = await openSession(encodeTrainingStep(loss));
    const ours = await session.run({ ...weights, ...inputs });
    const shapes = new Map(listParameters(loss).map(({ name, shape }) => [name!, shape as number[]]));
    const toJax = (values: Float32Array, shape: number[]) =>
      np.array(values as Float32Array<ArrayBuffer>).reshape(shape);
    const parameters = Object.fromEntries([...shapes].map(([name, shape]) => [name, toJax(weights[name]!, shape)]));
    const theirs = grad(jaxLoss)(parameters) as Record<string, JaxArray>;
    for (const name of shapes.keys()) {
      const expected = [...(await theirs[name]!.data())] as number[];
      expect(relativeDifference([...ours[gradientName(name)]!], expected), name).toBeLessThan(1e-5);
    }
    await session.release();

    /** The network of buildFilmNetwork, written again; `.ref` is how jax-js marks a value used once more. */
    function jaxLoss(p: Record<string, JaxArray>): JaxArray {
      const { features, condition, hidden } = filmSizes;
      const dense = (name: string, x: JaxArray) => np.matmul(x, p[`${name}/weights`]!).add(p[`${name}/bias`]!);
      const given = toJax(inputs.condition, [batch, condition]);
      const h = dense("first", toJax(inputs.x, [batch, features]));
      const centred = h.ref.sub(np.mean(h, -1, { keepdims: true }));
      const variance = np.mean(centred.ref.mul(centred.ref), -1, { keepdims: true });
      const normal = centred
        .div(np.sqrt(variance.add(1e-5)))
        .mul(p["norm/gain"]!)
        .add(p["norm/shift"]!);
      const one = np.ones([batch, hidden]);
      const m = normal.mul(one.add(dense("scale", given.ref))).add(dense("shift", given));
      const active = m.ref.div(np.exp(m.mul(-1)).add(1));
      const difference = dense("last", active).sub(toJax(inputs.target, [batch, features]));
      return np.mean(difference.ref.mul(difference));
    }
  });
});

describe("initialiseWeights", () => {
  it("draws every parameter by seed and name, within its bound", () => {
    expect(initialiseWeights(loss, 11)).toEqual(weights);
    expect(initialiseWeights(loss, 12)["first/weights"]).not.toEqual(weights["first/weights"]);
    const bound = 1 / Math.sqrt(filmSizes.features);
    const drawn = weights["first/weights"]!;
    expect(Math.max(...drawn.map(Math.abs))).toBeLessThanOrEqual(Math.fround(bound));
    expect(Math.max(...drawn)).toBeGreaterThan(0.7 * bound);
    expect(Math.min(...drawn)).toBeLessThan(-0.7 * bound);
    expect(weights["norm/gain"]).toEqual(new Float32Array(8).fill(1));
    expect(weights["norm/shift"]).toEqual(new Float32Array(8));
  });

  it("refuses two parameters of one name", () => {
    const twice = sum(add(parameter("w", [2], { constant: 0 }), parameter("w", [2], { constant: 1 })));
    expect(() => initialiseWeights(twice, 1)).toThrow(expect.objectContaining({ code: "network.duplicate-name" }));
    expect(() => encodeGraph({ twice })).toThrow(expect.objectContaining({ code: "network.duplicate-name" }));
  });
});
