import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { osteosarcomaGeneSets } from "@osteon/features";

/*
 * A made-up study in which everything that could identify somebody carries one of a few marks, so that a
 * search for the marks is a search for every patient's every identifier.
 */

/** Marks by what carries them. */
export const marks = {
  "patient and sample ids": "KNRVGL",
  "names, notes, addresses, barcodes, file names": "KANARIENVOGEL",
  "social security numbers": "731-07-",
  "telephone numbers": "617-555-01",
  dates: "1987-03-",
  "e-mail addresses": "@vogel.example",
  "genomic positions": "769370415",
  "exact ages, as text": ".57721566",
} as const;

export interface CanaryStudy {
  readonly directory: string;
  readonly patientIds: readonly string[];
  /** Before they were rounded. */
  readonly exactAges: readonly number[];
}

export interface CanaryStudyOptions {
  readonly patients?: number;
  /** Changes the values of the patients from this one on. */
  readonly alteredFrom?: number;
}

/** Writes the study into a new folder below `parent`. */
export function writeCanaryStudy(parent: string, options: CanaryStudyOptions = {}): CanaryStudy {
  const { patients = 48, alteredFrom = patients } = options;
  const directory = join(parent, "study of KANARIENVOGEL");
  const numbers = Array.from({ length: patients }, (_, i) => i + 1);
  const patientIds = numbers.map((n) => `KNRVGL-${String(n).padStart(4, "0")}`);
  const sampleIds = patientIds.map((id) => `${id}-TUMOUR`);
  const draws = numbers.map((n) => drawPatient(n <= alteredFrom ? n : n + 5000));
  const genes = [...new Set(osteosarcomaGeneSets.flatMap((set) => set.genes))].slice(0, 60);

  const files: Record<string, string> = {
    "meta_study.txt": meta({ name: "KANARIENVOGEL", description: "KANARIENVOGEL", type_of_cancer: "os" }),
    "meta_clinical_patient.txt": metaOf("CLINICAL", "PATIENT_ATTRIBUTES", "data_clinical_patient.txt"),
    "meta_clinical_sample.txt": metaOf("CLINICAL", "SAMPLE_ATTRIBUTES", "data_clinical_sample.txt"),
    "meta_mutations.txt": metaOf("MUTATION_EXTENDED", "MAF", "data_mutations.txt", "mutations"),
    "meta_cna.txt": metaOf("COPY_NUMBER_ALTERATION", "DISCRETE", "data_cna.txt", "gistic"),
    "meta_expression.txt":
      metaOf("MRNA_EXPRESSION", "CONTINUOUS", "data_KANARIENVOGEL.txt", "rna_KANARIENVOGEL") +
      "profile_name: expression, log2(TPM+1), KANARIENVOGEL\n",
    "case_lists/cases.txt": `stable_id: vogel_sequenced\ncase_list_name: KANARIENVOGEL\ncase_list_ids: ${sampleIds.join("\t")}\n`,
    "data_clinical_patient.txt":
      "#KANARIENVOGEL\n" +
      table(
        [
          ["PATIENT_ID", "MRN", "SSN", "PATIENT_NAME", "EMAIL", "PHONE", "DATE_OF_BIRTH", "STREET_ADDRESS", "NOTES"],
          ["SEX", "AGE", "OS_STATUS", "OS_MONTHS", "METASTATIC_AT_DIAGNOSIS", "PERCENT_NECROSIS"],
        ].flat(),
        numbers.map((n, i) => [
          patientIds[i]!,
          `MRN KANARIENVOGEL${n}`,
          `731-07-${1000 + n}`,
          `Kanarienvogel KANARIENVOGEL, Anna ${n}`,
          `anna${n}@vogel.example`,
          `617-555-01${10 + (n % 90)}`,
          `1987-03-${String(1 + (n % 28)).padStart(2, "0")}`,
          `${n} KANARIENVOGEL Street`,
          `KANARIENVOGEL seen 1987-03-11 by Dr. Kanarienvogel`,
          n % 2 ? "Male" : "Female",
          `${draws[i]!.age}`,
          draws[i]!.died ? "1:DECEASED" : "0:LIVING",
          draws[i]!.months.toFixed(3),
          draws[i]!.metastatic ? "Yes" : "No",
          draws[i]!.necrosis.toFixed(0),
        ]),
      ),
    "data_clinical_sample.txt": table(
      [
        "PATIENT_ID",
        "SAMPLE_ID",
        "SAMPLE_TYPE",
        "EXOME_SEQUENCED",
        "BATCH",
        "COMMENT",
        "COLLECTION_DATE",
        "SCANNER_IP",
      ],
      numbers.map((n, i) => [
        patientIds[i]!,
        sampleIds[i]!,
        "Primary",
        "1",
        `KANARIENVOGEL ${n % 2}`,
        "KANARIENVOGEL",
        "1987-03-05",
        "192.168.7.7",
      ]),
    ),
    "data_mutations.txt": table(
      [
        ["Hugo_Symbol", "Variant_Classification", "Tumor_Sample_Barcode", "Matched_Norm_Sample_Barcode"],
        ["Chromosome", "Start_Position", "Reference_Allele", "Tumor_Seq_Allele2", "HGVSp_Short", "dbSNP_RS", "Center"],
      ].flat(),
      draws.flatMap(({ mutated }, i) =>
        mutated.map((gene) => [
          gene,
          "Missense_Mutation",
          sampleIds[i]!,
          `KNRVGL-${i}-NORMAL`,
          "17",
          `769370415${i}`,
          "KANARIENVOGEL",
          "KANARIENVOGEL",
          "p.KANARIENVOGEL",
          `rs769370415${i}`,
          "KANARIENVOGEL",
        ]),
      ),
    ),
    "data_cna.txt": table(
      ["Hugo_Symbol", ...sampleIds],
      ["MYC", "RB1", "RUNX2", "CCNE1", "PTEN"].map((gene, g) => [gene, ...draws.map(({ copies }) => `${copies[g]!}`)]),
    ),
    "data_KANARIENVOGEL.txt": table(
      ["Hugo_Symbol", ...sampleIds],
      genes.map((gene, g) => [gene, ...draws.map(({ expression }) => expression(g).toFixed(4))]),
    ),
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(directory, name, ".."), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return { directory, patientIds, exactAges: draws.map(({ age }) => age) };
}

function drawPatient(number: number) {
  const uniform = (salt: number): number => {
    const x = Math.sin(number * 12.9898 + salt * 78.233) * 43_758.5453;
    return x - Math.floor(x);
  };
  const normal = (salt: number): number =>
    Math.sqrt(-2 * Math.log(uniform(salt) + 1e-9)) * Math.cos(2 * Math.PI * uniform(salt + 0.5));
  const metastatic = uniform(1) < 0.3;
  const factor = normal(2);
  const died = uniform(3) < (metastatic ? 0.6 : 0.25);
  return {
    age: Number(`${5 + Math.floor(uniform(4) * 25)}.57721566`),
    metastatic,
    died,
    months: 2 + uniform(5) * (died ? 40 : 120),
    necrosis: uniform(6) * 100,
    mutated: ["TP53", "RB1", "ATRX", "MUC16"].filter((_, g) => uniform(10 + g) < [0.4, 0.3, 0.2, 0.15][g]!),
    copies: [0, 1, 2, 3, 4].map((g) => Math.floor(uniform(20 + g) * 5) - 2),
    expression: (gene: number): number => Math.max(0, 5 + factor * ((gene % 5) - 2) * 0.5 + normal(100 + gene)),
  };
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((row) => `${row.join("\t")}\n`).join("");
}

function meta(entries: Readonly<Record<string, string>>): string {
  return Object.entries({ cancer_study_identifier: "vogel", ...entries })
    .map(([key, value]) => `${key}: ${value}\n`)
    .join("");
}

function metaOf(alteration: string, datatype: string, file: string, stableId = "clinical"): string {
  return meta({ genetic_alteration_type: alteration, datatype, stable_id: stableId, data_filename: file });
}
