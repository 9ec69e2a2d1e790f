import { factoriseCholesky, solveFactorised } from "@osteon/numerics";
import { chiSquareSurvival } from "./chi-square.ts";
import { assertLength, assertObservations, orderByTime, type EventIndicators } from "./observations.ts";

export interface LogRankTest {
  /** The distinct group codes, ascending; the arrays below follow this order. */
  readonly groups: readonly number[];
  readonly patients: readonly number[];
  readonly observedDeaths: readonly number[];
  readonly expectedDeaths: readonly number[];
  readonly chiSquare: number;
  /** Groups less one; 0 when there is one group or nothing to compare, and then chiSquare is 0 and pValue 1. */
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/**
 * Tests whether k groups share one survival curve. Ties by the hypergeometric variance.
 * Source: Mantel 1966; Peto & Peto 1972; as R's survdiff with rho = 0.
 *
 * @param groups one code a patient
 * @throws `survival.empty`, `survival.length`, `survival.value`
 */
export function testLogRank(timesDays: Float64Array, events: EventIndicators, groups: ArrayLike<number>): LogRankTest {
  assertObservations("A log-rank test", timesDays, events);
  assertLength("The group table", groups.length, timesDays.length);
  const codes = [...new Set(Array.from(groups))].sort((a, b) => a - b);
  const position = new Map(codes.map((code, index) => [code, index]));
  const k = codes.length;
  const order = orderByTime(timesDays);
  const atRisk = new Float64Array(k);
  for (let i = 0; i < groups.length; i++) atRisk[position.get(groups[i]!)!]! += 1;
  const patients = [...atRisk];
  const observed = new Float64Array(k);
  const expected = new Float64Array(k);
  const variance = new Float64Array(k * k);
  for (let row = 0; row < order.length;) {
    const time = timesDays[order[row]!]!;
    const total = order.length - row;
    const leaving = new Float64Array(k);
    let deaths = 0;
    for (; row < order.length && timesDays[order[row]!] === time; row++) {
      const group = position.get(groups[order[row]!]!)!;
      leaving[group]! += 1;
      observed[group]! += events[order[row]!]!;
      deaths += events[order[row]!]!;
    }
    if (deaths > 0) addDeaths(expected, variance, atRisk, total, deaths);
    for (let g = 0; g < k; g++) atRisk[g]! -= leaving[g]!;
  }
  const { chiSquare, degreesOfFreedom } = quadraticForm(observed, expected, variance);
  return {
    groups: codes,
    patients,
    observedDeaths: [...observed],
    expectedDeaths: [...expected],
    chiSquare,
    degreesOfFreedom,
    pValue: degreesOfFreedom === 0 ? 1 : chiSquareSurvival(chiSquare, degreesOfFreedom),
  };
}

function addDeaths(
  expected: Float64Array,
  variance: Float64Array,
  atRisk: Float64Array,
  total: number,
  deaths: number,
): void {
  const k = atRisk.length;
  const factor = total > 1 ? (deaths * (total - deaths)) / (total - 1) : 0;
  for (let g = 0; g < k; g++) {
    const share = atRisk[g]! / total;
    expected[g]! += deaths * share;
    for (let h = 0; h < k; h++) {
      variance[g * k + h]! += factor * share * ((g === h ? 1 : 0) - atRisk[h]! / total);
    }
  }
}

/** (O − E)ᵀ V⁻ (O − E), over the groups that were ever at risk of a death, one of them left out. */
function quadraticForm(observed: Float64Array, expected: Float64Array, variance: Float64Array) {
  const k = observed.length;
  const informative = Array.from({ length: k }, (_, g) => g).filter((g) => expected[g]! > 0);
  const kept = informative.slice(1);
  const size = kept.length;
  const matrix = new Float64Array(size * size);
  const difference = new Float64Array(size);
  kept.forEach((g, i) => {
    difference[i] = observed[g]! - expected[g]!;
    kept.forEach((h, j) => (matrix[i * size + j] = variance[g * k + h]!));
  });
  const factor = factoriseCholesky(matrix, size, 1e-11);
  // Without variance every death came when one group alone was left: there was nothing to compare.
  if (size === 0 || "dependentColumn" in factor) return { chiSquare: 0, degreesOfFreedom: 0 };
  const solved = solveFactorised(factor.lower, size, difference);
  let chiSquare = 0;
  for (let i = 0; i < size; i++) chiSquare += difference[i]! * solved[i]!;
  return { chiSquare, degreesOfFreedom: size };
}
