/** A phrase or a name of the program as a label's value: `cannot tell yet` is `cannot_tell_yet`. */
export function wordLabel(phrase: string): string {
  return phrase
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .replaceAll(" ", "_")
    .toLowerCase();
}
