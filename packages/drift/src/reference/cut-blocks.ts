import type { ReferenceVariable } from "@osteon/contracts";
import { mean, RandomStream, sampleVariance, streamId } from "@osteon/numerics";

/** More blocks tell little more of a shift, and each cut point tells more of the patients. */
const mostBlocks = 10;
/** Values are rounded to a power of two that is about this part of the deviation. */
const stepsInDeviation = 16;

type BlockedVariable = Pick<ReferenceVariable, "name" | "known" | "isBinary" | "step" | "cuts" | "blocks">;

/**
 * Blocks between order statistics of the reference, equal values in a random order: whatever the population is, the
 * next patient falls into block b with chance `blocks[b]` / Σ `blocks`, and after c patients were counted with chance
 * (`blocks[b]` + c[b]) / (Σ `blocks` + Σ c), exactly. A variable of few values is cut between them.
 * Source: Wilks 1942, Tukey 1947 (statistically equivalent blocks); Vovk, Gammerman & Shafer 2005 (smoothed ranks).
 *
 * @param values one a patient, NaN where unknown
 * @param fewest patients of a block
 * @returns undefined where the known values make no two blocks
 */
export function cutBlocks(name: string, values: Float64Array, fewest: number): BlockedVariable | undefined {
  const known = values.filter((value) => !Number.isNaN(value));
  const deviation = known.length < 2 ? 0 : Math.sqrt(sampleVariance(known));
  if (!(deviation > 1e-6 * Math.max(1e-6, Math.abs(mean(known))))) return undefined;
  const step = 2 ** Math.floor(Math.log2(deviation / stepsInDeviation));
  const random = new RandomStream(0, streamId(`drift/reference-ties/${name}`));
  const places = Array.from(known, (value) => ({ value: roundTo(step, value), tie: random.nextUniform() })).sort(
    (a, b) => a.value - b.value || a.tie - b.tie,
  );
  const ranks = chooseRanks(
    places.map(({ value }) => value),
    fewest,
  );
  if (ranks.length === 0) return undefined;
  return {
    name,
    known: known.length,
    isBinary: known.every((value) => value === 0 || value === 1),
    step,
    cuts: ranks.map((rank) => places[rank - 1]!),
    blocks: [...ranks, known.length + 1].map((rank, b) => rank - (ranks[b - 1] ?? 0)),
  };
}

/** The block of a value, −1 where it is unknown. @param tie uniform on 0 to 1, the same whenever the patient is read */
export function placeInBlock({ step, cuts }: BlockedVariable, value: number, tie: number): number {
  if (Number.isNaN(value)) return -1;
  const rounded = roundTo(step, value);
  const above = cuts.findIndex((cut) => rounded < cut.value || (rounded === cut.value && tie <= cut.tie));
  return above < 0 ? cuts.length : above;
}

function roundTo(step: number, value: number): number {
  // No −0, which JSON gives back as 0.
  return Math.round(value / step) * step + 0;
}

/** Ranks, from 1 on, of the patients whose values are the cut points. */
function chooseRanks(sorted: readonly number[], fewest: number): number[] {
  const n = sorted.length;
  const runEnds = sorted.flatMap((value, k) => (value === sorted[k + 1] ? [] : [k + 1]));
  const blocks = Math.min(mostBlocks, Math.floor(n / fewest));
  const wanted =
    runEnds.length <= mostBlocks
      ? runEnds
      : Array.from({ length: blocks }, (_, b) => Math.round(((b + 1) * n) / blocks));
  const ranks: number[] = [];
  for (const rank of wanted) {
    if (rank - (ranks.at(-1) ?? 0) >= fewest && n - rank >= fewest) ranks.push(rank);
  }
  return ranks;
}
