import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";

/*
 * A made-up project in the shapes in which the GDC gives them: answers of its API, mutation annotation files,
 * STAR counts, gene-level copy number. Every value is invented.
 */

/** A sample of a made-up patient; a part that is left out was not measured. */
interface MadeUpSample {
  /** Sample code and vial, such as `01A`. */
  readonly code: string;
  readonly type?: string;
  /** Gene and Variant_Classification of each call. */
  readonly calls?: readonly (readonly [gene: string, classification: string])[];
  /** One number a gene of the project. */
  readonly tpm?: readonly number[];
  readonly counts?: readonly number[];
  /** One total copy number a gene of the project; undefined is empty. */
  readonly copies?: readonly (number | undefined)[];
}

export interface MadeUpPatient {
  readonly id: string;
  /** As the API gives it, but for id and samples. */
  readonly clinical: Readonly<Record<string, unknown>>;
  readonly samples: readonly MadeUpSample[];
}

export interface MadeUpGene {
  /** With its version. */
  readonly ensembl: string;
  readonly symbol: string;
  readonly type?: string;
  readonly chromosome?: string;
}

export interface MadeUpFile {
  readonly id: string;
  readonly content: Buffer;
  /** As `/files` lists it. */
  readonly hit: Readonly<Record<string, unknown>>;
}

export interface MadeUpProject {
  readonly id: string;
  readonly cases: readonly Readonly<Record<string, unknown>>[];
  readonly files: readonly MadeUpFile[];
}

/** Joins cells by tabs and rows by line feeds. */
export function tsv(...rows: readonly (readonly (string | number | undefined)[])[]): string {
  return rows.map((row) => row.map((cell) => cell ?? "").join("\t")).join("\n") + "\n";
}

/** What the files of a made-up project say, for tests that change one. */
export interface ContentMakers {
  readonly maf: (patient: MadeUpPatient, sample: MadeUpSample) => string;
  readonly starCounts: (sample: MadeUpSample, genes: readonly MadeUpGene[]) => string;
  readonly copyNumber: (sample: MadeUpSample, genes: readonly MadeUpGene[]) => string;
}

export const mafColumns = [
  "Hugo_Symbol",
  "Entrez_Gene_Id",
  "Center",
  "Chromosome",
  "Start_Position",
  "Variant_Classification",
  "Reference_Allele",
  "Tumor_Seq_Allele2",
  "dbSNP_RS",
  "Tumor_Sample_Barcode",
  "Matched_Norm_Sample_Barcode",
  "HGVSp_Short",
  "t_depth",
  "Mutation_Status",
  "case_id",
] as const;

export const madeUpContents: ContentMakers = {
  maf: ({ id }, { code, calls = [] }) =>
    "#version gdc-1.0.0\n#filedate 20240101\n" +
    tsv(
      mafColumns,
      ...calls.map(([gene, classification]) => [
        gene,
        7157,
        "BI",
        "chr17",
        7577121,
        classification,
        "G",
        "A",
        "rs28934578",
        `${id}-${code}-01D`,
        `${id}-10A-01D`,
        "p.R248W",
        80,
        "Somatic",
        "1f5f3d4e-0000-4000-8000-000000000000",
      ]),
    ),
  starCounts: ({ tpm = [], counts = [] }, genes) =>
    "# gene-model: GENCODE v36\n" +
    tsv(
      ["gene_id", "gene_name", "gene_type", "unstranded", "stranded_first", "stranded_second", "tpm_unstranded"],
      ["N_unmapped", "", "", 4850100, 4850100, 4850100, ""],
      ["N_multimapping", "", "", 8308196, 8308196, 8308196, ""],
      ["N_noFeature", "", "", 2173748, 36760327, 37016824, ""],
      ["N_ambiguous", "", "", 7782266, 1870982, 1859643, ""],
      ...genes.map(({ ensembl, symbol, type = "protein_coding" }, g) => [
        ensembl,
        symbol,
        type,
        counts[g] ?? 0,
        0,
        0,
        (tpm[g] ?? 0).toFixed(4),
      ]),
    ),
  copyNumber: ({ copies = [] }, genes) =>
    tsv(
      ["gene_id", "gene_name", "chromosome", "start", "end", "copy_number", "min_copy_number", "max_copy_number"],
      ...genes.map(({ ensembl, symbol, chromosome = "chr1" }, g) => [
        ensembl,
        symbol,
        chromosome,
        1000 * g,
        1000 * g + 900,
        copies[g],
        copies[g],
        copies[g],
      ]),
    ),
};

const dataTypes = {
  maf: { data_type: "Masked Somatic Mutation", workflow: "Aliquot Ensemble Somatic Variant Merging and Masking" },
  starCounts: { data_type: "Gene Expression Quantification", workflow: "STAR - Counts" },
  copyNumber: { data_type: "Gene Level Copy Number", workflow: "ASCAT3" },
} as const;

/** A UUID by number. */
function idOf(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
}

/** A file as the project lists it, open unless `more` says otherwise. */
export function madeUpFile(
  number: number,
  kind: keyof typeof dataTypes,
  aliquots: readonly (readonly [sample: string, aliquot: string])[],
  content: Buffer,
  more: Readonly<Record<string, unknown>> = {},
): MadeUpFile {
  const { data_type, workflow } = dataTypes[kind];
  const id = idOf(number);
  const samples = aliquots.map(([sample, aliquot]) => ({
    submitter_id: sample,
    sample_type: "KANARIENVOGEL",
    portions: [{ analytes: [{ aliquots: [{ submitter_id: aliquot }] }] }],
  }));
  const hit = {
    id,
    file_id: id,
    file_name: `../../KANARIENVOGEL-${id}`,
    access: "open",
    data_type,
    md5sum: createHash("md5").update(content).digest("hex"),
    file_size: content.length,
    state: "released",
    analysis: { workflow_type: workflow },
    cases: [{ samples }],
    ...more,
  };
  return { id, content, hit };
}

