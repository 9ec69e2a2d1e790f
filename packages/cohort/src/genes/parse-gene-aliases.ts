import { osteonError } from "@osteon/errors";

const symbolPattern = /^[A-Za-z0-9][\w./@|:()'*+-]{0,99}$/;

/**
 * Reads a table of gene names: two names a line, the one that files use and the symbol to call the gene by,
 * separated by a tab or spaces. `-` for the symbol keeps a name as it is, whatever the built-in table says.
 * Empty lines and what follows a # are passed over. Ensembl ids stand without their version.
 *
 * @param file name for the error messages
 * @throws cohort.gene-alias-malformed, .gene-alias-twice naming the line
 * @example parseGeneAliases("MLL2\tKMT2D\n", "aliases.tsv").get("MLL2"); // "KMT2D"
 */
export function parseGeneAliases(text: string, file: string): ReadonlyMap<string, string> {
  const symbols = new Map<string, string>();
  const lines = new Map<string, number>();
  text.split(/\r?\n/).forEach((line, index) => {
    const names = line.replace(/#.*$/, "").trim().split(/\s+/);
    if (names.length === 1 && names[0] === "") return;
    const place = { file, line: index + 1 };
    const [name, symbol] = names;
    if (names.length !== 2 || !symbolPattern.test(name!) || !(symbol === "-" || symbolPattern.test(symbol!))) {
      throw osteonError("cohort.gene-alias-malformed", place);
    }
    const first = lines.get(name!);
    if (first !== undefined) throw osteonError("cohort.gene-alias-twice", { ...place, first });
    lines.set(name!, index + 1);
    symbols.set(name!, symbol === "-" ? name! : symbol!);
  });
  return symbols;
}
