import { describe, expect, it } from "vitest";
import { kindOf, stackFramesOf } from "./stack-frames.ts";

describe("stackFramesOf", () => {
  it("keeps places and leaves the message, however it is made up", () => {
    const messages = [
      "",
      "ANNA",
      "of\n    at ANNA",
      "of\n    at f (file:///ANNA/x.ts:1:1)\nand",
      "ANNA\n    at ANNA:1:1",
    ];
    for (const message of messages) {
      const frames = stackFramesOf(new RangeError(message));
      expect(frames.length).toBeGreaterThan(0);
      expect(frames[0]).toMatch(/stack-frames\.test\.ts:\d+:\d+/);
      expect(frames.join("\n")).not.toContain("ANNA");
    }
  });

  it("keeps nothing of a stack that is none", () => {
    const error = new Error("x");
    error.stack = "ANNA aged 12\n    at home with ANNA\nat 617-555-0123";
    expect(stackFramesOf(error)).toEqual([]);
  });
});

it("kindOf names an error's class and no more", () => {
  expect(kindOf(new RangeError("ANNA"))).toBe("RangeError");
  expect(kindOf("ANNA")).toBe("string");
  expect(kindOf(Object.assign(new Error("x"), { name: "Error of ANNA, 12" }))).toBe("Error");
});
