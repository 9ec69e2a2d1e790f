import { clinicalPatientContract } from "./clinical-contract.ts";
import type { TableContract } from "./column-contract.ts";

type ClinicalSupplementColumn = "PATIENT_ID" | "METASTATIC_AT_DIAGNOSIS" | "PERCENT_NECROSIS";

const { PATIENT_ID, METASTATIC_AT_DIAGNOSIS, PERCENT_NECROSIS } = clinicalPatientContract.columns;

/**
 * A table that adds to patients what their source does not tell: TARGET's clinical data (`TARGET_OS_ClinicalData_…`)
 * under their own column names, whose `Disease at diagnosis` and `Percent necrosis` the Genomic Data Commons lacks.
 */
export const clinicalSupplementContract: TableContract<ClinicalSupplementColumn> = {
  table: "clinical-patient",
  columns: {
    PATIENT_ID: { ...PATIENT_ID, aliases: ["TARGET_USI"] },
    METASTATIC_AT_DIAGNOSIS,
    PERCENT_NECROSIS: {
      ...PERCENT_NECROSIS,
      aliases: [...PERCENT_NECROSIS.aliases, "PERCENT_NECROSIS_AT_DEFINITIVE_SURGERY"],
    },
  },
};
