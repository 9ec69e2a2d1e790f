/** A count with its noun: `1 patient`, `1,600 patients`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? singular : plural}`;
}

/** A size as a person reads it. */
export function bytesOf(bytes: number): string {
  if (bytes < 1000) return countOf(bytes, "byte");
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
