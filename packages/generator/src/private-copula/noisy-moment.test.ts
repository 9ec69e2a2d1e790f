import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clippedSteps } from "./noisy-moment.ts";
import { planPrivacy } from "./privacy-plan.ts";

describe("clippedSteps", () => {
  const score = fc.double({ min: -1e3, max: 1e3, noNaN: true });
  const plan = planPrivacy({ patients: 100, variables: 6, epsilon: 1, delta: 1e-6 });
  const stepsPerUnit = 1024;

  it("lets no exchange of two patients move the second moment by more than the sensitivity", () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 12, maxLength: 12 }), (scores) => {
        const steps = clippedSteps(Float64Array.from(scores), 6, plan.clipNorm);
        expect(steps.every(Number.isInteger)).toBe(true);
        let square = 0;
        for (let a = 0; a < 6; a++) {
          for (let b = 0; b < 6; b++) square += (steps[a]! * steps[b]! - steps[6 + a]! * steps[6 + b]!) ** 2;
        }
        expect(Math.sqrt(square) / stepsPerUnit ** 2).toBeLessThanOrEqual(plan.moment.sensitivity);
      }),
    );
  });

  it("reaches the sensitivity with two patients who have nothing in common", () => {
    const steps = clippedSteps(Float64Array.of(90, 0, 0, 0, 0, 0, 0, 0, -90, 0, 0, 0), 6, plan.clipNorm);
    const moved = Math.sqrt(steps[0]! ** 4 + steps[8]! ** 4) / stepsPerUnit ** 2;
    expect(moved / plan.moment.sensitivity).toBeCloseTo(1, 2);
  });

  it("leaves shorter ones as they are, to a step", () => {
    const steps = clippedSteps(Float64Array.of(0.5, -0.25, 1, 0, 0, 0.1), 6, plan.clipNorm);
    expect([...steps]).toEqual([512, -256, 1024, 0, 0, 102]);
  });
});
