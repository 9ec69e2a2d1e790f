import { geneAliasTable } from "./gene-alias-table.ts";
import { parseGeneAliases } from "./parse-gene-aliases.ts";
import { readSpreadsheetDamage } from "./spreadsheet-damage.ts";

/** Turns the names that files give genes into the names that Osteon calls them by, and keeps account of it. */
export interface GeneNames {
  /**
   * The symbol of a gene, or undefined where a spreadsheet program has made the name one that tells no gene.
   * A name that no table knows stays as it is.
   */
  resolve(name: string): string | undefined;
  /** What was changed so far, in sentences with counts of distinct names. */
  describe(): readonly string[];
}

/** GENCODE writes the copy of a gene on the Y chromosome's pseudo-autosomal region with this ending. */
const ensemblId = /^(ENS[A-Z]{0,4}G\d{11})(?:\.\d+)?(?:_PAR_Y)?$/;
const mostNamed = 10;

/**
 * Names of genes by these rules, the first that fits: a given table's line; an Ensembl id without its
 * version, by the tables; a name that a spreadsheet program made a day; HGNC's current symbol for an earlier
 * one or an alias. Rules: docs/reading-data.md.
 *
 * @param given lines that add to the built-in table or take their place, as {@link parseGeneAliases} reads them
 */
export function createGeneNames(given: ReadonlyMap<string, string> = new Map()): GeneNames {
  const builtIn = parseGeneAliases(geneAliasTable, "the built-in table");
  const renamed = new Map<string, string>();
  const withoutSymbol = new Set<string>();
  const mended = new Set<string>();
  const lost = new Set<string>();

  const resolveNew = (name: string): string | undefined => {
    const ensembl = ensemblId.exec(name)?.[1];
    const key = ensembl ?? name;
    const symbol = given.get(key) ?? builtIn.get(key);
    if (symbol !== undefined) return symbol;
    if (ensembl !== undefined) withoutSymbol.add(ensembl);
    if (ensembl !== undefined) return ensembl;
    const damage = readSpreadsheetDamage(name);
    if (damage.kind === "none") return name;
    (damage.kind === "mended" ? mended : lost).add(name);
    return damage.kind === "mended" ? damage.symbol : undefined;
  };

  return {
    resolve(name) {
      const symbol = resolveNew(name);
      if (symbol !== undefined && symbol !== name && !mended.has(name) && !withoutSymbol.has(symbol)) {
        renamed.set(name, symbol);
      }
      return symbol;
    },
    describe() {
      const notes: string[] = [];
      if (renamed.size > 0) {
        const first = [...renamed].slice(0, mostNamed).map(([name, symbol]) => `${name} as ${symbol}`);
        const more = renamed.size > mostNamed ? ` and ${renamed.size - mostNamed} more` : "";
        notes.push(`Genes were read under another name than the source's: ${first.join(", ")}${more}.`);
      }
      if (mended.size > 0) {
        notes.push(`${mended.size} names of genes that a spreadsheet program had made days were mended.`);
      }
      if (lost.size > 0) {
        notes.push(
          `${lost.size} names of genes that a spreadsheet program had made days tell no gene; their rows were left out.`,
        );
      }
      if (withoutSymbol.size > 0) {
        notes.push(
          `${withoutSymbol.size} Ensembl ids have no symbol in the tables and stay ids: drivers and gene sets do not know them.`,
        );
      }
      return notes;
    },
  };
}
