import { osteonError } from "@osteon/errors";
import { RandomStream, streamId } from "@osteon/numerics";
import type { Cohort } from "./cohort.ts";

export interface SplitOptions {
  /** Share of patients held out, between 0 and 1. */
  readonly holdOutFraction: number;
  readonly seed: number;
  /** Which of the repeated splits; default 0. Splits of one seed are independent of each other. */
  readonly repeat?: number;
}

/** Rows of the cohort, ascending; every row is in exactly one of the two. */
export interface CohortSplit {
  readonly train: number[];
  readonly holdOut: number[];
}

const splitStream = streamId("cohort split");

/**
 * Splits a cohort at random within strata of event × metastasis (unknown is a stratum too), so that
 * both parts hold deaths and metastases in the cohort's proportions. Held-out places that do not come
 * out whole go to the strata with the largest remainders (Hamilton's method), ties at random.
 *
 * @throws `cohort.split-option` also where one part would be empty
 */
export function splitCohort(cohort: Cohort, options: SplitOptions): CohortSplit {
  const { holdOutFraction, seed } = options;
  const repeat = options.repeat ?? 0;
  const patients = cohort.patientIds.length;
  if (!(holdOutFraction > 0 && holdOutFraction < 1)) throw splitError("holdOutFraction", "between 0 and 1");
  if (!(Number.isInteger(repeat) && repeat >= 0)) throw splitError("repeat", "a whole number of 0 or more");
  const places = Math.round(patients * holdOutFraction);
  if (places === 0 || places === patients) {
    throw splitError("holdOutFraction", "such that both parts hold a patient");
  }
  const stream = new RandomStream(seed, splitStream, repeat);
  const strata = new Map<string, number[]>();
  for (const row of stream.permutation(patients)) {
    const key = `${cohort.clinical.event[row]},${cohort.clinical.metastasis[row]}`;
    strata.set(key, [...(strata.get(key) ?? []), row]);
  }
  // In order of key, not of first appearance: the tie-breaking draws stay in one order.
  const groups = [...strata]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, rows]) => {
      const quota = (rows.length * places) / patients;
      return { rows, whole: Math.floor(quota), remainder: quota - Math.floor(quota), tie: stream.nextUniform() };
    });
  let left = places - groups.reduce((sum, group) => sum + group.whole, 0);
  const extra = new Set<object>();
  for (const group of groups.toSorted((a, b) => b.remainder - a.remainder || a.tie - b.tie)) {
    if (left-- > 0) extra.add(group);
  }
  const holdOut = groups.flatMap((group) => group.rows.slice(0, group.whole + (extra.has(group) ? 1 : 0)));
  const held = new Set(holdOut);
  return {
    train: [...cohort.patientIds.keys()].filter((row) => !held.has(row)),
    holdOut: holdOut.sort((a, b) => a - b),
  };
}

function splitError(option: string, allowed: string) {
  return osteonError("cohort.split-option", { option, allowed });
}
