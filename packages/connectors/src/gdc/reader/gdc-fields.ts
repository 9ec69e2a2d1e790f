import type { FieldMapping } from "../../reading/field-mapping.ts";

/** Fields of a case as the API calls them, and columns of the files; docs/gdc.md tells the rules. */
export const gdcFields: FieldMapping = {
  reader: "GDC",
  fields: {
    PATIENT_ID: "`submitter_id` of the case",
    SEX: "`demographic.sex_at_birth`, `demographic.gender`",
    AGE: "`diagnoses.age_at_diagnosis`, days",
    OS_STATUS: "`demographic.vital_status`",
    OS_MONTHS: "`demographic.days_to_death`, `diagnoses.days_to_last_follow_up`, `follow_ups.days_to_follow_up`",
    METASTATIC_AT_DIAGNOSIS: "`Disease at diagnosis` of the supplement, else `diagnoses.metastasis_at_diagnosis`",
    PERCENT_NECROSIS: "`Percent necrosis` of the supplement",
    SAMPLE_ID: "`samples.submitter_id`",
    SAMPLE_TYPE: "`samples.sample_type`, or `tissue_type` and `tumor_descriptor`",
    EXOME_SEQUENCED: "a file of masked somatic mutations",
    Hugo_Symbol: "`Hugo_Symbol`",
    Variant_Classification: "`Variant_Classification`",
    Tumor_Sample_Barcode: "the file's samples",
    Mutation_Status: "`Mutation_Status`",
    "copy number": "`copy_number` of gene-level files, by the GDC's five categories",
    expression: "`tpm_unstranded`, or `unstranded` per million",
  },
};
