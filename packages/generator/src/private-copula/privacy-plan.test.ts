import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { epsilonOfRho } from "./concentrated-privacy.ts";
import { planPrivacy, requireUsefulPlan } from "./privacy-plan.ts";
import { statePrivacy } from "./privacy-statement.ts";

const requests = fc.record({
  patients: fc.integer({ min: 20, max: 5000 }),
  variables: fc.integer({ min: 2, max: 5000 }),
  epsilon: fc.double({ min: 0.05, max: 20, noNaN: true }),
  delta: fc.integer({ min: 4, max: 12 }).map((digits) => 10 ** -digits),
});

describe("planPrivacy", () => {
  it("never spends more than it was given", () => {
    fc.assert(
      fc.property(requests, (request) => {
        const plan = planPrivacy(request);
        const statement = statePrivacy(plan);
        expect(plan.cells.rho + plan.moment.rho).toBeLessThanOrEqual(plan.rho * (1 + 1e-12));
        expect(epsilonOfRho(statement.rho, plan.delta)).toBeLessThanOrEqual(plan.epsilon * (1 + 1e-9));
        expect(statement.continuousEpsilon).toBeLessThanOrEqual(statement.guaranteedEpsilon);
      }),
    );
  });

  it("needs just the patients at which noise is as large as signal, at any number of patients", () => {
    fc.assert(
      fc.property(requests, (request) => {
        const { patientsNeeded } = planPrivacy(request);
        const at = (patients: number) => planPrivacy({ ...request, delta: 1e-12, patients }).relativeNoise;
        const needed = planPrivacy({ ...request, delta: 1e-12 }).patientsNeeded;
        expect(at(needed)).toBeLessThanOrEqual(1 + 1e-12);
        expect(at(Math.max(2, needed - 1))).toBeGreaterThan(needed > 2 ? 1 - 1e-12 : 0);
        expect(patientsNeeded).toBeLessThanOrEqual(needed);
      }),
    );
  });

  it("needs more patients with more variables, fewer with a larger epsilon", () => {
    fc.assert(
      fc.property(requests, fc.integer({ min: 2, max: 4 }), (request, factor) => {
        const needed = (change: Partial<typeof request>) => planPrivacy({ ...request, ...change }).patientsNeeded;
        const here = needed({});
        const harder = [
          needed({ variables: request.variables * factor }),
          needed({ epsilon: request.epsilon / factor }),
          needed({ delta: request.delta / 1e4 }),
        ];
        // Numbers of patients and the variance of counts are whole, so that small ones may be the same.
        for (const more of harder) {
          if (here > 100) expect(more).toBeGreaterThan(here);
          else expect(more).toBeGreaterThanOrEqual(here);
        }
      }),
    );
  });

  it("needs patients in proportion to the variables where these are many", () => {
    const needed = (variables: number) =>
      planPrivacy({ patients: 85, variables, epsilon: 1, delta: 1e-5 }).patientsNeeded / variables;
    expect(needed(2500)).toBeCloseTo(needed(250), 0);
  });

  it.each([
    ["patients", { patients: 1 }],
    ["variables", { variables: 0 }],
    ["variables", { variables: 2.5 }],
    ["epsilon", { epsilon: 0 }],
    ["epsilon", { epsilon: NaN }],
    ["epsilon", { epsilon: Infinity }],
    ["delta", { delta: 0 }],
    ["delta", { delta: 0.01 }],
    ["expectedCorrelation", { expectedCorrelation: 0 }],
  ])("refuses %s in %j", (option, change) => {
    expect(() => planPrivacy({ patients: 100, variables: 10, epsilon: 1, delta: 1e-6, ...change })).toThrow(
      expect.objectContaining({ code: "generator.option", parameters: expect.objectContaining({ option }) as unknown }),
    );
  });
});

describe("requireUsefulPlan", () => {
  it("refuses 85 patients with 2,500 variables at epsilon 1, and tells how many it would need", () => {
    const request = { patients: 85, variables: 2500, epsilon: 1, delta: 1e-5 };
    const { patientsNeeded } = planPrivacy(request);
    expect(patientsNeeded).toBeGreaterThan(50_000);
    expect(() => requireUsefulPlan(request)).toThrow(
      expect.objectContaining({
        code: "generator.privacy-useless",
        parameters: expect.objectContaining({
          patients: 85,
          variables: 2500,
          epsilon: 1,
          needed: patientsNeeded,
        }) as unknown,
      }),
    );
    expect(requireUsefulPlan({ ...request, patients: patientsNeeded }).relativeNoise).toBeLessThanOrEqual(1);
  });
});
