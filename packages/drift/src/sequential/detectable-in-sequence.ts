import { RandomStream, streamId } from "@osteon/numerics";
import type { ReferenceVariable } from "@osteon/contracts";
import { tiedBlockScores } from "../reference/block-scores.ts";
import { logWealth } from "./log-wealth.ts";

/** Shifts tried, in standard deviations of the reference. */
const shifts = [0.2, 0.35, 0.5, 0.65, 0.8, 1, 1.25, 1.6, 2];
const simulations = 100;
const power = 0.8;
/** Past so many patients another one changes nothing that is told here. */
const mostPatients = 1_000;

/**
 * The smallest shift that so many patients would have shown in four of five simulations, by the stake of the first
 * window; null where none would. Populations are drawn as the reference leaves them open, and shifted by tilting.
 * Equal blocks are simulated once.
 */
export function detectableInSequence(): (
  variable: Pick<ReferenceVariable, "blocks" | "cuts">,
  patients: number,
  pValue: number,
) => number | null {
  const known = new Map<string, number | null>();
  return ({ blocks, cuts }, patients, pValue) => {
    const scores = tiedBlockScores(blocks, cuts);
    const key = `${blocks.join()}|${scores.join()}|${patients}|${pValue}`;
    if (!known.has(key)) known.set(key, simulate(blocks, scores, patients, pValue));
    return known.get(key)!;
  };
}

function simulate(blocks: readonly number[], scores: Float64Array, patients: number, pValue: number): number | null {
  const counted = Math.min(patients, mostPatients);
  // Half of the stake is laid on the first window.
  const needed = Math.log(2 / pValue);
  // Nothing that so few patients could do reaches it.
  if (counted * Math.log(blocks.reduce((sum, size) => sum + size, 0)) < needed) return null;
  const isFound = (shift: number) => {
    let found = 0;
    for (let simulation = 0; simulation < simulations; simulation++) {
      const random = new RandomStream(0, streamId("drift/detectable-in-sequence"), simulation);
      const shares = drawPopulation(blocks, random).map((share, b) => share * Math.exp(shift * scores[b]!));
      if (logWealth(blocks, drawCounts(shares, counted, random), scores) >= needed) found++;
    }
    return found >= power * simulations;
  };
  let low = 0;
  let high = shifts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isFound(shifts[middle]!)) high = middle;
    else low = middle + 1;
  }
  return shifts[low] ?? null;
}

/** Shares of the blocks by Dirichlet's law: sums of exponentials over their sum. */
function drawPopulation(blocks: readonly number[], random: RandomStream): Float64Array {
  return Float64Array.from(blocks, (size) => {
    if (size > 100) return Math.max(1, size + Math.sqrt(size) * random.nextNormal());
    let gamma = 0;
    for (let k = 0; k < size; k++) gamma -= Math.log(random.nextUniform());
    return gamma;
  });
}

function drawCounts(shares: Float64Array, patients: number, random: RandomStream): Float64Array {
  const counts = new Float64Array(shares.length);
  const total = shares.reduce((sum, share) => sum + share, 0);
  for (let patient = 0; patient < patients; patient++) {
    let left = random.nextUniform() * total;
    let block = 0;
    while (block < shares.length - 1 && left >= shares[block]!) left -= shares[block++]!;
    counts[block]!++;
  }
  return counts;
}
