import { factoriseCholesky, solveFactorised } from "@osteon/numerics";
import { chiSquareSurvival } from "./chi-square.ts";
import { assertFinite, assertLength, assertObservations, orderByTime, type EventIndicators } from "./observations.ts";

export interface LogRankTest {
  /** The distinct group codes, ascending; the arrays below follow this order. */
  readonly groups: readonly number[];
  readonly patients: readonly number[];
  readonly observedDeaths: readonly number[];
  readonly expectedDeaths: readonly number[];
  readonly chiSquare: number;
  /** Groups less one, where all could be compared; 0 when none could, and then chiSquare is 0 and pValue 1. */
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/**
 * Tests whether k groups share one survival curve. Ties by the hypergeometric variance.
 * Source: Mantel 1966; Peto & Peto 1972; as R's survdiff with rho = 0.
 *
 * @param groups one code a patient
 * @param strata one code a patient: groups are compared within each stratum only, and a stratum with one group
 *   or without a death adds nothing
 * @throws `survival.empty`, `survival.length`, `survival.value`
 */
export function testLogRank(
  timesDays: Float64Array,
  events: EventIndicators,
  groups: ArrayLike<number>,
  strata?: ArrayLike<number>,
): LogRankTest {
  assertObservations("A log-rank test", timesDays, events);
  assertLength("The group table", groups.length, timesDays.length);
  assertFinite("The group table", groups);
  if (strata !== undefined) {
    assertLength("The stratum table", strata.length, timesDays.length);
    assertFinite("The stratum table", strata);
  }
  const codes = [...new Set(Array.from(groups))].sort((a, b) => a - b);
  const position = new Map(codes.map((code, index) => [code, index]));
  const k = codes.length;
  const positions = Uint32Array.from(groups, (code) => position.get(code)!);
  const sums = {
    patients: new Float64Array(k),
    observed: new Float64Array(k),
    expected: new Float64Array(k),
    variance: new Float64Array(k * k),
  };
  const order = orderByTime(timesDays);
  for (const stratum of strata === undefined ? [undefined] : new Set(Array.from(strata))) {
    const rows = stratum === undefined ? order : order.filter((row) => strata![row] === stratum);
    addStratum(sums, rows, timesDays, events, positions);
  }
  const { patients, observed, expected, variance } = sums;
  const { chiSquare, degreesOfFreedom } = quadraticForm(observed, expected, variance);
  return {
    groups: codes,
    patients: [...patients],
    observedDeaths: [...observed],
    expectedDeaths: [...expected],
    chiSquare,
    degreesOfFreedom,
    pValue: degreesOfFreedom === 0 ? 1 : chiSquareSurvival(chiSquare, degreesOfFreedom),
  };
}

interface LogRankSums {
  readonly patients: Float64Array;
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  /** groups × groups. */
  readonly variance: Float64Array;
}

/** @param rows the stratum's patients by time ascending */
function addStratum(
  { patients, observed, expected, variance }: LogRankSums,
  rows: Uint32Array,
  timesDays: Float64Array,
  events: EventIndicators,
  positions: Uint32Array,
): void {
  const atRisk = new Float64Array(patients.length);
  for (const row of rows) atRisk[positions[row]!]! += 1;
  atRisk.forEach((count, g) => (patients[g]! += count));
  for (let i = 0; i < rows.length;) {
    const time = timesDays[rows[i]!]!;
    const total = rows.length - i;
    const leaving = new Float64Array(atRisk.length);
    let deaths = 0;
    for (; i < rows.length && timesDays[rows[i]!] === time; i++) {
      const group = positions[rows[i]!]!;
      leaving[group]! += 1;
      observed[group]! += events[rows[i]!]!;
      deaths += events[rows[i]!]!;
    }
    if (deaths > 0) addDeaths(expected, variance, atRisk, total, deaths);
    leaving.forEach((count, g) => (atRisk[g]! -= count));
  }
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

/** (O − E)ᵀ V⁻ (O − E), over a largest set of groups whose counts are not settled by those before them. */
function quadraticForm(observed: Float64Array, expected: Float64Array, variance: Float64Array) {
  const k = observed.length;
  let kept = [...observed.keys()].filter((g) => expected[g]! > 0).slice(1);
  for (;;) {
    const size = kept.length;
    const matrix = Float64Array.from({ length: size * size }, (_, i) => {
      return variance[kept[Math.floor(i / size)]! * k + kept[i % size]!]!;
    });
    const factor = factoriseCholesky(matrix, size, 1e-11);
    // Groups that never met, in time or within a stratum, have no variance between them.
    if ("dependentColumn" in factor) {
      kept = kept.toSpliced(factor.dependentColumn, 1);
      continue;
    }
    const difference = Float64Array.from(kept, (g) => observed[g]! - expected[g]!);
    const solved = solveFactorised(factor.lower, size, difference);
    const chiSquare = solved.reduce((sum, value, i) => sum + value * difference[i]!, 0);
    return { chiSquare, degreesOfFreedom: size };
  }
}
