import { RandomStream, streamId } from "@osteon/numerics";
import { evaluatePartialLikelihood, fitCoxModel, type CoxDesign } from "@osteon/survival";
import { describe, expect, it } from "vitest";
import { fitRidgeCox } from "./ridge-cox.ts";

function simulate(count: number): CoxDesign {
  const random = new RandomStream(4, streamId("ridge cox test"));
  const rows = Array.from({ length: count }, () => {
    const [x, y] = [random.nextNormal(), random.nextNormal()];
    return { x, y, time: -Math.log(random.nextUniform()) * Math.exp(-x), event: Number(random.nextUniform() < 0.7) };
  }).sort((a, b) => b.time - a.time);
  return {
    timesDays: Float64Array.from(rows, ({ time }) => time),
    events: Int8Array.from(rows, ({ event }) => event),
    covariates: Float64Array.from(rows.flatMap(({ x, y }) => [x, y])),
    width: 2,
  };
}

describe("fitRidgeCox", () => {
  const design = simulate(60);
  it("is Cox's own estimate where the penalty vanishes", () => {
    const fit = fitCoxModel(design.timesDays, design.events, design.covariates, 2);
    if (fit.status !== "converged") throw new Error(fit.status);
    fitRidgeCox(design, Float64Array.of(1e-9, 1e-9))!.forEach((value, j) => {
      expect(value).toBeCloseTo(fit.coefficients[j]!, 6);
    });
  });
  it("stands where the penalised score is 0", () => {
    const penalties = Float64Array.of(3, 8);
    const coefficients = fitRidgeCox(design, penalties)!;
    const { score } = evaluatePartialLikelihood(design, coefficients, "efron");
    score.forEach((value, j) => expect(value).toBeCloseTo(penalties[j]! * coefficients[j]!, 5));
  });
  it("is finite where a covariate separates the deaths, and null without any", () => {
    const separated = {
      timesDays: Float64Array.of(4, 3, 2, 1),
      events: Int8Array.of(0, 0, 1, 1),
      covariates: Float64Array.of(0, 0, 1, 2),
      width: 1,
    };
    expect(fitRidgeCox(separated, Float64Array.of(1))![0]).toBeGreaterThan(0.3);
    expect(fitRidgeCox({ ...separated, events: new Int8Array(4) }, Float64Array.of(1))).toBeNull();
  });
});
