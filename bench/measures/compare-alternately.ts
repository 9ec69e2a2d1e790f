/** Medians over the repeats, of one unit of the work. */
interface Cost {
  readonly microseconds: number;
  /** Of this thread alone. */
  readonly processorMicroseconds: number;
}

export interface Comparison {
  readonly one: Cost;
  readonly other: Cost;
  /** Median of the ratios of neighbouring repeats: how many times as long the one takes. */
  readonly ratio: number;
}

/** Does two works in turns, so that whatever else the machine does weighs on both. */
export async function compareAlternately(
  one: () => Promise<unknown>,
  other: () => Promise<unknown>,
  { repeats, units }: { readonly repeats: number; readonly units: number },
): Promise<Comparison> {
  const costs = { one: [] as Cost[], other: [] as Cost[] };
  for (let repeat = -Math.ceil(repeats / 4); repeat < repeats; repeat++) {
    const pair = { one: await costOf(one, units), other: await costOf(other, units) };
    // The first make the compiler see the code.
    if (repeat < 0) continue;
    costs.one.push(pair.one);
    costs.other.push(pair.other);
  }
  const summarise = (all: readonly Cost[]): Cost => ({
    microseconds: median(all.map(({ microseconds }) => microseconds)),
    processorMicroseconds: median(all.map(({ processorMicroseconds }) => processorMicroseconds)),
  });
  return {
    one: summarise(costs.one),
    other: summarise(costs.other),
    ratio: median(costs.one.map(({ microseconds }, k) => microseconds / costs.other[k]!.microseconds)),
  };
}

async function costOf(work: () => Promise<unknown>, units: number): Promise<Cost> {
  const before = process.threadCpuUsage();
  const began = performance.now();
  await work();
  const microseconds = ((performance.now() - began) * 1000) / units;
  const { user, system } = process.threadCpuUsage(before);
  return { microseconds, processorMicroseconds: (user + system) / units };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
