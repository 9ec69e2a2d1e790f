import { RandomStream, streamId } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { crossValidateRegularisedCox } from "./cross-validate-cox.ts";
import { fitRegularisedCox, type RegularisedCoxOptions, type RegularisedCoxPath } from "./regularised-cox.ts";
import { expectClose } from "./testing/expect-close.ts";
import { readGolden } from "./testing/read-golden.ts";

interface Golden {
  time: number[];
  event: number[];
  x: number[][];
  fold: number[];
  paths: {
    mixing: number;
    columns: number;
    standardise: boolean;
    lambda: number[];
    devianceRatio: number[];
    nullDeviance: number;
    kept: number[];
    coefficients: number[][];
  }[];
  validations: {
    mixing: number;
    columns: number;
    lambda: number[];
    mean: number[];
    standardError: number[];
    smallest: number;
    oneStandardError: number;
  }[];
}

const golden = readGolden("regularised-cox") as Golden;
const times = Float64Array.from(golden.time);
const events = Uint8Array.from(golden.event);
const firstColumns = (count: number) => Float64Array.from(golden.x.flatMap((row) => row.slice(0, count)));

function fitPath(covariates: Float64Array, width: number, options?: RegularisedCoxOptions): RegularisedCoxPath {
  const fit = fitRegularisedCox(times, events, covariates, width, options);
  if (fit.status !== "fitted") throw new Error(fit.status);
  return fit;
}

describe("agreement with R's glmnet", () => {
  it.each(golden.paths)("path of $columns covariates, mixing $mixing, standardised $standardise", (expected) => {
    const { columns, mixing, standardise } = expected;
    const path = fitPath(firstColumns(columns), columns, { mixing, standardise });
    expectClose(path.penalties, expected.lambda);
    expectClose(path.devianceRatios, expected.devianceRatio);
    expectClose([path.nullDeviance], expected.nullDeviance);
    expected.kept.forEach((index, k) => expectClose(path.coefficients[index]!, expected.coefficients[k]!));
    expect(path.complete).toBe(true);
  });

  it.each(golden.validations)("cross-validation of $columns covariates, mixing $mixing", (expected) => {
    const { columns, mixing, lambda } = expected;
    const options = { mixing, penalties: lambda, foldOf: golden.fold };
    const result = crossValidateRegularisedCox(times, events, firstColumns(columns), columns, options);
    if (result.status !== "fitted") throw new Error(result.status);
    expectClose(result.path.penalties, lambda);
    expectClose(result.meanDeviance, expected.mean);
    expectClose(result.standardError, expected.standardError);
    expectClose([result.path.penalties[result.best]!], expected.smallest);
    expectClose([result.path.penalties[result.oneStandardError]!], expected.oneStandardError);
  });
});

it("finds the covariates that act among many, by cross-validation", () => {
  const stream = new RandomStream(3, streamId("planted"));
  const [patients, width] = [85, 150];
  const x = Float64Array.from({ length: patients * width }, () => stream.nextNormal());
  const lived = Float64Array.from({ length: patients }, (_, i) => {
    return -1000 * Math.log(stream.nextUniform()) * Math.exp(-x[i * width]! - x[i * width + 1]!);
  });
  const died = Uint8Array.from({ length: patients }, () => (stream.nextUniform() < 0.6 ? 1 : 0));
  const result = crossValidateRegularisedCox(lived, died, x, width, { folds: 5, seed: 1 });
  if (result.status !== "fitted") throw new Error(result.status);
  const beta = result.path.coefficients[result.best]!;
  const largest = [...beta.keys()].sort((a, b) => Math.abs(beta[b]!) - Math.abs(beta[a]!)).slice(0, 2);
  expect(largest.sort((a, b) => a - b)).toEqual([0, 1]);
  expect(result.meanDeviance[result.best]).toBeLessThan(result.meanDeviance[0]!);
});

