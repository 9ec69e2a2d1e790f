import { osteonError } from "@osteon/errors";
import type { GeneSet } from "./gene-set.ts";

/**
 * Reads the gene matrix transposed format of GSEA and MSigDB: one set a line, tab-separated name,
 * description (often an address), genes. Windows line ends, a byte-order mark, blank lines and empty
 * trailing fields are taken; a gene that stands twice in a set counts once.
 *
 * Messages name the line and nothing that stands on it: a table of patients given by mistake is not quoted.
 *
 * @param fileName for messages
 * @throws features.gene-set-file with the line, features.gene-set-file-empty
 */
export function parseGmt(text: string, fileName: string): readonly GeneSet[] {
  const sets: GeneSet[] = [];
  const lineOf = new Map<string, number>();
  text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .forEach((content, index) => {
      if (content.trim() === "") return;
      const line = index + 1;
      const fail = (problem: string) => osteonError("features.gene-set-file", { file: fileName, line, problem });
      const fields = content.split("\t").map((field) => field.trim());
      if (fields.length === 1) throw fail("there is no tab in it");
      const [name = "", description = "", ...rest] = fields;
      if (name === "") throw fail("the set has no name");
      const earlier = lineOf.get(name);
      if (earlier !== undefined) throw fail(`its name stands on line ${earlier} already`);
      const genes = [...new Set(rest.filter((gene) => gene !== ""))];
      if (genes.length === 0) throw fail("the set has no genes");
      const odd = genes.find((gene) => /\s/.test(gene));
      if (odd !== undefined) throw fail("a gene of the set has a space in it");
      lineOf.set(name, line);
      sets.push({ name, description, genes });
    });
  if (sets.length === 0) throw osteonError("features.gene-set-file-empty", { file: fileName });
  return sets;
}
