import type { MatrixContract, TableContract } from "./column-contract.ts";

export type MutationColumn =
  | "Hugo_Symbol"
  | "Entrez_Gene_Id"
  | "Variant_Classification"
  | "Tumor_Sample_Barcode"
  | "Mutation_Status";

/** 1: changes the protein; 0: does not, or is not known to. */
const variantClassifications = new Map([
  ["missense_mutation", 1],
  ["nonsense_mutation", 1],
  ["nonstop_mutation", 1],
  ["frame_shift_del", 1],
  ["frame_shift_ins", 1],
  ["in_frame_del", 1],
  ["in_frame_ins", 1],
  ["splice_site", 1],
  ["translation_start_site", 1],
  ["de_novo_start_inframe", 1],
  ["de_novo_start_outofframe", 1],
  ["start_codon_snp", 1],
  ["start_codon_del", 1],
  ["start_codon_ins", 1],
  ["stop_codon_del", 1],
  ["stop_codon_ins", 1],
  ["silent", 0],
  ["intron", 0],
  ["3'utr", 0],
  ["5'utr", 0],
  ["3'flank", 0],
  ["5'flank", 0],
  ["igr", 0],
  ["rna", 0],
  ["lincrna", 0],
  ["splice_region", 0],
  ["targeted_region", 0],
  ["could_not_determine", 0],
]);

/**
 * A mutation annotation file. Gene, consequence and sample are taken; positions, alleles, read depths,
 * protein changes, normal-sample columns and dbSNP ids have no entry and so are dropped.
 * The vocabulary is that of GDC MAF 1.0.0 with the older terms that cBioPortal studies still hold.
 */
export const mutationContract: TableContract<MutationColumn> = {
  table: "mutations",
  columns: {
    Hugo_Symbol: { meaning: "Gene", role: "genomic", kind: { type: "gene" }, required: true, aliases: [] },
    // Tells a row with no symbol from a row with no gene; its value is not kept.
    Entrez_Gene_Id: {
      meaning: "Tells a call without a symbol from one outside genes",
      role: "design",
      kind: { type: "number", unit: "gene id", minimum: -1e9, maximum: 1e9 },
      required: false,
      aliases: [],
    },
    Variant_Classification: {
      meaning: "Consequence of the mutation: whether it changes the protein",
      role: "genomic",
      kind: { type: "code", codes: variantClassifications },
      required: true,
      aliases: [],
    },
    Tumor_Sample_Barcode: {
      meaning: "Id of the sample at the source",
      role: "direct-identifier",
      kind: { type: "identifier" },
      required: true,
      aliases: [],
    },
    Mutation_Status: {
      meaning: "Whether the mutation is somatic",
      role: "design",
      required: false,
      aliases: [],
      kind: {
        type: "code",
        // 1 counts as somatic, 0 is not a somatic change of this tumour.
        codes: new Map([
          ["somatic", 1],
          ["none", 1],
          ["untested", 1],
          ["somatic_vus", 1],
          ["post-transcriptional modification", 0],
          ["germline", 0],
          ["germline_vus", 0],
          ["loh", 0],
          ["wildtype", 0],
          ["redacted", 0],
        ]),
      },
    },
  },
};

export type GenePanelColumn = "SAMPLE_ID" | "mutations";

/** `data_gene_panel_matrix.txt`: which panel a sample's mutations were looked for with. */
export const genePanelContract: TableContract<GenePanelColumn> = {
  table: "gene-panels",
  columns: {
    SAMPLE_ID: {
      meaning: "Id of the sample at the source",
      role: "direct-identifier",
      kind: { type: "identifier" },
      required: true,
      aliases: [],
    },
    mutations: {
      meaning: "Gene panel that mutations were looked for with",
      role: "design",
      kind: { type: "identifier" },
      required: true,
      aliases: [],
    },
  },
};

/** Mutations as a matrix: 1 where the gene has a somatic change of its protein, 0 where it was looked at and has none. */
export const mutationMatrixContract: MatrixContract = {
  meaning: "Gene mutated: a somatic change of its protein",
  table: "mutations",
  unit: "1 mutated, 0 not",
  minimum: 0,
  maximum: 1,
  values: [0, 1],
};

/** Discrete copy number. −1.5 is cBioPortal's partial deep deletion and is read as −2, as the portal does. */
export const copyNumberContract: MatrixContract = {
  meaning: "Copies of the gene: −2 deep loss, −1 loss, 0 unaltered, 1 gain, 2 amplification",
  table: "copy-number",
  unit: "copy-number level",
  minimum: -2,
  maximum: 2,
  values: [-2, -1.5, -1, 0, 1, 2],
};

/** log2(TPM+1): 10⁶ transcripts per million, the most there can be, is 19.93. */
export const logTpmContract: MatrixContract = {
  meaning: "Expression, logarithm of transcripts per million",
  table: "expression",
  unit: "log2(TPM+1)",
  minimum: 0,
  maximum: 20,
};

/** TPM as such, turned into log2(TPM+1) while reading. */
export const tpmContract: MatrixContract = {
  meaning: "Expression, transcripts per million; read as log2(TPM+1)",
  table: "expression",
  unit: "TPM",
  minimum: 0,
  maximum: 1e6,
};

/** Counts per million reads of the library, turned into log2(CPM+1) while reading. */
export const cpmContract: MatrixContract = {
  meaning: "Expression, counts per million; read as log2(CPM+1)",
  table: "expression",
  unit: "CPM",
  minimum: 0,
  maximum: 1e6,
};

/** Standard scores against a reference; wide, because the reference may have had next to no spread. */
export const zScoreContract: MatrixContract = {
  meaning: "Expression, standard score against a reference",
  table: "expression",
  unit: "z-score",
  minimum: -10_000,
  maximum: 10_000,
};
