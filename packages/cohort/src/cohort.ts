/** Unit of an expression value; decides its physical range and which checks make sense. */
export type ExpressionUnit = "log2(TPM+1)" | "log2(CPM+1)" | "z-score";

/** Code of an unknown 0/1 value. Unknown is never the same as 0. */
export const UNKNOWN = -1;

/** Code of a copy number that was not measured. Measured ones are −2 … 2. */
export const COPY_NUMBER_UNKNOWN = -128;

/** One row a patient, at diagnosis. Continuous values are NaN where unknown, codes are {@link UNKNOWN}. */
export interface ClinicalTable {
  /** Days from diagnosis to death or to last contact. */
  readonly survivalTimeDays: Float64Array;
  /** 1 died at `survivalTimeDays`, 0 alive then (censored), −1 unknown. */
  readonly event: Int8Array;
  /** Age at diagnosis in years. */
  readonly ageYears: Float64Array;
  /** Metastasis at diagnosis: 1 yes, 0 no, −1 unknown. */
  readonly metastasis: Int8Array;
  /** 1 male, 0 female, −1 unknown. */
  readonly male: Int8Array;
  /** Tumour necrosis after chemotherapy, percent of 0 to 100. */
  readonly necrosisPercent: Float64Array;
}

/** Patients in rows, row-major: value of patient i and gene j is `values[i * genes.length + j]`. */
export interface MutationTable {
  readonly genes: readonly string[];
  /** 1 mutated (non-silent), 0 sequenced and not mutated, −1 not sequenced. */
  readonly values: Int8Array;
}

/** Row-major as {@link MutationTable}; −2 deep loss … 2 amplification, −128 not measured. */
export interface CopyNumberTable {
  readonly genes: readonly string[];
  readonly values: Int8Array;
}

/** Row-major as {@link MutationTable}; NaN where not measured. */
export interface ExpressionTable {
  readonly genes: readonly string[];
  readonly unit: ExpressionUnit;
  readonly values: Float32Array;
}

/**
 * The one type that passes between the stages: n patients with four aligned tables. A modality that
 * a source does not have is a table of no genes. Arrays are not written to after construction.
 */
export interface Cohort {
  /** Source ids right after loading, keyed pseudonyms after de-identification. Unique. */
  readonly patientIds: readonly string[];
  readonly clinical: ClinicalTable;
  readonly mutations: MutationTable;
  readonly copyNumber: CopyNumberTable;
  readonly expression: ExpressionTable;
  /**
   * Where or in which batch each patient's sample was measured, for showing batch effects only: a code from 0,
   * {@link UNKNOWN} where not stated. Codes stand for labels that stay at the source. Absent where it names none.
   */
  readonly batch?: Int16Array;
  /** True for anything that no real patient gave: the demonstration cohort and generated patients. */
  readonly simulated: boolean;
}
