import { adjustByBenjaminiHochberg } from "@osteon/numerics";

/** P-values of one group's variables, and what they come to. */
export interface JudgedGroup {
  readonly pValue: number;
  readonly qValue: number;
  readonly isFound: boolean;
  /** Adjusted for the group's variables and for the groups; at most the level: drift. */
  readonly variableQValues: readonly number[];
}

/**
 * Judges groups of variables: each group by Simes' test of all its variables at once, groups by Benjamini and
 * Hochberg, and within the R of G groups that are found, variables by Benjamini and Hochberg at level × R / G.
 * Where nothing drifts, any alarm has a chance of at most the level.
 * Source: Simes 1986; Benjamini & Bogomolov 2014 (J R Stat Soc B 76:297).
 */
export function judgeGroups(groups: readonly (readonly number[])[], level: number): JudgedGroup[] {
  const adjusted = groups.map(adjustByBenjaminiHochberg);
  // Simes' p-value is the smallest adjusted one.
  const pValues = adjusted.map((values) => Math.min(...values));
  const qValues = adjustByBenjaminiHochberg(pValues);
  const found = qValues.filter((q) => q <= level).length;
  return adjusted.map((values, g) => ({
    pValue: pValues[g]!,
    qValue: qValues[g]!,
    isFound: qValues[g]! <= level,
    variableQValues: values.map((value) => Math.min(1, (value * groups.length) / Math.max(1, found))),
  }));
}
