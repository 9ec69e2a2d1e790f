import type { ReferenceVariable } from "@osteon/contracts";
import { RandomStream, sampleVariance, streamId } from "@osteon/numerics";

/** More blocks tell little more of a shift, and each cut point tells more of the patients. */
const mostBlocks = 10;
/** Values are rounded to a power of two that is about this part of the deviation. */
const stepsInDeviation = 16;

type BlockedVariable = Pick<ReferenceVariable, "name" | "known" | "step" | "cuts" | "blocks" | "categories">;

/**
 * Blocks between order statistics of the reference, equal values in a random order: whatever the population is, the
 * next patient falls into block b with chance `blocks[b]` / Σ `blocks`, and after c patients were counted with chance
 * (`blocks[b]` + c[b]) / (Σ `blocks` + Σ c), exactly, as the ranks were chosen without regard to the values.
 * Source: Wilks 1942, Tukey 1947 (statistically equivalent blocks); Vovk, Gammerman & Shafer 2005 (smoothed ranks).
 *
 * @param values one a patient, NaN where unknown
 * @param options.fewest patients of a block or category
 * @param options.seed of the order of equal values
 * @returns undefined where too few are known
 */
export function cutBlocks(
  name: string,
  values: Float64Array,
  { fewest, seed }: { readonly fewest: number; readonly seed: number },
): BlockedVariable | undefined {
  const known = values.filter((value) => !Number.isNaN(value));
  const blocks = Math.min(mostBlocks, Math.floor(known.length / fewest));
  if (blocks < 2) return undefined;
  const deviation = Math.sqrt(sampleVariance(known));
  const step = deviation > 1e-9 ? 2 ** Math.floor(Math.log2(deviation / stepsInDeviation)) : 1;
  const sorted = known.map((value) => roundTo(step, value)).sort();
  const ranks = Array.from({ length: blocks - 1 }, (_, b) => Math.round(((b + 1) * known.length) / blocks));
  return {
    name,
    known: known.length,
    step,
    cuts: cutAt(ranks, sorted, new RandomStream(seed, streamId(`drift/reference-ties/${name}`))),
    blocks: [...ranks, known.length + 1].map((rank, b) => rank - (ranks[b - 1] ?? 0)),
    categories: categorise(sorted, fewest),
  };
}

/** The values at these ranks, from 1 on; of equal ones each has a random place among them. */
function cutAt(ranks: readonly number[], sorted: Float64Array, random: RandomStream): BlockedVariable["cuts"] {
  let run = { first: 0, ties: new Float64Array() };
  return ranks.map((rank) => {
    const value = sorted[rank - 1]!;
    const first = sorted.indexOf(value);
    if (first !== run.first || run.ties.length === 0) {
      const equal = sorted.lastIndexOf(value) - first + 1;
      run = { first, ties: Float64Array.from({ length: equal }, () => random.nextUniform()).sort() };
    }
    return { value, tie: run.ties[rank - 1 - first]! };
  });
}

/** The block of a value, −1 where it is unknown. @param tie uniform on 0 to 1, the same whenever the patient is read */
export function placeInBlock({ step, cuts }: BlockedVariable, value: number, tie: number): number {
  if (Number.isNaN(value)) return -1;
  const rounded = roundTo(step, value);
  const block = cuts.findIndex((cut) => rounded < cut.value || (rounded === cut.value && tie <= cut.tie));
  return block < 0 ? cuts.length : block;
}

/** The category of a value, −1 where it is unknown. */
export function placeInCategory({ step, categories }: BlockedVariable, value: number): number {
  if (Number.isNaN(value) || categories === null) return -1;
  const category = categories.upTo.findIndex((limit) => roundTo(step, value) <= limit);
  return category < 0 ? categories.upTo.length : category;
}

function roundTo(step: number, value: number): number {
  // No −0, which JSON gives back as 0.
  return Math.round(value / step) * step + 0;
}

function categorise(sorted: Float64Array, fewest: number): BlockedVariable["categories"] {
  const n = sorted.length;
  const ends: number[] = [];
  for (let k = 0; k < n && ends.length <= mostBlocks; k++) if (sorted[k] !== sorted[k + 1]) ends.push(k + 1);
  if (ends.length > mostBlocks) return null;
  const ranks: number[] = [];
  for (const rank of ends) {
    if (rank - (ranks.at(-1) ?? 0) >= fewest && n - rank >= fewest) ranks.push(rank);
  }
  if (ranks.length === 0) return null;
  return {
    isBinary: sorted[0] === 0 && sorted[n - 1] === 1 && ends.length === 2,
    upTo: ranks.map((rank) => sorted[rank - 1]!),
    patients: [...ranks, n].map((rank, k) => rank - (ranks[k - 1] ?? 0)),
  };
}
