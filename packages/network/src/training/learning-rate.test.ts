import { describe, expect, it } from "vitest";
import { learningRateAt } from "./learning-rate.ts";

const schedule = { peakRate: 2, warmUpSteps: 4, totalSteps: 14, finalShare: 0.1 };

describe("learningRateAt", () => {
  it("rises in equal steps, falls along half a cosine, and stays at its end", () => {
    const rates = Array.from({ length: 20 }, (_, step) => learningRateAt(step, schedule));
    expect(rates.slice(0, 5)).toEqual([0.5, 1, 1.5, 2, 2]);
    expect(rates[9]).toBeCloseTo(2 * (0.1 + 0.9 / 2), 12);
    expect(rates.slice(14)).toEqual(Array.from({ length: 6 }, () => 0.2));
    rates.slice(5, 15).forEach((rate, k) => expect(rate).toBeLessThan(rates[k + 4]!));
  });

  it("may have no warm-up, and no steps after it", () => {
    expect(learningRateAt(0, { ...schedule, warmUpSteps: 0 })).toBe(2);
    expect(learningRateAt(4, { ...schedule, totalSteps: 4 })).toBe(2);
  });
});
