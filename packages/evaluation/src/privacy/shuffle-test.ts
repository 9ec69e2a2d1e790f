import type { RandomStream } from "@osteon/numerics";

/** How far a statistic of two groups lies from what random labels give. */
export interface ShuffleTest {
  /** One-sided: the share of random labellings, this one among them, that reach the statistic. */
  readonly pValue: number;
  /** Where 95 % of random labellings lie. */
  readonly nullRange: readonly [number, number];
}

/** The smallest p-value is 1 in 2,000: enough for Holm's correction over a dozen attacks. */
const shuffles = 1999;

/**
 * Tests a statistic of members against others by shuffling who is which: exact at any n and with any ties,
 * since patients split at random are exchangeable to a file that knows nothing of the split.
 * Source: Phipson and Smyth 2010 (p-values never 0).
 *
 * @param compute the statistic from the places (0 … patients − 1) taken for members, larger being worse
 * @param members the first places, as they really are
 */
export function shuffleTest(
  members: number,
  patients: number,
  random: RandomStream,
  compute: (isMember: Uint8Array) => number,
): ShuffleTest {
  const isMember = new Uint8Array(patients).fill(1, 0, members);
  const observed = compute(isMember);
  const values = Float64Array.from({ length: shuffles }, () => {
    isMember.fill(0);
    const order = random.permutation(patients);
    for (let k = 0; k < members; k++) isMember[order[k]!] = 1;
    return compute(isMember);
  }).sort();
  // What differs in the last digits only is a tie: sums in another order.
  const reached = values.filter((value) => value >= observed - 1e-9).length;
  return {
    pValue: (reached + 1) / (shuffles + 1),
    nullRange: [values[Math.floor(0.025 * shuffles)]!, values[Math.floor(0.975 * shuffles)]!],
  };
}

/** Difference of the mean value, members less others: the statistic of most attacks. */
export function meanDifference(values: ArrayLike<number>, members: number): (isMember: Uint8Array) => number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return (isMember) => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) if (isMember[i] === 1) sum += values[i]!;
    return sum / members - (total - sum) / (values.length - members);
  };
}
