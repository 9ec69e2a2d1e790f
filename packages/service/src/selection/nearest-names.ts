/** Edits beyond which a name is another one and not a slip of the pen. */
const mostEdits = 2;

/**
 * The names that somebody may have meant, nearest first: those of at most two insertions, deletions or replacements
 * (Levenshtein), in whatever case.
 */
export function nearestNames(written: string, names: readonly string[], most: number): readonly string[] {
  const sought = written.toUpperCase();
  return names
    .map((name) => ({ name, edits: editsBetween(sought, name.toUpperCase()) }))
    .filter(({ edits }) => edits <= mostEdits)
    .sort((a, b) => a.edits - b.edits || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/** Levenshtein's distance, or more than {@link mostEdits} where it is more. */
function editsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > mostEdits) return mostEdits + 1;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    if (Math.min(...next) > mostEdits) return mostEdits + 1;
    row = next;
  }
  return row[b.length]!;
}
