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

export const secondColumns: readonly ClinicalColumn[] = [
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

/** Names that standards give to what is measured. */
export const standardsColumns: readonly ClinicalColumn[] = [
  { headers: ["Observation.valueQuantity.value", "value_as_number"], value: decimal(130, 40, 1) },
  { headers: ["Condition.code", "condition_concept_id"], value: oneOf("4048225", "4129155", "443392") },
  { headers: ["tumorSizeSummary", "TumorSize"], value: whole(90, 35, 10) },
  { headers: ["survDaysActive", "survMosActive"], value: whole(1400, 600) },
  { headers: ["ageAtDiagnosis", "PatientAge"], value: (draw) => `0${draw.integer(10, 40)}Y` },
  { headers: ["histologicTypeIcdO3", "primarySite"], value: oneOf("9180", "9181", "C402", "C400") },
  { headers: ["SliceThickness", "KVP"], value: oneOf("1.25", "2.5", "5", "120") },
  { headers: ["ManufacturerModelName", "Modality"], value: oneOf("Sensation 64", "Discovery CT750 HD", "MR", "CT") },
  { headers: ["BodyPartExamined", "laterality"], value: oneOf("Left Femur", "Right Tibia", "Left Humerus", "Pelvis") },
  {
    headers: ["SeriesDescription", "Protocol"],
    value: oneOf("T1 TSE cor", "T2 FS axial", "Chest low dose", "Post contrast fs"),
  },
  { headers: ["MedicationRequest.dose", "RX_DOSE"], value: whole(12_000, 1500, 1000) },
  { headers: ["drug_concept_id", "rxnorm"], value: oneOf("1305058", "1338512", "1397599") },
  { headers: ["vcf.DP", "t_ref_count"], value: whole(180, 60, 1) },
  { headers: ["Start_Position", "End_Position"], value: whole(7_577_000, 400_000, 1) },
  { headers: ["HGVSc", "HGVSp"], value: (draw) => `c.${draw.integer(10, 3000)}${draw.pick(["G>A", "C>T", "del"])}` },
  { headers: ["Tumor_Seq_Allele2", "Reference_Allele"], value: (draw) => draw.letters(draw.integer(1, 3), "ACGT") },
  { headers: ["vitalStatus", "SEX"], value: oneOf("0", "1") },
  { headers: ["overallStage", "gradePathological"], value: oneOf("IIB", "III", "High grade", "Not graded") },
  { headers: ["lab_result_mg_dl", "Calcium"], value: decimal(9.5, 0.6, 2) },
  { headers: ["hcs_cell_viability", "Tumor_Purity"], value: decimal(0.7, 0.1, 3) },
  {
    headers: ["note", "comment"],
    value: oneOf(
      "afebrile, mucosa intact",
      "counts recovered, continue MAP",
      "limp resolved; ROM 0-110",
      "cycle 4 delayed one week",
    ),
  },
];

/** As wards in other languages and abbreviations have them. */
export const wardsColumns: readonly ClinicalColumn[] = [
  { headers: ["Wiek", "Età", "age_yrs"], value: whole(15, 5, 2) },
  { headers: ["Dni obserwacji", "fu_days"], value: whole(1600, 700) },
  { headers: ["Płytki krwi", "plt_ct"], value: whole(240_000, 50_000, 90_000) },
  { headers: ["Leucocytes", "wbc_ct"], value: whole(6800, 1800, 900) },
  { headers: ["Rozpoznanie", "dx_cd"], value: oneOf("C40.2", "C40.0", "C41.4", "C40.9") },
  { headers: ["Réponse", "resp_cd"], value: oneOf("Good Responder", "Poor Responder", "Not Assessed") },
  { headers: ["Siège", "site_txt"], value: oneOf("Fémur Distal", "Tibia Proximal", "Humérus Proximal", "Bassin") },
  { headers: ["Schemat", "regimen_cd"], value: oneOf("MAP", "API-AI", "EOI", "OS2016") },
  { headers: ["Nécrose %", "necr_pct"], value: decimal(70, 25, 0) },
  { headers: ["Stadium", "stg"], value: oneOf("IIA", "IIB", "III", "IVB") },
  { headers: ["gene_ensembl", "Gen"], value: as("ENSG00000199999") },
  { headers: ["n_reads", "Total sequences"], value: whole(52_000_000, 7_000_000) },
  { headers: ["lib_batch", "Série"], value: as("B19-9") },
  { headers: ["aliquot_cd", "Echantillon tumoral"], value: as("OS-999-T\\1") },
  { headers: ["dose_mg", "Dosis"], value: whole(10_800, 900, 5000) },
  {
    headers: ["Uwagi", "obs"],
    value: oneOf(
      "bez powikłań, chodzi o kulach",
      "RAS, suite de chimiothérapie",
      "buen estado general",
      "note: guarigione della ferita",
    ),
  },
  {
    headers: ["note_txt", "Nota"],
    value: oneOf(
      "good partial response, 3 courses",
      "stable nodules under 5 mm",
      "ambulating with one crutch",
      "margins free, necrosis 92 %",
    ),
  },
];

/** As warehouses call them. */
export const warehouseColumns: readonly ClinicalColumn[] = [
  { headers: ["AGE_AT_DX_YRS", "PATIENT_AGE"], value: whole(17, 6, 2) },
  { headers: ["DAYS_TO_DEATH", "FOLLOWUP_DAYS"], value: whole(1300, 600) },
  { headers: ["PLATELET_CNT_VALUE", "RESULT_VAL_NUM"], value: whole(230_000, 60_000, 20_000) },
  { headers: ["ALK_PHOS", "LAB_ALKP"], value: whole(380, 200, 30) },
  { headers: ["DX_CODE", "PRIMARY_ICD10_CD"], value: oneOf("C40.20", "C40.00", "C41.2", "Z51.11") },
  { headers: ["CPT_CODE", "PROC_CD"], value: oneOf("27365", "27495", "20680", "96413") },
  { headers: ["NDC", "DRUG_NDC_CODE"], value: oneOf("00703-5747-11", "0409-1135-69", "61703-0408-41") },
  {
    headers: ["RESPONSE_DESC", "DISEASE_STATUS"],
    value: oneOf("Complete Response", "Stable Disease", "Relapsed Disease"),
  },
  {
    headers: ["SURGERY_TYPE_DESC", "LIMB_PROCEDURE"],
    value: oneOf("Limb Salvage", "Above Knee Amputation", "Rotationplasty"),
  },
  {
    headers: ["TUMOR_SITE_DESC", "ANATOMIC_SITE"],
    value: oneOf("Distal Femur", "Proximal Tibia", "Proximal Humerus", "Pelvis"),
  },
  { headers: ["NECROSIS_PCT", "PCT_NECROSIS"], value: whole(75, 20) },
  { headers: ["STAGE_GROUP_CD", "AJCC_STAGE"], value: oneOf("IIA", "IIB", "IVA", "IVB") },
  { headers: ["ENSEMBL_GENE_ID", "TRANSCRIPT_ID"], value: as("ENST00000999999") },
  { headers: ["READ_COUNT", "TOTAL_READ_CNT"], value: whole(60_000_000, 9_000_000) },
  { headers: ["SAMPLE_BARCODE_CD", "TISSUE_SAMPLE"], value: as("TARGET-40-AAAAAA-0\\1A-0\\1R") },
  { headers: ["SEQ_BATCH", "LIBRARY_PLATE"], value: as("PL-2099-A9") },
  { headers: ["CUM_DOXO_DOSE_MG_M2", "MTX_DOSE"], value: whole(375, 60) },
  { headers: ["ECOG_PS", "KARNOFSKY"], value: oneOf("0", "1", "80", "100") },
  { headers: ["PROTOCOL_CD", "REGIMEN_NM"], value: oneOf("MAP", "MAP-IE", "AOST0331", "EURAMOS-1") },
  {
    headers: ["COMMENT_TXT", "NOTE_SUMMARY"],
    value: oneOf(
      "tolerated methotrexate, cleared at 72 h",
      "no new pulmonary nodules",
      "partial weight bearing",
      "audiogram stable, note grade 1 loss",
    ),
  },
];
