import type { FieldMapping } from "../reading/field-mapping.ts";

const mapped = "its own name or an alias, or what `columns` maps to it";

/** Files have what their mapping says; the contracts' own names need none. */
export const fileFields: FieldMapping = {
  reader: "Files with a mapping",
  fields: {
    PATIENT_ID: "`patients.id`, or its own name",
    SEX: mapped,
    AGE: `${mapped}; in \`units\``,
    OS_STATUS: mapped,
    OS_MONTHS: `${mapped}; in \`units\``,
    METASTATIC_AT_DIAGNOSIS: mapped,
    PERCENT_NECROSIS: `${mapped}; in \`units\``,
    DATE_OF_BIRTH: `${mapped}; as \`dates\``,
    DATE_OF_DIAGNOSIS: `${mapped}; as \`dates\``,
    DATE_OF_DEATH: `${mapped}; as \`dates\``,
    DATE_OF_LAST_CONTACT: `${mapped}; as \`dates\``,
    SAMPLE_ID: "`samples.id`, or its own name",
    SAMPLE_TYPE: mapped,
    EXOME_SEQUENCED: `${mapped}; or \`sequenced: all\``,
    BATCH: mapped,
    Hugo_Symbol: "`mutations.gene`, or its own name",
    Variant_Classification: mapped,
    Tumor_Sample_Barcode: "`mutations.id`, or its own name",
    Mutation_Status: mapped,
    "copy number": "`copy_number`: a matrix or a row a value",
    expression: "`expression`: a matrix, a row a value, or an `.h5ad` file",
  },
};
