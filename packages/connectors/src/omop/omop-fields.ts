import type { FieldMapping } from "../reading/field-mapping.ts";

/** As the SQL beside this file maps them; docs/omop.md tells how each comes about. */
export const omopFields: FieldMapping = {
  reader: "OMOP CDM 5.4",
  fields: {
    PATIENT_ID: "`person.person_id`",
    SEX: "`person.gender_concept_id`",
    AGE: "`person.year_of_birth`, `month_of_birth`, `day_of_birth` and the first diagnosis",
    OS_STATUS: "`death`",
    OS_MONTHS:
      "from the first `condition_occurrence` of osteosarcoma to `death`, or to the end of `observation_period` or `visit_occurrence`",
    METASTATIC_AT_DIAGNOSIS: "`condition_occurrence`, `measurement`, `observation`, `episode` about the diagnosis",
    PERCENT_NECROSIS: "`measurement` of NAACCR 3908",
    Hugo_Symbol: "`measurement`, `observation` with concepts of OMOP Genomic",
    Variant_Classification: "the same, by the concept's HGVS name",
    Tumor_Sample_Barcode: "`person_id`",
    "copy number": "`queries.copy_number`",
    expression: "`queries.expression`",
  },
};
