import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { geneAliasTable } from "./gene-alias-table.ts";
import { createGeneNames } from "./gene-names.ts";
import { parseGeneAliases } from "./parse-gene-aliases.ts";

const builtIn = parseGeneAliases(geneAliasTable, "table");

describe("the built-in table", () => {
  it("has a few hundred lines, none of which leads to another", () => {
    expect(builtIn.size).toBeGreaterThan(250);
    expect([...builtIn.values()].filter((symbol) => builtIn.has(symbol))).toEqual([]);
    expect([...builtIn].filter(([name, symbol]) => name === symbol)).toEqual([]);
  });

  it("leads two Ensembl ids to two genes", () => {
    const ids = [...builtIn].filter(([name]) => name.startsWith("ENSG"));
    expect(new Set(ids.map(([, symbol]) => symbol)).size).toBe(ids.length);
    expect(ids.every(([name]) => /^ENSG\d{11}$/.test(name))).toBe(true);
  });
});

describe("resolve", () => {
  it.each([
    ["TP53", "TP53"],
    ["MLL2", "KMT2D"],
    ["PARK2", "PRKN"],
    ["FAM123B", "AMER1"],
    ["C11orf30", "EMSY"],
    ["ENSG00000141510", "TP53"],
    ["ENSG00000141510.18", "TP53"],
    ["ENSG00000141510.18_PAR_Y", "TP53"],
    ["ENSG00000999999.3", "ENSG00000999999"],
    ["ENSMUSG00000059552.14", "ENSMUSG00000059552"],
    ["AL031847.2", "AL031847.2"],
    ["NKX2-1", "NKX2-1"],
    ["2-Sep", "SEPTIN2"],
    ["Sep-02", "SEPTIN2"],
    ["15-SEP", "SELENOF"],
    ["3-Mar", "MARCHF3"],
    ["Dec-01", "DELEC1"],
    ["1-Mar", undefined],
    ["Mar-02", undefined],
    ["4-Oct", undefined],
    ["13-Sep", undefined],
  ])("%s is %s", (name, symbol) => expect(createGeneNames().resolve(name)).toBe(symbol));

  it("follows the given table before the built-in one", () => {
    const names = createGeneNames(
      parseGeneAliases("MLL2 -\nMYOLD\tMYNEW\nENSG00000999999 NEWGENE\n1-Mar MARCHF1\n", "f"),
    );
    expect(["MLL2", "MLL3", "MYOLD", "ENSG00000999999.1", "1-Mar"].map((name) => names.resolve(name))).toEqual([
      "MLL2",
      "KMT2C",
      "MYNEW",
      "NEWGENE",
      "MARCHF1",
    ]);
  });

  it("gives what it gave when asked for what it gave", () => {
    const names = createGeneNames();
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...builtIn.keys()), fc.stringMatching(/^[A-Z0-9][\w.-]{0,12}$/)), (name) => {
        const symbol = names.resolve(name);
        return symbol === undefined || names.resolve(symbol) === symbol;
      }),
    );
  });
});

describe("describe", () => {
  it("says nothing of names that stay", () => {
    const names = createGeneNames();
    names.resolve("TP53");
    expect(names.describe()).toEqual([]);
  });

  it("counts a name once, and tells names of the tables only", () => {
    const names = createGeneNames();
    for (const name of ["MLL2", "MLL2", "2-Sep", "1-Mar", "ENSG00000999999.4", "ENSG00000999999.5"])
      names.resolve(name);
    expect(names.describe()).toEqual([
      "Genes were read under another name than the source's: MLL2 as KMT2D.",
      "1 names of genes that a spreadsheet program had made days were mended.",
      "1 names of genes that a spreadsheet program had made days tell no gene; their rows were left out.",
      "1 Ensembl ids have no symbol in the tables and stay ids: drivers and gene sets do not know them.",
    ]);
  });

  it("names ten at most", () => {
    const names = createGeneNames();
    for (const name of [...builtIn.keys()].slice(0, 12)) names.resolve(name);
    expect(names.describe()[0]).toMatch(/ and 2 more\.$/);
  });
});

describe("parseGeneAliases", () => {
  it("takes tabs, spaces, comments and Windows line ends", () => {
    expect(parseGeneAliases("# old\r\nA  B # why\r\n\r\nC\tD\r\n", "f")).toEqual(
      new Map([
        ["A", "B"],
        ["C", "D"],
      ]),
    );
  });

  it.each([
    ["A\n", "cohort.gene-alias-malformed", /^f\.tsv, line 1/],
    ["A B C\n", "cohort.gene-alias-malformed", /^f\.tsv, line 1/],
    ["A B\nC =x\n", "cohort.gene-alias-malformed", /^f\.tsv, line 2/],
    ["A B\n\nA C\n", "cohort.gene-alias-twice", /^f\.tsv, line 3.*line 1/],
  ])("refuses %j", (text, code, message) => {
    const parse = () => parseGeneAliases(text, "f.tsv");
    expect(parse).toThrow(expect.objectContaining({ code }));
    expect(parse).toThrow(message);
  });
});
