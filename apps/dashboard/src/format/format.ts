const dash = "–";

export function formatNumber(value: number | null, digits = 2): string {
  if (value === null || !Number.isFinite(value)) return dash;
  // What rounds to nothing has no sign.
  return value
    .toFixed(digits)
    .replace(/^-(?=0(?:\.0*)?$)/, "")
    .replace("-", "−");
}

export function formatCount(value: number): string {
  return value.toLocaleString("en-GB");
}

export function formatShare(value: number): string {
  const percent = 100 * value;
  return `${percent > 0 && percent < 1 ? "<1" : Math.round(percent)} %`;
}

export function formatBytes(bytes: number): string {
  return bytes < 1_000_000 ? `${formatCount(Math.ceil(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function formatInterval(interval: { value: number; lower: number; upper: number } | null): string {
  return interval === null
    ? "not informative"
    : `${formatNumber(interval.value)} (${formatNumber(interval.lower)} to ${formatNumber(interval.upper)})`;
}

/** A duration of milliseconds in the unit that people read it in. */
export function formatDuration(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const timeFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

export const formatDay = (iso: string): string => dayFormat.format(new Date(iso));
export const formatTime = (iso: string): string => timeFormat.format(new Date(iso));

export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** Names of gene sets and codes as words: `HALLMARK_HYPOXIA` as `Hallmark hypoxia`. */
export function asWords(name: string): string {
  const words = name.replaceAll(/[_-]+/g, " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
