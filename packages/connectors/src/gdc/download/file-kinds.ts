/** What of a project is downloaded, and what reads it. */
export type GdcFileKind = "mutations" | "expression" | "copy-number";

interface KindOfFile {
  /** Of the GDC's data types, the one that is asked for. */
  readonly dataType: string;
  /** Ending of the names that files get here. */
  readonly extension: string;
  /**
   * Workflows in the order in which they are preferred: a project's files of one kind are of one workflow, so that
   * patients do not differ by how they were processed.
   */
  readonly workflows: readonly string[];
}

export const fileKinds: Readonly<Record<GdcFileKind, KindOfFile>> = {
  mutations: {
    dataType: "Masked Somatic Mutation",
    extension: "maf.gz",
    workflows: ["Aliquot Ensemble Somatic Variant Merging and Masking"],
  },
  expression: { dataType: "Gene Expression Quantification", extension: "tsv", workflows: ["STAR - Counts"] },
  "copy-number": {
    dataType: "Gene Level Copy Number",
    extension: "tsv",
    workflows: ["ASCAT3", "ASCAT2", "AscatNGS", "ABSOLUTE LiftOver"],
  },
};

export const gdcFileKinds = Object.keys(fileKinds) as readonly GdcFileKind[];
