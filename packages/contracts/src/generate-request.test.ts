import { describe, expect, it } from "vitest";
import { generateRequestSchema } from "./generate-request.ts";

describe("generateRequestSchema", () => {
  it("takes an empty request as one unconditional patient", () => {
    expect(generateRequestSchema.parse({})).toEqual({ count: 1 });
  });

  it("takes the ends of every range", () => {
    const lowest = { survival_time: 0, event_occurred: 0, age: 0, metastasis: 0, count: 1, seed: 0 };
    const highest = {
      survival_time: 36_525,
      event_occurred: 1,
      age: 89,
      metastasis: 1,
      count: 1000,
      seed: Number.MAX_SAFE_INTEGER,
    };
    expect(generateRequestSchema.parse(lowest)).toEqual(lowest);
    expect(generateRequestSchema.parse(highest)).toEqual(highest);
  });

  it.each([
    { survival_time: -1 },
    { survival_time: 36_526 },
    { survival_time: Number.POSITIVE_INFINITY },
    { survival_time: Number.NaN },
    { survival_time: "800" },
    { event_occurred: 2 },
    { event_occurred: true },
    { age: 90 },
    { metastasis: null },
    { count: 0 },
    { count: 1001 },
    { count: 1.5 },
    { seed: -1 },
    { seed: 2 ** 53 },
    { survivalTime: 800 },
  ])("refuses %o", (body) => {
    expect(generateRequestSchema.safeParse(body).success).toBe(false);
  });
});
