import { osteonError } from "@osteon/errors";
import { describe, expect, it } from "vitest";
import { describeFailure } from "./request-event.ts";

describe("describeFailure", () => {
  it("names an error of the catalogue by its code and needs no frames for it", () => {
    expect(describeFailure(osteonError("service.no-model", {}))).toEqual({
      code: "service.no-model",
      name: "OsteonError",
      frames: [],
    });
  });

  it("keeps the places of an unexpected error and none of its words", () => {
    const failure = describeFailure(new TypeError("CANARY\n    at CANARY (/home/CANARY.ts:1:2)"));
    expect(failure).toMatchObject({ code: "service.internal", name: "TypeError" });
    expect(failure.frames[0]).toMatch(/request-event\.test\.ts:\d+:\d+/);
    expect(failure.frames.length).toBeLessThanOrEqual(8);
    expect(JSON.stringify(failure)).not.toContain("CANARY");
  });

  it("keeps no frames where the words cannot be told from them", () => {
    const error = new Error("CANARY at first");
    void error.stack;
    error.message = "replaced later";
    expect(describeFailure(error).frames).toEqual([]);
  });

  it.each([undefined, null, "CANARY", { stack: "CANARY" }])("takes %j thrown in place of an error", (thrown) => {
    expect(JSON.stringify(describeFailure(thrown))).not.toContain("CANARY");
  });
});
