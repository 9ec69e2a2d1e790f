import { createGeneNames, parseGeneAliases } from "@osteon/cohort";
import { describe, expect, it } from "vitest";
import { readCbioportalStudy, type CbioportalOptions } from "./read-cbioportal-study.ts";
import { smallStudy, tsv, withStudy, type StudyFiles } from "./study-fixture.ts";

const read = (files: StudyFiles, options?: CbioportalOptions) =>
  withStudy(files, (directory) => readCbioportalStudy(directory, options));

const withCopyNumber = (...rows: readonly (readonly (string | number)[])[]): StudyFiles => ({
  ...smallStudy,
  "data_cna.txt": tsv(["Hugo_Symbol", "S1-01", "S2-01"], ...rows),
});

const withExpression = (...rows: readonly (readonly (string | number)[])[]): StudyFiles => ({
  ...smallStudy,
  "data_expression.txt": tsv(["Hugo_Symbol", "S1-01", "S2-01"], ...rows),
});

describe("names of genes", () => {
  it("are today's whatever the file calls them, in every table", async () => {
    const { cohort, notes } = await read({
      ...withCopyNumber(["MLL2", 2, 0], ["ENSG00000139687.16", -2, -1]),
      "data_mutations.txt": smallStudy["data_mutations.txt"].replace("TP53", "PARK2"),
      "data_expression.txt": tsv(["Hugo_Symbol", "S1-01", "S2-01"], ["2-Sep", 1, 2], ["ENSG00000999999.1", 1, 1]),
    });
    expect(cohort.copyNumber.genes).toEqual(["KMT2D", "RB1"]);
    expect(cohort.mutations.genes).toEqual(["PRKN"]);
    expect(cohort.expression.genes).toEqual(["ENSG00000999999", "SEPTIN2"]);
    expect(notes.join(" ")).toContain("PARK2 as PRKN, MLL2 as KMT2D, ENSG00000139687.16 as RB1");
    expect(notes.join(" ")).toContain("1 names of genes that a spreadsheet program had made days were mended");
    expect(notes.join(" ")).toContain("1 Ensembl ids have no symbol");
  });

  it("may be given", async () => {
    const geneNames = createGeneNames(parseGeneAliases("MYC\tMYCNEW\n", "aliases.tsv"));
    expect((await read(smallStudy, { geneNames })).cohort.copyNumber.genes).toEqual(["MYCNEW", "RB1"]);
  });

  it("that a spreadsheet program spoilt leave their rows out, and are counted", async () => {
    const { cohort, refusals } = await read({
      ...withCopyNumber(["1-Mar", 2, 2], ["MYC", 1, 1]),
      "data_mutations.txt": smallStudy["data_mutations.txt"].replace("TP53\t7157", "1-Mar\t"),
    });
    expect(cohort.copyNumber.genes).toEqual(["MYC"]);
    expect(cohort.mutations.genes).toEqual([]);
    expect(refusals.filter(({ reason }) => reason.includes("spreadsheet"))).toEqual([
      { table: "mutations", reason: "calls whose gene a spreadsheet program made a day", count: 1 },
      { table: "copy-number", reason: "genes whose name a spreadsheet program made a day", count: 1 },
    ]);
  });
});

describe("a gene in several rows", () => {
  it("has the row measured in most patients", async () => {
    const { cohort, notes } = await read(withCopyNumber(["MLL2", "NA", 2], ["KMT2D", 0, 1], ["MYC", 1, 1]));
    expect(cohort.copyNumber.genes).toEqual(["KMT2D", "MYC"]);
    expect(cohort.copyNumber.values.slice(0, 4)).toEqual(Int8Array.of(0, 1, 1, 1));
    expect(notes).toContainEqual(expect.stringMatching(/^1 rows of the copy-number table repeat 1 genes/));
  });

  it("among equals has the row of the larger values, then the first", async () => {
    const rows = [
      ["TP53", 1, 2],
      ["TP53", 3, 4],
      ["TP53", 4, 3],
    ];
    const { cohort, notes } = await read(withExpression(...rows));
    expect(cohort.expression.values.slice(0, 2)).toEqual(Float32Array.of(3, 4));
    expect(notes).toContainEqual(expect.stringMatching(/^2 rows of the expression table repeat 1 genes/));
  });

  it("is checked in all its rows", async () => {
    await expect(read(withExpression(["TP53", 1, 2], ["TP53", 1, 99]))).rejects.toMatchObject({
      code: "connectors.value-out-of-range",
    });
  });

  it("counts a mutation under either name once", async () => {
    const header = ["Hugo_Symbol", "Entrez_Gene_Id", "Variant_Classification", "Tumor_Sample_Barcode"];
    const { cohort } = await read({
      ...smallStudy,
      "data_mutations.txt": tsv(
        header,
        ["MLL2", 8085, "Missense_Mutation", "S1-01"],
        ["KMT2D", 8085, "Nonsense_Mutation", "S1-01"],
      ),
    });
    expect(cohort.mutations).toEqual({ genes: ["KMT2D"], values: Int8Array.of(1, 0, -1) });
  });
});
