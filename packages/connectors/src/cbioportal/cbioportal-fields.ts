import { clinicalPatientContract, clinicalSampleContract, mutationContract } from "@osteon/deidentification";
import { namesOf, type FieldMapping } from "../reading/field-mapping.ts";

/** A study's columns are the contracts' own, under their name or an alias. */
export const cbioportalFields: FieldMapping = {
  reader: "cBioPortal study",
  fields: {
    ...namesOf(mutationContract),
    ...namesOf(clinicalSampleContract),
    ...namesOf(clinicalPatientContract),
    "copy number": "`COPY_NUMBER_ALTERATION`, `DISCRETE`",
    expression: "`MRNA_EXPRESSION`, `CONTINUOUS` in log2(TPM+1) or TPM, or `Z-SCORE`",
  },
};
