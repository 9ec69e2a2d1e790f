/** A figure with two decimals, three where it is small; a dash where there is none. */
export function formatFigure(value: number | null): string {
  if (value === null) return "–";
  const decimals = Math.abs(value) >= 100 ? 0 : Math.abs(value) < 0.095 ? 3 : 2;
  const text = value.toFixed(decimals);
  // No sign on what rounds to nothing.
  return Number(text) === 0 ? "0" : text.replace("-", "−");
}

/** "0.31 to 0.62"; a dash where an end is unknown. */
export function formatRange(lower: number | null, upper: number | null): string {
  return lower === null || upper === null ? "–" : `${formatFigure(lower)} to ${formatFigure(upper)}`;
}

/** A ratio with two significant digits. */
export function formatRatio(value: number): string {
  return value >= 10 ? value.toFixed(0) : value.toPrecision(2);
}

/** A share as a percentage, its sign kept on the line by a no-break space. */
export function formatShare(share: number | null): string {
  if (share === null) return "–";
  const percent = 100 * share;
  const text = percent.toFixed(Math.abs(percent) > 0 && Math.abs(percent) < 0.95 ? 1 : 0);
  return `${text.replace("-", "−")}\u00a0%`;
}

/** 12,345 */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** "3 patients", "1 patient". */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** "a", "a and b", "a, b and c". */
export function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** A sentence from a fragment: capital first, full stop last, percentages on one line. */
export function asSentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") return "";
  const kept = trimmed.replaceAll(/(\d) %/g, "$1\u00a0%");
  return capitalise(kept) + (/[.!?]$/.test(kept) ? "" : ".");
}

/** The text with a capital first. */
export function capitalise(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
