import { describe, expect, it } from "vitest";
import { input } from "../graph/expression.ts";
import { concatenate, pad, slice } from "../graph/arrangement.ts";
import { differentiate } from "../graph/gradients.ts";
import { expandLike, mean, reshape, sum } from "../graph/reduction.ts";
import { relu, softplus, square } from "../graph/elementwise.ts";
import { openSession } from "../session/open-session.ts";
import { buildFilmNetwork, drawFilmInputs, filmSizes } from "../testing/film-network.ts";
import { runElsewhere } from "../testing/run-elsewhere.ts";
import { initialiseWeights } from "../training/step-graph.ts";
import { encodeGraph } from "./encode-graph.ts";

const network = buildFilmNetwork("batch");
const weights = initialiseWeights(network.loss, 3);

describe("encodeGraph", () => {
  it.each([1, 7])("writes a file that another runtime reads, with equal output at batch %d", async (batch) => {
    const graph = encodeGraph({ prediction: network.prediction }, weights);
    const { x, condition } = drawFilmInputs(batch, 1);
    const session = await openSession(graph);
    const ours = (await session.run({ x, condition }, { batch }))["prediction"]!;
    const theirs = (
      await runElsewhere(graph.bytes, {
        x: [x, [batch, filmSizes.features]],
        condition: [condition, [batch, filmSizes.condition]],
      })
    )["prediction"]!;
    expect(theirs.dims).toEqual([batch, filmSizes.features]);
    expect(Math.max(...ours.map(Math.abs))).toBeGreaterThan(0.1);
    ours.forEach((value, i) => expect(Math.abs(value - theirs.data[i]!)).toBeLessThan(1e-5));
  });

  it("writes operators of arrangement that another runtime reads, with a batch of unknown size", async () => {
    const x = input("x", ["batch", 3]);
    const outputs = {
      joined: concatenate([slice(x, 1, 3), pad(x, 1, 0), relu(x)]),
      spread: expandLike(mean(x, { axes: [1], keepAxes: true }), x),
      flat: reshape(softplus(x), ["batch", 3, 1]),
      total: sum(x),
      gradient: differentiate(sum(square(relu(x))), [x])[0]!,
    };
    const graph = encodeGraph(outputs, {});
    const values = Float32Array.of(-1, 2, 3, 4, 5, -6);
    const theirs = await runElsewhere(graph.bytes, { x: [values, [2, 3]] });
    expect(theirs["joined"]!.data).toEqual(Float32Array.of(2, 3, 0, -1, 2, 3, 0, 2, 3, 5, -6, 0, 4, 5, -6, 4, 5, 0));
    expect(theirs["spread"]!.dims).toEqual([2, 3]);
    expect(theirs["flat"]!.dims).toEqual([2, 3, 1]);
    expect(theirs["total"]).toEqual({ data: Float32Array.of(7), dims: [] });
    expect(theirs["gradient"]!.data).toEqual(Float32Array.of(0, 4, 6, 8, 10, 0));
    const ours = await (await openSession(graph)).run({ x: values }, { batch: 2 });
    for (const [name, values] of Object.entries(ours)) {
      values.forEach((value, i) => expect(value).toBeCloseTo(theirs[name]!.data[i]!, 5));
    }
  });

  it("gives the same bytes for the same graph", () => {
    const again = encodeGraph({ prediction: buildFilmNetwork("batch").prediction }, initialiseWeights(network.loss, 3));
    expect(again.bytes).toEqual(encodeGraph({ prediction: network.prediction }, weights).bytes);
  });

  it("refuses weights that are missing or of another size, and names used twice", () => {
    const { ["last/bias"]: _, ...fewer } = weights;
    const outputs = { prediction: network.prediction };
    expect(() => encodeGraph(outputs, fewer)).toThrow(/last\/bias.*0 of 6/);
    expect(() => encodeGraph(outputs, { ...fewer, "last/bias": new Float32Array(5) })).toThrow(/last\/bias.*5 of 6/);
    expect(() => encodeGraph({ x: network.prediction }, weights)).toThrow(
      expect.objectContaining({ code: "network.duplicate-name" }),
    );
  });
});
