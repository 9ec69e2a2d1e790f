import { describe, expect, it } from "vitest";
import { exactBinomialInterval, wilsonInterval } from "./binomial-interval.ts";

/** By R 4: binom.test(k, n)$conf.int and prop.test(k, n, correct = FALSE)$conf.int. */
const golden = [
  [0, 10, 0, 0.3084971078187608, 0, 0.2775327998628891],
  [7, 20, 0.1539092047845411, 0.5921885345328282, 0.1811918241010821, 0.5671457233147637],
  [44, 44, 0.9195800602364241, 1, 0.9197043962415193, 1],
  [3, 500, 0.001239057543540751, 0.017433673725913534, 0.002042596271960239, 0.017490252104053375],
] as const;

describe("exactBinomialInterval", () => {
  it.each(golden)("of %d in %d is R's", (successes, trials, lower, upper) => {
    const interval = exactBinomialInterval(successes, trials, 0.95);
    expect(interval.value).toBe(successes / trials);
    expect(interval.lower).toBeCloseTo(lower, 12);
    expect(interval.upper).toBeCloseTo(upper, 12);
  });

  it("takes fractions of a success, between those of whole ones", () => {
    const [low, middle, high] = [7, 7.5, 8].map((successes) => exactBinomialInterval(successes, 20, 0.95));
    expect(middle!.lower).toBeGreaterThan(low!.lower);
    expect(middle!.upper).toBeLessThan(high!.upper);
  });
});

describe("wilsonInterval", () => {
  it.each(golden)("of %d in %d is R's", (successes, trials, _lower, _upper, lower, upper) => {
    const interval = wilsonInterval(successes, trials, 0.95);
    expect(interval.lower).toBeCloseTo(lower, 12);
    expect(interval.upper).toBeCloseTo(upper, 12);
    expect(interval.value).toBeGreaterThan(0);
    expect(interval.value).toBeLessThan(1);
  });
});
