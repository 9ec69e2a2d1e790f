import { averageRanks, normalQuantile, rocArea, wilsonInterval, type RandomStream } from "@osteon/numerics";
import { meanDifference, shuffleTest } from "./shuffle-test.ts";

export interface Interval {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** Sizes and significance that every answered attack has. */
interface Tested {
  /** Training patients attacked, and held-out patients as its control. */
  readonly members: number;
  readonly others: number;
  /** One-sided, by shuffling who is a member. */
  readonly pValue: number;
}

/** An attack that orders patients by how much they look like members. */
export interface RankingOutcome extends Tested {
  readonly kind: "ranking";
  readonly auc: Interval;
  /** Where 95 % of AUCs lie for a file that knows nothing. */
  readonly nullRange: readonly [number, number];
}

/** An attack that is right or wrong, on training patients and on held-out ones. */
export interface RateOutcome extends Tested {
  readonly kind: "rate";
  /** Share of attacks on training patients that succeed, and on held-out ones. */
  readonly main: number;
  readonly control: number;
  /** Share that succeeds without the file; null where there is no such guess. */
  readonly naive: number | null;
  /** (main − control) / (1 − control) with its 95 % interval. */
  readonly risk: Interval;
  /** Where 95 % of main − control lie for a file that knows nothing. */
  readonly nullRange: readonly [number, number];
}

/** An attack that these data give no answer to. */
export interface UnansweredOutcome {
  readonly kind: "unanswered";
  readonly reason: string;
}

export type AttackOutcome = RankingOutcome | RateOutcome | UnansweredOutcome;

const coverage = 0.95;
/** Fewer patients on a side than this have no distribution to speak of. */
const minimumPatients = 5;

/** Why sides of this size cannot be attacked, or null. */
export function explainTooFew(members: number, others: number): UnansweredOutcome | null {
  if (Math.min(members, others) >= minimumPatients) return null;
  return {
    kind: "unanswered",
    reason: `${members} training and ${others} held-out patients can be attacked; it takes ${minimumPatients} of each`,
  };
}

/** @param scores by patient, members first; higher is more like a member; finite */
export function rankingOutcome(scores: Float64Array, members: number, random: RandomStream): AttackOutcome {
  const others = scores.length - members;
  const tooFew = explainTooFew(members, others);
  if (tooFew !== null) return tooFew;
  const auc = rocArea(scores.subarray(0, members), scores.subarray(members))!;
  // The AUC is linear in the difference of mean ranks.
  const { pValue, nullRange } = shuffleTest(
    members,
    scores.length,
    random,
    meanDifference(averageRanks(scores), members),
  );
  const toArea = (difference: number) => 0.5 + difference / scores.length;
  return {
    kind: "ranking",
    members,
    others,
    auc: rocAreaInterval(auc, members, others),
    nullRange: [toArea(nullRange[0]), toArea(nullRange[1])],
    pValue,
  };
}

/**
 * Interval of an AUC by the score method, of sound width at 0 and 1 too.
 * Source: Newcombe 2006, method 5 (Hanley and McNeil's variance at the limit itself).
 */
export function rocAreaInterval(area: number, members: number, others: number): Interval {
  const z = normalQuantile((1 + coverage) / 2);
  const extra = (members + others) / 2 - 1;
  const deviation = (limit: number) =>
    Math.sqrt(
      (limit * (1 - limit) * (1 + (extra * (1 - limit)) / (2 - limit) + (extra * limit) / (1 + limit))) /
        (members * others),
    );
  const search = (far: number) => {
    let near = area;
    for (let step = 0; step < 60; step++) {
      const middle = (near + far) / 2;
      if (Math.abs(area - middle) < z * deviation(middle)) near = middle;
      else far = middle;
    }
    return near;
  };
  return { value: area, lower: search(0), upper: search(1) };
}

/**
 * Risk above the control with its interval, the errors of both rates propagated.
 * Source: Giomi et al. 2023 (PoPETs, Anonymeter), eq. 3, with Wilson's rates as there.
 */
export function riskAboveControl(
  main: { readonly successes: number; readonly attacks: number },
  control: { readonly successes: number; readonly attacks: number },
): Interval {
  const attacked = wilsonInterval(main.successes, main.attacks, coverage);
  const base = wilsonInterval(control.successes, control.attacks, coverage);
  const value = (attacked.value - base.value) / (1 - base.value);
  const half = Math.hypot(
    (attacked.upper - attacked.lower) / 2 / (1 - base.value),
    (((1 - attacked.value) / (1 - base.value) ** 2) * (base.upper - base.lower)) / 2,
  );
  return { value, lower: Math.max(-1, value - half), upper: Math.min(1, value + half) };
}

/**
 * @param successes by patient, members first, each of 0 … 1. A patient counts for one trial, however
 *   many guesses were made of him: guesses on one patient are not independent.
 */
export function rateOutcome(
  successes: Float64Array,
  members: number,
  naive: number | null,
  random: RandomStream,
): AttackOutcome {
  const others = successes.length - members;
  const tooFew = explainTooFew(members, others);
  if (tooFew !== null) return tooFew;
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const main = { successes: sum(successes.subarray(0, members)), attacks: members };
  const control = { successes: sum(successes.subarray(members)), attacks: others };
  return {
    kind: "rate",
    members,
    others,
    main: main.successes / members,
    control: control.successes / others,
    naive,
    risk: riskAboveControl(main, control),
    ...shuffleTest(members, successes.length, random, meanDifference(successes, members)),
  };
}
