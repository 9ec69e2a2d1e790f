import { RandomStream, streamId } from "@osteon/numerics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splineBasis, splineBasisSlope } from "./restricted-cubic-spline.ts";
import { flexibleHazardRate, flexibleSurvivalProbability, flexibleSurvivalQuantile } from "./royston-parmar-curve.ts";
import { evaluateFlexibleLikelihood } from "./royston-parmar-likelihood.ts";
import { fitRoystonParmar, type RoystonParmarEstimate, type RoystonParmarOptions } from "./royston-parmar.ts";
import { expectClose } from "./testing/expect-close.ts";
import { readGolden } from "./testing/read-golden.ts";

type Table = Record<string, number[]>;
interface Weibull {
  spline: number[];
  coefficients: number | number[];
  logLikelihood: number;
  covariates: string | string[];
}
interface Spline extends Weibull {
  degrees: number;
  knots: number[];
  standardErrors: number | number[];
  profile: number | number[];
  time: number[];
  survival: number[];
  hazard: number[];
}
type Golden = Record<"simulated" | "aml", { weibull: Weibull; splines: Spline[] }>;

const golden = readGolden("royston-parmar") as Golden;
const patients = readGolden("survival") as Record<"simulated" | "aml", { data: Table }>;

function estimate(
  times: Float64Array,
  events: Uint8Array,
  covariates: Float64Array,
  width: number,
  options?: RoystonParmarOptions,
): RoystonParmarEstimate {
  const fit = fitRoystonParmar(times, events, covariates, width, options);
  if (fit.status !== "converged") throw new Error(fit.status);
  return fit;
}

function fitStored(name: "simulated" | "aml", covariates: string | string[], degreesOfFreedom: number) {
  const { data } = patients[name];
  const columns = [covariates].flat();
  const rows = [...data["time"]!.keys()].filter((i) => data["time"]![i]! > 0);
  return estimate(
    Float64Array.from(rows, (i) => data["time"]![i]!),
    Uint8Array.from(rows, (i) => data["event"]![i]!),
    Float64Array.from(rows.flatMap((i) => columns.map((column) => data[column]![i]!))),
    columns.length,
    { degreesOfFreedom },
  );
}

describe.each(["simulated", "aml"] as const)("agreement with independent fits in R: %s", (name) => {
  it("is the Weibull model of survreg with one degree of freedom", () => {
    const expected = golden[name].weibull;
    const fit = fitStored(name, expected.covariates, 1);
    expectClose(fit.splineCoefficients, expected.spline);
    expectClose(fit.coefficients, expected.coefficients);
    expectClose([fit.logLikelihood], expected.logLikelihood);
  });

  it.each(golden[name].splines)("with $degrees degrees of freedom", (expected) => {
    const fit = fitStored(name, expected.covariates, expected.degrees);
    expectClose(fit.knotsLogDays, expected.knots);
    expectClose(fit.splineCoefficients, expected.spline);
    expectClose(fit.coefficients, expected.coefficients);
    expectClose(fit.standardErrors, expected.standardErrors);
    expectClose([fit.logLikelihood], expected.logLikelihood);
    const profile = [expected.profile].flat();
    expected.time.forEach((days, i) => {
      const survival = flexibleSurvivalProbability(fit, days, profile);
      expectClose([survival], expected.survival[i]!);
      expectClose([flexibleHazardRate(fit, days, profile) / expected.hazard[i]!], 1);
      expectClose([flexibleSurvivalQuantile(fit, survival, profile) / days], 1);
    });
  });
});

const times = Float64Array.from({ length: 40 }, (_, i) => 10 * (i + 1));
const events = Uint8Array.from(times, (_, i) => (i % 3 === 1 ? 0 : 1));
const none = new Float64Array();

describe("what cannot be estimated is a value", () => {
  it("no deaths, and fewer days of death than knots", () => {
    expect(fitRoystonParmar(times, new Uint8Array(40), none, 0)).toEqual({
      status: "no-events",
      patients: 40,
      deaths: 0,
      covariates: [],
    });
    const three = Uint8Array.from(times, (_, i) => (i < 3 ? 1 : 0));
    expect(fitRoystonParmar(times, three, none, 0)).toMatchObject({ status: "too-few-deaths", deaths: 3 });
    const sameDay = times.map((_, i) => (i < 30 ? 100 : i * 10));
    expect(fitRoystonParmar(sameDay, events, none, 0)).toMatchObject({ status: "too-few-deaths" });
  });

  it("constant, collinear and separating covariates, and more covariates than patients", () => {
    const stream = new RandomStream(4, streamId("covariate"));
    const random = times.map(() => stream.nextNormal());
    const beside = (second: Float64Array) =>
      Float64Array.from({ length: 80 }, (_, i) => [random, second][i % 2]![i >> 1]!);
    const fit = (second: Float64Array) => fitRoystonParmar(times, events, beside(second), 2);
    expect(fit(new Float64Array(40).fill(0.1))).toMatchObject({ status: "constant-covariate", covariates: [1] });
    expect(fit(random.map((value) => 2 * value + 1))).toMatchObject({ status: "collinear", covariates: [1] });
    // Only those without the mark die.
    expect(fit(Float64Array.from(events, (event) => 1 - event))).toMatchObject({
      status: "monotone-likelihood",
      covariates: [1],
    });
    const wide = Float64Array.from({ length: 40 * 50 }, () => stream.nextNormal());
    expect(fitRoystonParmar(times, events, wide, 50)).toMatchObject({ status: "collinear" });
  });

  it("a cumulative hazard that would fall", () => {
    // Deaths in two bursts, and everybody else censored late: the spline overshoots between.
    const burst = Float64Array.of(1, 2, 3, 4, 1000, 1001, 1002, 1003, ...new Float64Array(40).fill(1100));
    const died = Uint8Array.from(burst, (time) => (time < 1100 ? 1 : 0));
    expect(fitRoystonParmar(burst, died, none, 0, { degreesOfFreedom: 3 }).status).toBe("falling-cumulative-hazard");
    expect(fitRoystonParmar(burst, died, none, 0, { degreesOfFreedom: 1 }).status).toBe("converged");
  });
});

