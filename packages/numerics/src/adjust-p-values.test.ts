import { expect, it } from "vitest";
import { adjustByBenjaminiHochberg } from "./adjust-p-values.ts";

// R: p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.55), "BH")
it("Benjamini and Hochberg's adjustment is R's", () => {
  const adjusted = adjustByBenjaminiHochberg([0.01, 0.04, 0.03, 0.005, 0.55]);
  [0.025, 0.05, 0.05, 0.025, 0.55].forEach((value, k) => expect(adjusted[k]).toBeCloseTo(value, 12));
  expect(adjustByBenjaminiHochberg([])).toEqual([]);
});
