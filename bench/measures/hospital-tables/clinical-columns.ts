import type { Draw } from "./draw.ts";

/** A column of measurements, codes or words that identifies nobody, however much it looks like it. */
export interface ClinicalColumn {
  readonly headers: readonly string[];
  readonly value: (draw: Draw) => string;
}

const as = (pattern: string) => (draw: Draw) => draw.form(pattern);
const oneOf =
  (...words: readonly string[]) =>
  (draw: Draw) =>
    draw.pick(words);
const whole =
  (mean: number, deviation: number, low = 0) =>
  (draw: Draw) =>
    String(Math.max(low, Math.round(draw.normal(mean, deviation))));
const decimal = (mean: number, deviation: number, places: number) => (draw: Draw) =>
  Math.abs(draw.normal(mean, deviation)).toFixed(places);

export const developmentColumns: readonly ClinicalColumn[] = [
  { headers: ["AGE", "Age at diagnosis (years)"], value: whole(16, 5, 2) },
  { headers: ["OS_DAYS", "Survival days"], value: whole(1500, 700) },
  { headers: ["EFS_MONTHS", "PFS months"], value: decimal(40, 20, 2) },
  { headers: ["Platelets", "PLT per uL"], value: whole(250_000, 60_000) },
  { headers: ["ALP U/L", "Alkaline phosphatase"], value: whole(400, 250, 20) },
  { headers: ["LDH", "Lactate dehydrogenase U/L"], value: whole(300, 120, 80) },
  { headers: ["ICD10", "Diagnosis code"], value: oneOf("C40.2", "C40.0", "C41.9", "C40.1") },
  { headers: ["Morphology", "ICD-O-3"], value: oneOf("9180/3", "9181/3", "9182/3", "9186/3") },
  { headers: ["SNOMED", "Procedure concept"], value: oneOf("21708004", "387713003", "65801008") },
  { headers: ["ENSEMBL", "Gene id"], value: as("ENSG00000999999") },
  { headers: ["ENTREZ", "entrez"], value: whole(20_000, 9000, 1) },
  { headers: ["TOTAL_READS", "Mapped reads"], value: whole(48_000_000, 9_000_000) },
  { headers: ["Tumour volume mm3", "VOLUME_MM3"], value: whole(180_000, 70_000) },
  {
    headers: ["Response", "Treatment response"],
    value: oneOf("Complete Response", "Partial Response", "Stable Disease", "Progressive Disease"),
  },
  {
    headers: ["Surgery type", "PROCEDURE"],
    value: oneOf("Limb Sparing", "Full Amputation", "Rotation Plasty", "No Surgery"),
  },
  {
    headers: ["Histology", "Subtype"],
    value: oneOf("Osteoblastic", "Chondroblastic", "Fibroblastic", "Telangiectatic"),
  },
  { headers: ["Regimen", "Protocol arm"], value: oneOf("MAP", "MAPIE", "EURAMOS-1", "AOST0331") },
  { headers: ["Sample", "Tumour sample"], value: as("TARGET-40-AAAAAA-0\\1\\A") },
  { headers: ["Batch", "Plate"], value: as("A199-42") },
  { headers: ["TNM", "Stage"], value: oneOf("T1N0M0", "T2N0M0", "T2N0M1a", "IIB") },
  { headers: ["Ratio", "Dose mg/m2"], value: decimal(12_000, 800, 1) },
  { headers: ["Version", "Pipeline version"], value: oneOf("2.1.0", "2.1.1", "3.0.0.1") },
  { headers: ["Timepoint", "Visit"], value: oneOf("Week 10", "Cycle 2 Day 1", "3/6", "12/18") },
  {
    headers: ["Comment", "Remarks"],
    value: oneOf(
      "no late effects",
      "tumour of distal femur, 8 cm",
      "pathological fracture; MAP x 6",
      "normal gait after rehabilitation",
    ),
  },
  { headers: ["Cell line", "Xenograft"], value: oneOf("U2OS", "SAOS-2", "MG-63", "143B") },
  { headers: ["RIN", "Purity"], value: decimal(7, 1.5, 1) },
];

export const heldOutColumns: readonly ClinicalColumn[] = [
  { headers: ["AGE_YEARS", "Age"], value: decimal(15, 5, 1) },
  { headers: ["Days to last follow-up", "TIME_TO_EVENT_DAYS"], value: whole(2100, 800) },
  { headers: ["Months on therapy", "RFS_MONTHS"], value: decimal(22, 9, 1) },
  { headers: ["WBC /uL", "Leukocytes"], value: whole(7200, 2000, 500) },
  { headers: ["Ferritin", "CRP mg/L"], value: decimal(90, 60, 1) },
  { headers: ["Thrombocytes", "Platelet count"], value: whole(310_000, 80_000) },
  { headers: ["ICD-9", "Topography"], value: oneOf("170.7", "170.4", "170.9", "C40.3") },
  { headers: ["ATC", "Drug code"], value: oneOf("L01XA01", "L01DB01", "L01BA01", "L01AA06") },
  { headers: ["LOINC", "Test code"], value: oneOf("2160-0", "6768-6", "14804-9", "718-7") },
  { headers: ["RefSeq", "Transcript"], value: as("NM_00999999.9") },
  { headers: ["HGNC", "Gene number"], value: (draw) => `HGNC:${draw.integer(1000, 40_000)}` },
  { headers: ["UMI count", "Sequencing depth"], value: whole(6_100_000, 1_500_000) },
  { headers: ["Lesion area mm2", "SUV sum"], value: whole(5400, 1900) },
  {
    headers: ["Best response", "RECIST"],
    value: oneOf("Complete Remission", "Very Good Partial", "No Change", "Not Evaluable Yet"),
  },
  {
    headers: ["Reconstruction", "Operation kind"],
    value: oneOf("Distal Endoprosthesis", "Allograft Composite", "Van Ness", "Wide Resection"),
  },
  {
    headers: ["Grade", "Diagnosis text"],
    value: oneOf("Conventional High Grade", "Parosteal", "Small Cell", "Periosteal"),
  },
  { headers: ["Trial arm", "Chemotherapy"], value: oneOf("AOST0331", "COSS-96", "OS2006", "INT-0133") },
  { headers: ["Aliquot", "Tube"], value: as("TCGA-AA-9999-0\\1A-11\\R") },
  { headers: ["Run", "Flow cell"], value: as("AAA99AAAA") },
  { headers: ["AJCC", "Enneking"], value: oneOf("IA", "IIB", "III", "IVA") },
  { headers: ["Cumulative dose", "AUC"], value: decimal(450, 60, 2) },
  { headers: ["Build", "Reference genome"], value: oneOf("GRCh38.p13", "GRCh37", "hg19") },
  { headers: ["Cycle", "Interval"], value: oneOf("C2D1", "Month 6", "5/12", "post op") },
  {
    headers: ["Findings", "Summary"],
    value: oneOf(
      "nodule right lower lobe 6 mm",
      "no evidence of disease",
      "wound healed, physiotherapy begun",
      "grade 2 mucositis",
    ),
  },
  { headers: ["Model", "Strain"], value: oneOf("HOS", "SJSA-1", "NSG mouse", "KHOS/NP") },
  { headers: ["Tumour cell %", "Concentration ng/ul"], value: decimal(60, 20, 1) },
];