it("gives a falling survival curve or a reason for any small cohort", () => {
  const row = fc.record({
    days: fc.integer({ min: 0, max: 400 }),
    event: fc.integer({ min: 0, max: 1 }),
    x: fc.integer({ min: -1, max: 2 }),
  });
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(row, { minLength: 3, maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (rows, degrees) => {
      const fit = fitRoystonParmar(
        Float64Array.from(rows, (r) => r.days),
        Uint8Array.from(rows, (r) => r.event),
        Float64Array.from(rows, (r) => r.x),
        1,
        { degreesOfFreedom: degrees },
      );
      seen.set(fit.status, (seen.get(fit.status) ?? 0) + 1);
      if (fit.status !== "converged") return;
      const numbers = [...fit.splineCoefficients, ...fit.coefficients, ...fit.standardErrors, ...fit.pValues];
      expect([...numbers, fit.logLikelihood].every(Number.isFinite)).toBe(true);
      let last = 1;
      for (let days = 0; days < 500; days += 5) {
        const survival = flexibleSurvivalProbability(fit, days, [1]);
        expect(survival).toBeLessThanOrEqual(last);
        last = survival;
      }
    }),
    { seed: 20240603, numRuns: 300 },
  );
  expect(seen.get("converged")).toBeGreaterThan(100);
  expect(seen.get("not-converged") ?? 0).toBeLessThan(3);
});

it("finds what it was drawn from", () => {
  const stream = new RandomStream(9, streamId("weibull"));
  const n = 2000;
  const marked = Float64Array.from({ length: n }, (_, i) => i % 2);
  const lived = marked.map((x) => 500 * (-Math.log(stream.nextUniform()) / Math.exp(0.8 * x)) ** (1 / 1.5));
  const fit = estimate(lived, new Uint8Array(n).fill(1), marked, 1);
  expect(Math.abs(fit.coefficients[0]! - 0.8)).toBeLessThan(3 * fit.standardErrors[0]!);
  expect(flexibleSurvivalProbability(fit, 500, [0])).toBeCloseTo(Math.exp(-1), 1);
});

it("takes a time of 0 as within the first day", () => {
  const fit = estimate(times.with(0, 0), events, none, 0);
  expect(Math.exp(fit.knotsLogDays[0]!)).toBeCloseTo(0.5, 12);
  expect(flexibleSurvivalProbability(fit, 0, [])).toBe(1);
  expect(flexibleSurvivalQuantile(fit, 1, [])).toBe(0);
});

it("has derivatives that agree with finite differences", () => {
  const knots = Float64Array.of(0, 0.3, 1);
  const us = [0.2, 0.5, 0.9, 1.2];
  const rows = Float64Array.from(us.flatMap((u) => [...splineBasis(knots, u)]));
  const slopeRows = Float64Array.from(us.flatMap((u) => [...splineBasisSlope(knots, u)]));
  const design = { events: Uint8Array.of(1, 0, 1, 1), rows, slopeRows, width: 3 };
  const at = Float64Array.of(-1, 1.4, 0.3);
  const exact = evaluateFlexibleLikelihood(design, at);
  const h = 1e-5;
  for (let j = 0; j < 3; j++) {
    const up = evaluateFlexibleLikelihood(design, at.with(j, at[j]! + h));
    const down = evaluateFlexibleLikelihood(design, at.with(j, at[j]! - h));
    expect((up.logLikelihood - down.logLikelihood) / (2 * h)).toBeCloseTo(exact.score[j]!, 6);
    for (let k = 0; k < 3; k++) {
      expect((down.score[k]! - up.score[k]!) / (2 * h)).toBeCloseTo(exact.information[k * 3 + j]!, 6);
    }
  }
  expect(evaluateFlexibleLikelihood(design, Float64Array.of(0, -1, 0)).logLikelihood).toBe(-Infinity);
});

it("refuses bad input by name", () => {
  expect(() => fitRoystonParmar(times, events, none, 1)).toThrow("The covariate table has 0 values where 40 belong");
  expect(() => fitRoystonParmar(times, events, times.with(0, NaN), 1)).toThrow("1 values that are not finite");
  expect(() => fitRoystonParmar(times, events, none, 0, { degreesOfFreedom: 0 })).toThrow("degreesOfFreedom");
  expect(() => fitRoystonParmar(none, new Uint8Array(), none, 0)).toThrow("no patients");
  const fit = estimate(times, events, none, 0);
  expect(() => flexibleSurvivalProbability(fit, 5, [1])).toThrow("The patient's covariates has 1 values where 0");
  expect(() => flexibleHazardRate(fit, 0, [])).toThrow("timeDays");
  expect(() => flexibleSurvivalQuantile(fit, 0, [])).toThrow("survival");
});
