import { describe, expect, it } from "vitest";
import {
  computeBrierScore,
  computeConcordance,
  estimateCoxBaseline,
  estimateKaplanMeier,
  estimateMedianFollowUp,
  estimateRestrictedMean,
  fitCoxModel,
  predictCoxSurvival,
  readQuantile,
  readSurvivalAt,
  testLogRank,
  type BandScale,
  type GlobalTest,
  type LogRankTest,
} from "./index.ts";
import { expectClose } from "./testing/expect-close.ts";
import { readGolden } from "./testing/read-golden.ts";

interface Table {
  time: number[];
  event: number[];
  group: number[];
  age: number[];
  metastasis: number[];
  marker: number[];
}
interface Curve {
  type: BandScale;
  level: number;
  time: number[];
  atRisk: number[];
  events: number[];
  censored: number[];
  survival: number[];
  logStandardError: number[];
  lower: (number | null)[];
  upper: (number | null)[];
  quantile: (number | null)[];
  medianLower: number | null;
  medianUpper: number | null;
}
interface Curves {
  log: Curve;
  loglog: Curve;
  plain: Curve;
  medianFollowUp: number;
  at: number[];
  survivalAt: number[];
}
interface Test {
  chiSquare: number;
  degreesOfFreedom: number;
  logP: number;
}
interface Cox {
  coefficients: number | number[];
  covariance: number[][];
  standardErrors: number | number[];
  lower: number | number[];
  upper: number | number[];
  z: number | number[];
  p: number | number[];
  nullLogLikelihood: number;
  logLikelihood: number;
  tests: Record<"likelihoodRatio" | "wald" | "score", Test>;
  baseline: { time: number[]; hazard: number[] };
}
interface LogRank extends Test {
  observed: number[];
  expected: number[];
}
interface RestrictedMean {
  horizon: number[];
  mean: number[];
  standardError: number[];
}
interface Agreement {
  index: number;
  standardError: number;
  counts: { concordant: number; discordant: number; "tied.x": number; "tied.y": number; "tied.xy": number };
}
interface Golden {
  simulated: {
    data: Table;
    curves: Curves;
    logRank: LogRank;
    restrictedMean: RestrictedMean;
    stratifiedLogRank: LogRank;
    efron: Cox;
    breslow: Cox;
    concordanceMarker: Agreement;
    concordanceMetastasis: Agreement;
  };
  aml: { data: Table; curves: Curves; logRank: LogRank; restrictedMean: RestrictedMean; efron: Cox; breslow: Cox };
}

const golden = readGolden("survival") as Golden;

function expectSameTest(actual: GlobalTest, expected: Test): void {
  expectClose([actual.chiSquare], expected.chiSquare);
  expect(actual.degreesOfFreedom).toBe(expected.degreesOfFreedom);
  expectClose([Math.log(actual.pValue)], expected.logP);
}

function expectSameLogRank(actual: LogRankTest, expected: LogRank): void {
  expectClose(actual.observedDeaths, expected.observed);
  expectClose(actual.expectedDeaths, expected.expected);
  expectSameTest(actual, expected);
}

function read(table: Table) {
  return { times: Float64Array.from(table.time), events: Uint8Array.from(table.event) };
}

