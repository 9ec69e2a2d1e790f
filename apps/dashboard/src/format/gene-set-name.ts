import { asWords } from "./format.ts";

/** How the field writes what names of gene sets have in capitals throughout. */
const spellings: ReadonlyMap<string, string> = new Map(
  (
    "AKT DNA E2F EWS G2M IL2 IL6 JAK KRAS MAPK MYC NFKB PI3K RANK RB1 STAT3 STAT5 TGF TNFA UV " +
    "mTOR mTORC1 p53 Hedgehog Notch Wnt"
  )
    .split(" ")
    .map((word) => [word.toLowerCase(), word]),
);

/**
 * Names of gene sets as they are read: `HALLMARK_IL6_JAK_STAT3_SIGNALING` as `IL6 JAK STAT3 signaling`. The name of
 * the collection is left out where all sets have the same.
 */
export function readGeneSetNames(names: readonly string[]): ReadonlyMap<string, string> {
  const collections = new Set(names.map((name) => name.slice(0, name.indexOf("_") + 1)));
  const [collection] = collections;
  const isCommon = names.length > 1 && collections.size === 1;
  return new Map(names.map((name) => [name, spell(isCommon ? name.slice(collection!.length) : name)]));
}

function spell(name: string): string {
  return asWords(name)
    .split(" ")
    .map((word) => spellings.get(word.toLowerCase()) ?? (/^(?:t|b|nk)$/.test(word) ? word.toUpperCase() : word))
    .join(" ");
}
