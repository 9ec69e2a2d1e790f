import { betaQuantile } from "./incomplete-beta.ts";
import { normalQuantile } from "./normal-distribution.ts";

/** A share with the limits of its interval, all of 0 … 1. */
export interface ShareInterval {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Exact interval of a binomial share: either limit is missed in at most (1 − coverage) / 2 of samples.
 * Source: Clopper and Pearson 1934, by quantiles of the beta distribution.
 *
 * @param successes of 0 … trials; a fraction is taken where trials count for less than one each
 * @param trials more than 0
 */
export function exactBinomialInterval(successes: number, trials: number, coverage: number): ShareInterval {
  const tail = (1 - coverage) / 2;
  const failures = trials - successes;
  return {
    value: successes / trials,
    lower: successes <= 0 ? 0 : betaQuantile(tail, successes, failures + 1),
    upper: failures <= 0 ? 1 : betaQuantile(1 - tail, successes + 1, failures),
  };
}

/**
 * Score interval of a binomial share, with its centre as the value: never of no width, so that it can be
 * divided by. Source: Wilson 1927; its centre is Agresti and Coull's estimate (1998).
 *
 * @param trials more than 0
 */
export function wilsonInterval(successes: number, trials: number, coverage: number): ShareInterval {
  const z = normalQuantile((1 + coverage) / 2);
  const share = successes / trials;
  const value = (successes + (z * z) / 2) / (trials + z * z);
  const half = (z / (1 + (z * z) / trials)) * Math.sqrt((share * (1 - share)) / trials + (z / (2 * trials)) ** 2);
  return { value, lower: Math.max(0, value - half), upper: Math.min(1, value + half) };
}
