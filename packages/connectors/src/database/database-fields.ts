import { clinicalPatientContract, clinicalSampleContract } from "@osteon/deidentification";
import { namesOf, type FieldMapping } from "../reading/field-mapping.ts";

/** Columns of queries are the contracts' own whatever their case; the example schema's are named first where they differ. */
export const databaseFields: FieldMapping = {
  reader: "PostgreSQL, embedded database",
  fields: {
    ...namesOf(clinicalSampleContract),
    ...namesOf(clinicalPatientContract),
    AGE: "`patients.patient_age`; of your own queries, a column as in the first column",
    Hugo_Symbol: "`mutations.gene`",
    Variant_Classification: "`mutations.variant_classification`",
    Tumor_Sample_Barcode: "`mutations.patient_id` or `sample_id`",
    Mutation_Status: "`mutations.mutation_status`",
    "copy number": "`copy_number`: long, arrays or wide",
    expression: "`expression`: long, arrays or wide, in `expression_unit`",
  },
};
