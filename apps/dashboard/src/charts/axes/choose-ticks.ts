import { ticks } from "./ticks.ts";

/** Round numbers over a range, and the range widened to hold all of the values. */
export function niceRange(
  values: readonly number[],
  count: number,
): { readonly domain: readonly [number, number]; readonly ticks: readonly number[] } {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return { domain: [0, 1], ticks: [0, 1] };
  const [lowest, highest] = [Math.min(...finite), Math.max(...finite)];
  const room = highest > lowest ? 0.04 * (highest - lowest) : Math.max(1e-3, 0.05 * Math.abs(highest));
  const domain = [lowest - room, highest + room] as const;
  return { domain, ticks: ticks(domain[0], domain[1], count) };
}
