import { describe, expect, it } from "vitest";
import { studentQuantile } from "./student-t.ts";

describe("studentQuantile", () => {
  // scipy.stats.t.ppf([0.975, 0.95, 0.999, 0.6], [19, 5, 2, 100])
  it.each([
    [0.975, 19, 2.093024054408263],
    [0.95, 5, 2.015048372669157],
    [0.999, 2, 22.32712477],
    [0.6, 100, 0.25402218],
  ])("at %d with %d degrees of freedom is %d", (probability, degrees, expected) => {
    expect(studentQuantile(probability, degrees)).toBeCloseTo(expected, 6);
    expect(studentQuantile(1 - probability, degrees)).toBeCloseTo(-expected, 6);
  });
  it("is 0 at a half", () => {
    expect(Math.abs(studentQuantile(0.5, 7))).toBe(0);
  });
});
