import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Content of a study folder by file name; undefined leaves the file out. For tests. */
export type StudyFiles = Readonly<Record<string, string | Uint8Array | undefined>>;

/** Joins cells by tabs and rows by line feeds. */
export function tsv(...rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => row.join("\t")).join("\n") + "\n";
}

const meta = (entries: Readonly<Record<string, string>>) =>
  Object.entries({ cancer_study_identifier: "small", ...entries })
    .map(([key, value]) => `${key}: ${value}\n`)
    .join("");

/** A whole, sound study of three made-up patients with every modality. */
export const smallStudy = {
  "meta_study.txt": meta({ type_of_cancer: "os", name: "Small", description: "Made up" }),
  "meta_clinical_patient.txt": meta({
    genetic_alteration_type: "CLINICAL",
    datatype: "PATIENT_ATTRIBUTES",
    data_filename: "data_clinical_patient.txt",
  }),
  "meta_clinical_sample.txt": meta({
    genetic_alteration_type: "CLINICAL",
    datatype: "SAMPLE_ATTRIBUTES",
    data_filename: "data_clinical_sample.txt",
  }),
  "meta_mutations.txt": meta({
    genetic_alteration_type: "MUTATION_EXTENDED",
    datatype: "MAF",
    stable_id: "mutations",
    data_filename: "data_mutations.txt",
  }),
  "meta_cna.txt": meta({
    genetic_alteration_type: "COPY_NUMBER_ALTERATION",
    datatype: "DISCRETE",
    stable_id: "gistic",
    data_filename: "data_cna.txt",
  }),
  "meta_expression.txt": meta({
    genetic_alteration_type: "MRNA_EXPRESSION",
    datatype: "CONTINUOUS",
    stable_id: "rna_seq_mrna",
    profile_name: "mRNA expression, log2(TPM+1)",
    data_filename: "data_expression.txt",
  }),
  "data_clinical_patient.txt":
    "#Patient\tSex\tAge\tStatus\tMonths\tMetastasis\n" +
    tsv(
      ["PATIENT_ID", "SEX", "AGE", "OS_STATUS", "OS_MONTHS", "METASTATIC_AT_DIAGNOSIS"],
      ["S1", "Male", "12.5", "0:LIVING", "10", "No"],
      ["S2", "Female", "15", "1:DECEASED", "0.000", "Yes"],
      ["S3", "", "NA", "", "", ""],
    ),
  "data_clinical_sample.txt": tsv(
    ["PATIENT_ID", "SAMPLE_ID", "SAMPLE_TYPE", "EXOME_SEQUENCED"],
    ["S1", "S1-01", "Primary", "1"],
    ["S2", "S2-01", "Primary", "1"],
    ["S3", "S3-01", "Primary", "0"],
  ),
  "data_mutations.txt": tsv(
    ["Hugo_Symbol", "Entrez_Gene_Id", "Variant_Classification", "Tumor_Sample_Barcode", "Start_Position"],
    ["TP53", "7157", "Missense_Mutation", "S1-01", "7577121"],
    ["ATRX", "546", "Silent", "S1-01", "76937000"],
  ),
  "data_cna.txt": tsv(["Hugo_Symbol", "S1-01", "S2-01"], ["MYC", "2", "-1.5"], ["RB1", "NA", "-2"]),
  "data_expression.txt": tsv(
    ["Hugo_Symbol", "Entrez_Gene_Id", "S2-01", "S1-01"],
    ["RUNX2", "860", "5.25", "1e1"],
    ["TP53", "7157", "0", "NA"],
  ),
} as const satisfies StudyFiles;

/** Changes one file's text, failing where there is nothing to change. */
export function withReplaced(file: keyof typeof smallStudy, from: string, to: string): StudyFiles {
  const text: string = smallStudy[file];
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  return { ...smallStudy, [file]: text.replace(from, to) };
}

/** Writes a study to a new temporary folder for the time of `use`. */
export async function withStudy<T>(files: StudyFiles, use: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "osteon-study-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      if (content === undefined) continue;
      await mkdir(dirname(join(directory, name)), { recursive: true });
      await writeFile(join(directory, name), content);
    }
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
