/** Names of columns as people write them: `Gene symbol` and `GENE_SYMBOL` are one. */
export function normalise(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_");
}