/** Makes a project's cases and files. */
export function madeUpProject(
  patients: readonly MadeUpPatient[],
  genes: readonly MadeUpGene[],
  contents: Partial<ContentMakers> = {},
): MadeUpProject {
  const make = { ...madeUpContents, ...contents };
  const cases = patients.map(({ id, clinical, samples }) => ({
    id: idOf(0),
    case_id: idOf(0),
    submitter_id: id,
    created_datetime: "2017-03-04T00:00:00-06:00",
    primary_site: "KANARIENVOGEL",
    ...clinical,
    samples: samples.map(({ code, type }) => ({
      submitter_id: `${id}-${code}`,
      sample_type: type ?? "Primary Tumor",
      composition: "KANARIENVOGEL",
    })),
  }));
  const files: MadeUpFile[] = [];
  for (const patient of patients) {
    for (const sample of patient.samples) {
      const name = `${patient.id}-${sample.code}`;
      const add = (
        kind: keyof typeof dataTypes,
        aliquots: readonly (readonly [sample: string, aliquot: string])[],
        content: Buffer,
      ) => files.push(madeUpFile(files.length + 1, kind, aliquots, content));
      const normal = [`${patient.id}-10A`, `${patient.id}-10A-01D`] as const;
      if (sample.calls) add("maf", [[name, `${name}-01D`], normal], gzipSync(make.maf(patient, sample)));
      if (sample.tpm ?? sample.counts)
        add("starCounts", [[name, `${name}-01R`]], Buffer.from(make.starCounts(sample, genes)));
      if (sample.copies) add("copyNumber", [[name, `${name}-01D`]], Buffer.from(make.copyNumber(sample, genes)));
    }
  }
  return { id: "TARGET-OS", cases, files };
}

const genes: readonly MadeUpGene[] = [
  { ensembl: "ENSG00000141510.18", symbol: "TP53" },
  { ensembl: "ENSG00000139687.15", symbol: "RB1" },
  { ensembl: "ENSG00000136997.21", symbol: "MYC" },
  { ensembl: "ENSG00000182185.19", symbol: "RAD51B" },
  { ensembl: "ENSG00000185960.14", symbol: "SHOX", chromosome: "chrX" },
  { ensembl: "ENSG00000185960.14_PAR_Y", symbol: "SHOX", chromosome: "chrY" },
  { ensembl: "ENSG00000251562.8", symbol: "MALAT1", type: "lncRNA" },
];

/** Genes of {@link smallProject}. */
export const smallGenes = genes;

const clinicalOf = (parts: {
  readonly dead: boolean;
  readonly days: number;
  readonly ageDays: number;
  readonly sex: string;
}) => ({
  demographic: {
    sex_at_birth: parts.sex,
    race: "KANARIENVOGEL",
    vital_status: parts.dead ? "Dead" : "Alive",
    days_to_death: parts.dead ? parts.days : null,
  },
  diagnoses: [
    {
      age_at_diagnosis: parts.ageDays,
      days_to_diagnosis: 0,
      classification_of_tumor: "primary",
      diagnosis_is_primary_disease: true,
      morphology: "9180/3",
    },
  ],
  ...(!parts.dead && { follow_ups: [{ days_to_follow_up: parts.days }, { days_to_follow_up: 12 }] }),
});

/** Four made-up patients: one with everything, one with a relapse beside, one without calls, one never measured. */
export const smallPatients: readonly MadeUpPatient[] = [
  {
    id: "TARGET-40-AAAAAA",
    clinical: clinicalOf({ dead: false, days: 1000, ageDays: 4383, sex: "male" }),
    samples: [
      {
        code: "01A",
        calls: [
          ["TP53", "Missense_Mutation"],
          ["RB1", "Silent"],
        ],
        tpm: [3, 1, 7, 0, 15, 0, 31],
        counts: [10, 20, 30, 40, 0, 0, 100],
        copies: [2, 0, 4, 3, 1, 1, 2],
      },
      { code: "10A", type: "Blood Derived Normal" },
    ],
  },
  {
    id: "TARGET-40-BBBBBB",
    clinical: clinicalOf({ dead: true, days: 300, ageDays: 5479, sex: "female" }),
    samples: [
      { code: "02A", type: "Recurrent Tumor", calls: [["MYC", "Missense_Mutation"]], tpm: [9, 9, 9, 9, 9, 9, 9] },
      { code: "01A", calls: [["RB1", "Frame_Shift_Del"]], tpm: [1, 3, 0, 1, 1, 0, 0], copies: [3, 3, 9, 2, 3, 3, 3] },
    ],
  },
  {
    id: "TARGET-40-CCCCCC",
    clinical: clinicalOf({ dead: false, days: 2000, ageDays: 3653, sex: "male" }),
    samples: [{ code: "01A", calls: [] }],
  },
  { id: "TARGET-40-DDDDDD", clinical: { demographic: { vital_status: "Unknown" } }, samples: [] },
];

export function smallProject(contents: Partial<ContentMakers> = {}): MadeUpProject {
  return madeUpProject(smallPatients, genes, contents);
}
