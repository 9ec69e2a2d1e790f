import type { ColumnContract, TableContract } from "./column-contract.ts";

/** Days of a month in cBioPortal's `OS_MONTHS`: a twelfth of a Julian year of 365.25 days. */
export const daysPerMonth = 30.4375;

/** A hundred years, the longest survival that a request may ask for as well. */
export const longestSurvivalDays = 36_525;
/** Of any person whose age can be checked, and a margin. */
export const oldestAdmittedYears = 120;
const longestSurvivalMonths = longestSurvivalDays / daysPerMonth;

const yesNo = new Map([
  ["yes", 1],
  ["y", 1],
  ["true", 1],
  ["1", 1],
  ["no", 0],
  ["n", 0],
  ["false", 0],
  ["0", 0],
]);

export type ClinicalPatientColumn =
  | "PATIENT_ID"
  | "SEX"
  | "AGE"
  | "OS_STATUS"
  | "OS_MONTHS"
  | "METASTATIC_AT_DIAGNOSIS"
  | "PERCENT_NECROSIS"
  | "DATE_OF_BIRTH"
  | "DATE_OF_DIAGNOSIS"
  | "DATE_OF_DEATH"
  | "DATE_OF_LAST_CONTACT";

/**
 * `data_clinical_patient.txt`. Survival, age and metastasis are required because the generator is
 * conditioned on them; every one of their cells may still be missing. Survival and age may be given by dates,
 * of which only the intervals are kept (`createDateReducer`).
 */
export const clinicalPatientContract: TableContract<ClinicalPatientColumn> = {
  table: "clinical-patient",
  columns: {
    PATIENT_ID: {
      meaning: "Id of the patient at the source",
      role: "direct-identifier",
      kind: { type: "identifier" },
      required: true,
      aliases: [],
    },
    SEX: {
      meaning: "Sex",
      role: "quasi-identifier",
      required: false,
      aliases: ["GENDER"],
      kind: {
        type: "code",
        codes: new Map([
          ["male", 1],
          ["m", 1],
          ["female", 0],
          ["f", 0],
        ]),
      },
    },
    AGE: {
      meaning: "Age at diagnosis",
      treatment: "rounded to `phi_removal.age_precision_years` (0.1), over 89 pooled to 90",
      role: "quasi-identifier",
      required: false,
      aliases: ["AGE_AT_DIAGNOSIS", "DIAGNOSIS_AGE", "AGE_AT_DIAGNOSIS_YEARS", "AGE_YEARS", "AGE_AT_INITIAL_DIAGNOSIS"],
      kind: {
        type: "number",
        unit: "years",
        minimum: 0,
        maximum: oldestAdmittedYears,
        // Sources that already pool the oldest write the pool, not a number.
        spellings: new Map([
          [">89", 90],
          [">=90", 90],
          ["≥90", 90],
          ["90+", 90],
          ["89+", 90],
        ]),
      },
    },
    OS_STATUS: {
      meaning: "Died, or alive at last contact",
      role: "outcome",
      required: true,
      aliases: ["OVERALL_SURVIVAL_STATUS", "VITAL_STATUS"],
      kind: {
        type: "code",
        codes: new Map([
          ["0:living", 0],
          ["1:deceased", 1],
          ["living", 0],
          ["deceased", 1],
          ["0:alive", 0],
          ["1:dead", 1],
          ["alive", 0],
          ["dead", 1],
          ["0", 0],
          ["1", 1],
        ]),
      },
    },
    OS_MONTHS: {
      meaning: "Time from diagnosis to death or to last contact",
      role: "outcome",
      required: false,
      aliases: ["OVERALL_SURVIVAL_MONTHS"],
      kind: { type: "number", unit: "months", minimum: 0, maximum: longestSurvivalMonths },
    },
    METASTATIC_AT_DIAGNOSIS: {
      meaning: "Metastasis at diagnosis",
      role: "quasi-identifier",
      required: true,
      aliases: [
        "METASTASIS_AT_DIAGNOSIS",
        "METASTASES_AT_DIAGNOSIS",
        "METASTATIC_DISEASE_AT_DIAGNOSIS",
        "METASTATIC_STATUS_AT_DIAGNOSIS",
        "DISEASE_AT_DIAGNOSIS",
        "METASTASIS",
        "M_STAGE",
        "PATH_M_STAGE",
      ],
      kind: {
        type: "code",
        codes: new Map([
          ...yesNo,
          ["metastatic", 1],
          ["metastatic (confirmed)", 1],
          ["metastasis", 1],
          ["non-metastatic", 0],
          ["non-metastatic (confirmed)", 0],
          ["nonmetastatic", 0],
          ["localized", 0],
          ["localised", 0],
          ["none", 0],
          // AJCC M categories; bone sarcomas split M1 into lung (a) and other sites (b).
          ["m0", 0],
          ["m1", 1],
          ["m1a", 1],
          ["m1b", 1],
          // Stated as not settled: unknown, and so not "no".
          ["mx", -1],
          ["non-metastatic (uncertain)", -1],
          ["metastatic (uncertain)", -1],
        ]),
      },
    },
    PERCENT_NECROSIS: {
      meaning: "Tumour necrosis after chemotherapy before surgery",
      role: "quasi-identifier",
      required: false,
      aliases: ["NECROSIS_PERCENT", "PERCENT_TUMOR_NECROSIS", "TUMOR_NECROSIS_PERCENT"],
      kind: { type: "number", unit: "percent", minimum: 0, maximum: 100 },
    },
    DATE_OF_BIRTH: dateColumn("Day of birth", "BIRTH_DATE", "BIRTHDATE", "DOB"),
    DATE_OF_DIAGNOSIS: dateColumn(
      "Day of diagnosis",
      "DIAGNOSIS_DATE",
      "DATE_OF_INITIAL_DIAGNOSIS",
      "INITIAL_DIAGNOSIS_DATE",
      "DATE_DIAGNOSIS",
      "DX_DATE",
    ),
    DATE_OF_DEATH: dateColumn("Day of death", "DEATH_DATE", "DOD"),
    DATE_OF_LAST_CONTACT: dateColumn(
      "Day of last contact, or of death where there is no other column for it",
      "LAST_CONTACT_DATE",
      "DATE_OF_LAST_FOLLOW_UP",
      "LAST_FOLLOW_UP_DATE",
      "DATE_OF_LAST_CONTACT_OR_DEATH",
      "DATE_LAST_CONTACT",
    ),
  },
  alternatives: [
    [{ needs: ["OS_MONTHS"] }, { needs: ["DATE_OF_DIAGNOSIS", "DATE_OF_LAST_CONTACT"], uses: ["DATE_OF_DEATH"] }],
    [{ needs: ["AGE"] }, { needs: ["DATE_OF_BIRTH", "DATE_OF_DIAGNOSIS"] }],
  ],
};

