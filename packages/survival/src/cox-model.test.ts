import { RandomStream, streamId } from "@osteon/numerics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitCoxModel } from "./cox-model.ts";
import { evaluatePartialLikelihood, type TieMethod } from "./cox-likelihood.ts";

const times = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const events = Uint8Array.of(1, 1, 1, 1, 0, 1, 0, 1);

describe("what a Cox model cannot estimate is a value", () => {
  it("separation by a binary covariate", () => {
    const marked = Float64Array.of(1, 1, 1, 0, 0, 0, 0, 0);
    const onlyMarkedDie = Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 0);
    expect(fitCoxModel(times, onlyMarkedDie, marked, 1)).toEqual({
      status: "monotone-likelihood",
      patients: 8,
      deaths: 3,
      covariates: [0],
    });
  });

  it("a continuous covariate that orders all deaths", () => {
    const perfect = Float64Array.from(times, (time) => -time);
    expect(fitCoxModel(times, events, perfect, 1)).toMatchObject({ status: "monotone-likelihood", covariates: [0] });
  });

  it("names the separated covariate beside a harmless one", () => {
    const stream = new RandomStream(5, streamId("harmless"));
    const n = 60;
    const many = Float64Array.from({ length: n }, (_, i) => i + 1);
    const died = Uint8Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 1 : 0));
    const covariates = new Float64Array(n * 2);
    for (let i = 0; i < n; i++) {
      covariates[2 * i] = stream.nextNormal();
      covariates[2 * i + 1] = died[i]!;
    }
    expect(fitCoxModel(many, died, covariates, 2)).toMatchObject({ status: "monotone-likelihood", covariates: [1] });
  });

  it("no deaths, constant and collinear covariates", () => {
    const x = Float64Array.of(1, 0, 1, 1, 0, 0, 1, 0);
    expect(fitCoxModel(times, new Uint8Array(8), x, 1)).toMatchObject({ status: "no-events" });
    const constant = new Float64Array(8).fill(0.1);
    expect(fitCoxModel(times, events, constant, 1)).toMatchObject({ status: "constant-covariate", covariates: [0] });
    const doubled = Float64Array.from({ length: 16 }, (_, i) => x[i >> 1]! * (i % 2 === 0 ? 1 : 2));
    expect(fitCoxModel(times, events, doubled, 2)).toMatchObject({ status: "collinear", covariates: [1] });
  });

  it("more covariates than patients", () => {
    const stream = new RandomStream(6, streamId("wide"));
    const wide = Float64Array.from({ length: 8 * 12 }, () => stream.nextNormal());
    expect(fitCoxModel(times, events, wide, 12)).toMatchObject({ status: "collinear", patients: 8 });
  });

  it("a covariate that is constant wherever somebody dies", () => {
    // The only patient who differs has left before the first death.
    const early = Float64Array.of(1, 2, 3, 4);
    const fit = fitCoxModel(early, Uint8Array.of(0, 1, 1, 1), Float64Array.of(5, 0, 0, 0), 1);
    expect(fit).toMatchObject({ status: "collinear", covariates: [0] });
  });
});

it("gives finite numbers or a reason for any small cohort", () => {
  const row = fc.record({
    days: fc.integer({ min: 0, max: 30 }),
    event: fc.integer({ min: 0, max: 1 }),
    x: fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 3, maxLength: 3 }),
  });
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(row, { minLength: 4, maxLength: 40 }), (rows) => {
      const fit = fitCoxModel(
        Float64Array.from(rows, (r) => r.days),
        Uint8Array.from(rows, (r) => r.event),
        Float64Array.from(rows.flatMap((r) => r.x)),
        3,
      );
      seen.set(fit.status, (seen.get(fit.status) ?? 0) + 1);
      if (fit.status !== "converged") return fit.status !== "not-converged";
      return [...fit.coefficients, ...fit.standardErrors, ...fit.pValues, fit.logLikelihood].every(Number.isFinite);
    }),
    { seed: 20240601, numRuns: 400 },
  );
  expect(seen.get("converged")).toBeGreaterThan(50);
  expect(seen.get("monotone-likelihood")).toBeGreaterThan(5);
});

it("finds a large but finite hazard ratio", () => {
  const n = 400;
  const lifetime = new RandomStream(1, streamId("lifetime"));
  const marked = Float64Array.from({ length: n }, (_, i) => i % 2);
  const lived = marked.map((x) => -Math.log(lifetime.nextUniform()) / (0.001 * 200 ** x));
  const fit = fitCoxModel(lived, new Uint8Array(n).fill(1), marked, 1);
  if (fit.status !== "converged") throw new Error(fit.status);
  expect(fit.lower[0]).toBeLessThan(200);
  expect(fit.upper[0]).toBeGreaterThan(200);
});

it("does not depend on the unit or the origin of a covariate", () => {
  const x = Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6);
  const moved = x.map((value) => 1000 * value + 1e6);
  const fit = fitCoxModel(times, events, x, 1);
  const fitMoved = fitCoxModel(times, events, moved, 1);
  if (fit.status !== "converged" || fitMoved.status !== "converged") throw new Error("no estimate");
  expect(fitMoved.coefficients[0]! * 1000).toBeCloseTo(fit.coefficients[0]!, 9);
  expect(fitMoved.zScores[0]).toBeCloseTo(fit.zScores[0]!, 8);
});

it.each<TieMethod>(["efron", "breslow"])("derivatives of the %s likelihood agree with finite differences", (ties) => {
  const stream = new RandomStream(3, streamId("design"));
  const n = 30;
  const design = {
    timesDays: Float64Array.from({ length: n }, (_, i) => Math.floor((n - 1 - i) / 3)),
    events: Uint8Array.from({ length: n }, () => stream.nextInteger(2)),
    covariates: Float64Array.from({ length: 2 * n }, () => stream.nextNormal()),
    width: 2,
  };
  const at = Float64Array.of(0.4, -0.7);
  const exact = evaluatePartialLikelihood(design, at, ties);
  const h = 1e-5;
  for (let j = 0; j < 2; j++) {
    const up = evaluatePartialLikelihood(design, at.with(j, at[j]! + h), ties);
    const down = evaluatePartialLikelihood(design, at.with(j, at[j]! - h), ties);
    expect((up.logLikelihood - down.logLikelihood) / (2 * h)).toBeCloseTo(exact.score[j]!, 6);
    for (let k = 0; k < 2; k++) {
      expect((down.score[k]! - up.score[k]!) / (2 * h)).toBeCloseTo(exact.information[k * 2 + j]!, 6);
    }
  }
});

it("refuses bad input by name", () => {
  const x = new Float64Array(8);
  expect(() => fitCoxModel(times, events, x, 2)).toThrow("The covariate table has 8 values where 16 belong");
  expect(() => fitCoxModel(times, events, x.with(3, NaN), 1)).toThrow("1 values that are not finite numbers");
  expect(() => fitCoxModel(times.with(0, -1), events, x, 1)).toThrow("Survival time has 1 values");
  expect(() => fitCoxModel(times, events.with(0, 2), x, 1)).toThrow("Event has 1 values that are not 0 or 1");
  expect(() => fitCoxModel(times, Int8Array.of(1, 0), x, 1)).toThrow("The event table has 2 values");
  expect(() => fitCoxModel(new Float64Array(), new Uint8Array(), x, 1)).toThrow("no patients");
  expect(() => fitCoxModel(times, events, x, 0)).toThrow("width");
  expect(() => fitCoxModel(times, events, x, 1, { confidenceLevel: 1 })).toThrow("confidenceLevel");
});