describe.each(["simulated", "aml"] as const)("agreement with R's survival package: %s", (name) => {
  const reference = golden[name];
  const { times, events } = read(reference.data);

  it.each(["log", "loglog", "plain"] as const)("Kaplan-Meier with %s band", (scale) => {
    const expected = reference.curves[scale];
    const curve = estimateKaplanMeier(times, events, { bandScale: expected.type, confidenceLevel: expected.level });
    expectClose(curve.timesDays, expected.time);
    expectClose(curve.atRisk, expected.atRisk);
    expectClose(curve.deaths, expected.events);
    expectClose(curve.censored, expected.censored);
    expectClose(curve.survival, expected.survival);
    expectClose(curve.logStandardError, expected.logStandardError);
    // R has no band (null) where S is 0 or 1; ours is documented there and tested elsewhere.
    const shown = [...expected.lower.keys()].filter((i) => expected.lower[i] !== null);
    expect(shown.length).toBeGreaterThan(10);
    for (const i of shown) {
      expectClose([curve.lower[i]!, curve.upper[i]!], [expected.lower[i]!, expected.upper[i]!]);
    }
    [0.25, 0.5, 0.75].forEach((fraction, i) => {
      const quantile = readQuantile(curve, fraction);
      expect(quantile.days ?? null).toBe(expected.quantile[i]);
      if (fraction !== 0.5) return;
      expect(quantile.lowerDays ?? null).toBe(expected.medianLower);
      expect(quantile.upperDays ?? null).toBe(expected.medianUpper);
    });
  });

  it("survival at given days and median follow-up", () => {
    const { at, survivalAt, medianFollowUp } = reference.curves;
    expectClose(readSurvivalAt(estimateKaplanMeier(times, events), at), survivalAt);
    expect(estimateMedianFollowUp(times, events)).toBe(medianFollowUp);
  });

  it("log-rank test", () => {
    expectSameLogRank(testLogRank(times, events, reference.data.group), reference.logRank);
  });

  it("restricted mean survival time with its standard error", () => {
    const { horizon, mean, standardError } = reference.restrictedMean;
    const curve = estimateKaplanMeier(times, events);
    horizon.forEach((days, i) => {
      const result = estimateRestrictedMean(curve, days)!;
      expectClose([result.meanDays, result.standardErrorDays], [mean[i]!, standardError[i]!]);
    });
  });

  it.each(["efron", "breslow"] as const)("Cox model with %s ties", (ties) => {
    const expected = reference[ties];
    const { data } = reference;
    const columns = name === "aml" ? [data.group] : [data.age, data.metastasis, data.marker];
    const covariates = Float64Array.from([...times.keys()].flatMap((i) => columns.map((column) => column[i]!)));
    const fit = fitCoxModel(times, events, covariates, columns.length, { ties });
    if (fit.status !== "converged") throw new Error(`status ${fit.status}`);
    expectClose(fit.coefficients, expected.coefficients);
    expectClose(fit.covariance, expected.covariance.flat());
    expectClose(fit.standardErrors, expected.standardErrors);
    expectClose(fit.lower, expected.lower);
    expectClose(fit.upper, expected.upper);
    expectClose(fit.zScores, expected.z);
    expectClose(fit.pValues, expected.p);
    for (const kind of ["likelihoodRatio", "wald", "score"] as const) {
      expectSameTest(fit.tests[kind], expected.tests[kind]);
    }
    const baseline = estimateCoxBaseline(times, events, covariates, fit.coefficients, ties);
    // R's is that of a patient whose covariates are all 0.
    const atOrigin = predictCoxSurvival(baseline, new Float64Array(columns.length), expected.baseline.time);
    expectClose(
      atOrigin.map((survival) => -Math.log(survival)),
      expected.baseline.hazard,
    );
    expectClose([fit.nullLogLikelihood, fit.logLikelihood], [expected.nullLogLikelihood, expected.logLikelihood]);
  });
});

it("log-rank test stratified by metastasis agrees with R", () => {
  const { data, stratifiedLogRank } = golden.simulated;
  const { times, events } = read(data);
  expectSameLogRank(testLogRank(times, events, data.group, data.metastasis), stratifiedLogRank);
});

it("Brier scores agree with those of the package pec", () => {
  const { times, events } = read(golden.simulated.data);
  const { horizons, predicted, score } = readGolden("brier") as {
    horizons: number[];
    predicted: number[][];
    score: number[];
  };
  horizons.forEach((horizon, h) => {
    const survival = predicted.map((row) => row[h]!);
    expectClose([computeBrierScore(times, events, survival, horizon)!], score[h]!);
  });
});

it.each(["marker", "metastasis"] as const)("concordance by %s agrees with R", (column) => {
  const { data, concordanceMarker, concordanceMetastasis } = golden.simulated;
  const expected = column === "marker" ? concordanceMarker : concordanceMetastasis;
  const { times, events } = read(data);
  const result = computeConcordance(times, events, data[column]);
  expectClose([result.concordanceIndex!, result.standardError!], [expected.index, expected.standardError]);
  expect(result).toMatchObject({
    concordant: expected.counts.concordant,
    discordant: expected.counts.discordant,
    tiedRisk: expected.counts["tied.x"],
    tiedTime: expected.counts["tied.y"],
    tiedBoth: expected.counts["tied.xy"],
  });
});
