import { describe, expect, it } from "vitest";
import { encodeGraph } from "../onnx/encode-graph.ts";
import { openSession } from "../session/open-session.ts";
import { add, multiply, square } from "./elementwise.ts";
import { input } from "./expression.ts";
import { substituteInput } from "./substitute.ts";

const x = input("x", [2]);
const y = input("y", [2]);
const both = add(square(x), multiply(y, 3));

describe("substituteInput", () => {
  it("computes with the replacement wherever the input stood", async () => {
    const replaced = substituteInput(add(both, x), "x", multiply(input("z", [2]), 2));
    const session = await openSession(encodeGraph({ out: replaced }));
    const { out } = await session.run({ z: Float32Array.of(1, 2), y: Float32Array.of(1, 1) });
    await session.release();
    expect(out).toEqual(Float32Array.of(4 + 3 + 2, 16 + 3 + 4));
  });

  it("shares what does not depend on the input, and leaves alone what has none", () => {
    expect(substituteInput(both, "x", y).inputs[1]).toBe(both.inputs[1]);
    expect(substituteInput(both, "other", y)).toBe(both);
  });

  it("refuses another shape", () => {
    expect(() => substituteInput(both, "x", input("z", [3]))).toThrow(/\[2\].*\[3\]/);
  });
});
