import { osteonError } from "@osteon/errors";
import { normalQuantile } from "@osteon/numerics";
import { assertObservations, orderByTime, type EventIndicators } from "./observations.ts";

/** How the confidence band is drawn: on the scale of S, of log S, or of log(−log S). */
export type BandScale = "plain" | "log" | "log-log";

export interface KaplanMeierOptions {
  /** Default `log`, as R's survfit. */
  readonly bandScale?: BandScale;
  /** Coverage of the pointwise band, between 0 and 1; default 0.95. */
  readonly confidenceLevel?: number;
}

/**
 * A Kaplan–Meier estimate: one entry for each distinct time of a death or a censoring, ascending.
 * All arrays have the same length. The curve is 1 before the first time and constant in between.
 */
export interface KaplanMeierCurve {
  readonly timesDays: Float64Array;
  /** Patients still followed just before each time. */
  readonly atRisk: Uint32Array;
  readonly deaths: Uint32Array;
  readonly censored: Uint32Array;
  readonly survival: Float64Array;
  /** Standard error of log S by Greenwood's formula; Infinity once S is 0. */
  readonly logStandardError: Float64Array;
  /** Pointwise band. Where S is 0 Greenwood's formula has no value: lower is 0, upper stays what it was. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * Estimates S(t) from right-censored times; a patient censored at t counts as at risk at t.
 * Source: Kaplan & Meier 1958; Greenwood 1926; bands as in Therneau's survival package (survfit).
 *
 * @throws `survival.empty`, `survival.length`, `survival.value`, `survival.option`
 */
export function estimateKaplanMeier(
  timesDays: Float64Array,
  events: EventIndicators,
  options: KaplanMeierOptions = {},
): KaplanMeierCurve {
  assertObservations("A Kaplan-Meier estimate", timesDays, events);
  const z = bandQuantile(options.confidenceLevel ?? 0.95);
  const scale = options.bandScale ?? "log";
  const order = orderByTime(timesDays);
  const size = countDistinct(timesDays, order);
  const curve = {
    timesDays: new Float64Array(size),
    atRisk: new Uint32Array(size),
    deaths: new Uint32Array(size),
    censored: new Uint32Array(size),
    survival: new Float64Array(size),
    logStandardError: new Float64Array(size),
    lower: new Float64Array(size),
    upper: new Float64Array(size),
  };
  let row = 0;
  let survival = 1;
  let greenwood = 0;
  let lastUpper = 1;
  for (let k = 0; k < size; k++) {
    const time = timesDays[order[row]!]!;
    const atRisk = order.length - row;
    let deaths = 0;
    let leaving = 0;
    for (; row < order.length && timesDays[order[row]!] === time; row++) {
      deaths += events[order[row]!]!;
      leaving++;
    }
    survival *= (atRisk - deaths) / atRisk;
    greenwood += deaths === 0 ? 0 : deaths / (atRisk * (atRisk - deaths));
    const logStandardError = Math.sqrt(greenwood);
    const [lower, upper] = bandAt(survival, logStandardError, z, scale, lastUpper);
    lastUpper = upper;
    curve.timesDays[k] = time;
    curve.atRisk[k] = atRisk;
    curve.deaths[k] = deaths;
    curve.censored[k] = leaving - deaths;
    curve.survival[k] = survival;
    curve.logStandardError[k] = logStandardError;
    curve.lower[k] = lower;
    curve.upper[k] = upper;
  }
  return curve;
}

/** The normal quantile of a two-sided interval. */
export function bandQuantile(confidenceLevel: number): number {
  if (!(confidenceLevel > 0 && confidenceLevel < 1)) {
    throw osteonError("survival.option", { option: "confidenceLevel", allowed: "between 0 and 1" });
  }
  return normalQuantile(0.5 + confidenceLevel / 2);
}

function bandAt(
  survival: number,
  logStandardError: number,
  z: number,
  scale: BandScale,
  lastUpper: number,
): readonly [number, number] {
  if (survival === 0) return [0, lastUpper];
  if (logStandardError === 0) return [1, 1];
  const width = z * logStandardError;
  switch (scale) {
    case "plain":
      return [Math.max(0, survival * (1 - width)), Math.min(1, survival * (1 + width))];
    case "log":
      return [survival * Math.exp(-width), Math.min(1, survival * Math.exp(width))];
    case "log-log": {
      const exponent = Math.exp(-width / Math.log(survival));
      return [survival ** exponent, survival ** (1 / exponent)];
    }
  }
}

function countDistinct(timesDays: Float64Array, order: Uint32Array): number {
  let count = 0;
  for (let i = 0; i < order.length; i++) {
    if (i === 0 || timesDays[order[i]!] !== timesDays[order[i - 1]!]) count++;
  }
  return count;
}