describe("folds at random", () => {
  const covariates = firstColumns(8);

  it("depend on the seed alone, and each holds deaths", () => {
    const validate = (seed: number) => crossValidateRegularisedCox(times, events, covariates, 8, { seed, folds: 5 });
    const first = validate(1);
    expect(validate(1)).toEqual(first);
    expect(validate(2)).not.toEqual(first);
    expect(first.status).toBe("fitted");
  });

  it("are no more than there are deaths", () => {
    const twoDeaths = events.map((_, i) => (i < 2 ? 1 : 0));
    expect(crossValidateRegularisedCox(times, twoDeaths, covariates, 8).status).toBe("fitted");
    const oneDeath = events.map((_, i) => (i < 1 ? 1 : 0));
    expect(crossValidateRegularisedCox(times, oneDeath, covariates, 8)).toEqual({
      status: "too-few-deaths",
      patients: 50,
      deaths: 1,
    });
  });
});

describe("what cannot be estimated is a value", () => {
  it("no deaths, and no covariate that tells patients apart", () => {
    const x = firstColumns(2);
    expect(fitRegularisedCox(times, new Uint8Array(50), x, 2)).toEqual({
      status: "no-events",
      patients: 50,
      deaths: 0,
    });
    expect(crossValidateRegularisedCox(times, new Uint8Array(50), x, 2)).toMatchObject({ status: "no-events" });
    const constant = new Float64Array(100).fill(0.1);
    expect(fitRegularisedCox(times, events, constant, 2)).toMatchObject({ status: "no-informative-covariate" });
  });

  it("leaves a constant covariate out and says so", () => {
    const x = firstColumns(2).map((value, at) => (at % 2 === 1 ? 7 : value));
    const path = fitPath(x, 2);
    expect(path.constantCovariates).toEqual([1]);
    expect(path.coefficients.every((beta) => beta[1] === 0)).toBe(true);
    expect(path.coefficients.at(-1)![0]).not.toBe(0);
  });

  it("holds a covariate that orders all deaths by its penalty", () => {
    const perfect = times.map((time) => -time);
    const path = fitPath(perfect, 1);
    expect(path.coefficients.every((beta) => Number.isFinite(beta[0]))).toBe(true);
    expect(path.devianceRatios.at(-1)).toBeGreaterThan(0.9);
  });

  it("takes far more covariates than patients, some of them twice", () => {
    const stream = new RandomStream(8, streamId("wide"));
    const width = 100;
    const few = 12;
    const x = Float64Array.from({ length: few * width }, () => stream.nextNormal());
    for (let i = 0; i < few; i++) x[i * width + 1] = x[i * width]!;
    const fit = fitRegularisedCox(times.slice(0, few), events.slice(0, few), x, width, { mixing: 0.5 });
    if (fit.status !== "fitted") throw new Error(fit.status);
    expect(fit.coefficients.every((beta) => beta.every(Number.isFinite))).toBe(true);
    expect(fit.complete).toBe(true);
  });
});

it("meets the conditions of an optimum when a covariate moves alone", () => {
  // With one covariate the lasso's path is 0 at its first penalty and grows towards the plain estimate.
  const sizes = fitPath(firstColumns(1), 1).coefficients.map((beta) => Math.abs(beta[0]!));
  expect(sizes[0]).toBeCloseTo(0, 12);
  sizes.forEach((size, k) => expect(size).toBeGreaterThanOrEqual(sizes[Math.max(0, k - 1)]!));
});

it("refuses bad input by name", () => {
  const x = firstColumns(2);
  expect(() => fitRegularisedCox(times, events, x, 3)).toThrow("The covariate table has 100 values where 150 belong");
  expect(() => fitRegularisedCox(times, events, x.with(0, NaN), 2)).toThrow("1 values that are not finite");
  expect(() => fitRegularisedCox(times, events, x, 2, { mixing: 0 })).toThrow("mixing");
  expect(() => fitRegularisedCox(times, events, x, 2, { penalties: [0.1, 0] })).toThrow("penalties");
  expect(() => fitRegularisedCox(times, events, x, 2, { smallestShare: 1 })).toThrow("smallestShare");
  expect(() => fitRegularisedCox(times, events, x, 0)).toThrow("width");
  expect(() => crossValidateRegularisedCox(times, events, x, 2, { folds: 1 })).toThrow("folds");
  expect(() => crossValidateRegularisedCox(times, events, x, 2, { foldOf: [1] })).toThrow("The fold table has 1");
});
