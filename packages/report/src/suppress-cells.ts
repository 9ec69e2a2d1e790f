/** Cells of fewer patients than this are not printed: they could be traced to a person. */
export const smallestCell = 5;

const suppressedCell = `fewer than ${smallestCell}`;
const hiddenWithIt = "not shown";

/** A count of patients, values or rows on its own. */
export function formatCell(count: number): string {
  return count > 0 && count < smallestCell ? suppressedCell : String(count);
}

/** "29 deaths", "fewer than 5 deaths". */
export function formatDeaths(count: number): string {
  return `${formatCell(count)} deaths`;
}

/** A sentence that may begin with a small count, without it. */
export function hideLeadingCount(sentence: string): string {
  return sentence.replace(/^\d+(?= )/, (count) => formatCell(Number(count)));
}

/**
 * Counts that add up to a known whole. A single small cell could be had by subtraction: then the smallest of
 * the others is hidden with it.
 */
export function formatPartition(counts: readonly number[]): string[] {
  const isSmall = (count: number) => count > 0 && count < smallestCell;
  const cells = counts.map(formatCell);
  if (counts.filter(isSmall).length !== 1) return cells;
  const others = counts.filter((count) => count >= smallestCell);
  if (others.length === 0) return cells;
  cells[counts.indexOf(Math.min(...others))] = hiddenWithIt;
  return cells;
}