function dateColumn(meaning: string, ...aliases: readonly string[]): ColumnContract {
  return { meaning, role: "date", kind: { type: "date" }, required: false, aliases };
}

/** Meaning of `SAMPLE_TYPE`, in the order in which samples of one patient are preferred. */
export const sampleKind = { primary: 0, recurrence: 1, metastasis: 2, otherTumour: 3, normal: 9 } as const;

export type ClinicalSampleColumn = "PATIENT_ID" | "SAMPLE_ID" | "SAMPLE_TYPE" | "EXOME_SEQUENCED" | "BATCH";

/** `data_clinical_sample.txt`. */
export const clinicalSampleContract: TableContract<ClinicalSampleColumn> = {
  table: "clinical-sample",
  columns: {
    PATIENT_ID: {
      meaning: "Id of the patient at the source",
      role: "direct-identifier",
      kind: { type: "identifier" },
      required: true,
      aliases: [],
    },
    SAMPLE_ID: {
      meaning: "Id of the sample at the source",
      role: "direct-identifier",
      kind: { type: "identifier" },
      required: true,
      aliases: [],
    },
    SAMPLE_TYPE: {
      meaning: "Kind of tissue: decides which sample of a patient is read",
      role: "design",
      required: false,
      aliases: ["SAMPLE_CLASS"],
      kind: {
        type: "code",
        codes: new Map<string, number>([
          ["primary", sampleKind.primary],
          ["primary tumor", sampleKind.primary],
          ["primary tumour", sampleKind.primary],
          ["primary solid tumor", sampleKind.primary],
          ["recurrence", sampleKind.recurrence],
          ["recurrent", sampleKind.recurrence],
          ["recurrent tumor", sampleKind.recurrence],
          ["recurrent solid tumor", sampleKind.recurrence],
          ["local recurrence", sampleKind.recurrence],
          ["relapse", sampleKind.recurrence],
          ["metastasis", sampleKind.metastasis],
          ["metastatic", sampleKind.metastasis],
          ["distant metastasis", sampleKind.metastasis],
          ["tumor", sampleKind.otherTumour],
          ["tumour", sampleKind.otherTumour],
          ["cell line", sampleKind.otherTumour],
          ["xenograft", sampleKind.otherTumour],
          ["normal", sampleKind.normal],
          ["matched normal", sampleKind.normal],
          ["solid tissue normal", sampleKind.normal],
          ["blood", sampleKind.normal],
          ["blood derived normal", sampleKind.normal],
          ["germline", sampleKind.normal],
        ]),
      },
    },
    EXOME_SEQUENCED: {
      meaning: "Whether mutations were looked for in every gene: then no call means not mutated",
      role: "design",
      required: false,
      aliases: ["WES_SEQUENCED", "SOMATIC_SEQUENCED"],
      kind: { type: "code", codes: yesNo },
    },
    // Not SITE, which is the tumour's in most studies.
    BATCH: {
      meaning: "Batch or site in which the sample was measured, for showing batch effects",
      treatment: "replaced by a code in order of size; batches of fewer than five patients are not told",
      role: "quasi-identifier",
      required: false,
      aliases: [
        "BATCH_ID",
        "SEQUENCING_BATCH",
        "PLATE_ID",
        "SEQUENCING_CENTER",
        "SEQUENCING_CENTRE",
        "CENTER",
        "CENTRE",
        "TISSUE_SOURCE_SITE",
        "TISSUE_SOURCE_SITE_CODE",
        "STUDY_SITE",
      ],
      kind: { type: "label" },
    },
  },
};
