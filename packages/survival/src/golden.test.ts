import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  computeConcordance,
  estimateKaplanMeier,
  estimateMedianFollowUp,
  fitCoxModel,
  readQuantile,
  readSurvivalAt,
  testLogRank,
  type BandScale,
} from "./index.ts";

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
}
interface LogRank {
  observed: number[];
  expected: number[];
  chiSquare: number;
  degreesOfFreedom: number;
  logP: number;
}
interface Agreement {
  index: number;
  counts: { concordant: number; discordant: number; "tied.x": number; "tied.y": number; "tied.xy": number };
}
interface Golden {
  simulated: {
    data: Table;
    curves: Curves;
    logRank: LogRank;
    efron: Cox;
    breslow: Cox;
    concordanceMarker: Agreement;
    concordanceMetastasis: Agreement;
  };
  aml: { data: Table; curves: Curves; logRank: LogRank; efron: Cox; breslow: Cox };
}

// Written by ../golden/survival-golden.R with R's survival package.
const golden = JSON.parse(readFileSync(new URL("../golden/survival-golden.json", import.meta.url), "utf8")) as Golden;

function expectClose(actual: ArrayLike<number>, expected: number | readonly number[]): void {
  const list = [expected].flat();
  expect(actual.length).toBe(list.length);
  list.forEach((value, i) => expect(Math.abs(actual[i]! - value)).toBeLessThan(1e-6 * Math.max(1, Math.abs(value))));
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
    const test = testLogRank(times, events, reference.data.group);
    expectClose(test.observedDeaths, reference.logRank.observed);
    expectClose(test.expectedDeaths, reference.logRank.expected);
    expectClose([test.chiSquare], reference.logRank.chiSquare);
    expect(test.degreesOfFreedom).toBe(reference.logRank.degreesOfFreedom);
    expectClose([Math.log(test.pValue)], reference.logRank.logP);
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
    expectClose([fit.nullLogLikelihood, fit.logLikelihood], [expected.nullLogLikelihood, expected.logLikelihood]);
  });
});

it.each(["marker", "metastasis"] as const)("concordance by %s agrees with R", (column) => {
  const { data, concordanceMarker, concordanceMetastasis } = golden.simulated;
  const expected = column === "marker" ? concordanceMarker : concordanceMetastasis;
  const { times, events } = read(data);
  const result = computeConcordance(times, events, data[column]);
  expectClose([result.concordanceIndex!], expected.index);
  expect(result).toMatchObject({
    concordant: expected.counts.concordant,
    discordant: expected.counts.discordant,
    tiedRisk: expected.counts["tied.x"],
    tiedTime: expected.counts["tied.y"],
    tiedBoth: expected.counts["tied.xy"],
  });
});
