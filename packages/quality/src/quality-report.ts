import type { BatchReport } from "./batches/batch-report.ts";
import type { FindingCode } from "./finding-titles.ts";

/** `error` stops a run, `warning` asks for a look, `info` only tells. */
export type FindingLevel = "error" | "warning" | "info";

/** One thing found, with its counts and what to do about it. Names variables and genes, never patients. */
export interface Finding {
  readonly level: FindingLevel;
  readonly code: FindingCode;
  readonly message: string;
}

/** One clinical variable. */
export interface VariableReport {
  readonly name: string;
  readonly unit: string;
  readonly known: number;
  readonly missing: number;
  readonly missingFraction: number;
  /** What values may be. */
  readonly allowed: string;
  readonly outOfRange: number;
  /**
   * Means of the five lowest and of the five highest values, to three digits: no value of one patient.
   * Null where fewer than ten are known.
   */
  readonly range: { readonly low: number; readonly high: number } | null;
}

/** One molecular table. */
export interface TableReport {
  readonly name: "mutations" | "copyNumber" | "expression";
  readonly unit: string;
  readonly genes: number;
  /** Patients with at least one known value. */
  readonly patientsMeasured: number;
  /** Unknown values of measured patients, of all their values. */
  readonly missingFraction: number;
  /** Genes known in fewer than 80 % of the measured patients. */
  readonly sparseGenes: number;
  /** Genes without any known value. */
  readonly unmeasuredGenes: number;
  /** Genes with the same value in all patients. */
  readonly constantGenes: number;
  readonly allowed: string;
  readonly outOfRange: number;
}

/** What became of the checks that compare patients; null where a check does not apply. */
export interface SampleChecks {
  /** Patients whose expression equals another patient's. */
  readonly identical: number | null;
  /** Pairs with correlation of gene-centred expression above 0.999 (equal ones apart), and of 0.95 to 0.999. */
  readonly nearIdenticalPairs: number | null;
  readonly similarPairs: number | null;
  readonly librarySizeOutliers: number | null;
  readonly expressionOutliers: number | null;
}

/** JSON-serialisable; counts and names only, so it may be shown to whoever may know of the cohort. */
export interface QualityReport {
  /** No finding is an error. */
  readonly passed: boolean;
  /** The cohort was admitted as a small one: no model that repeats a patient is sealed. */
  readonly strictPrivacy: boolean;
  readonly simulated: boolean;
  readonly patients: number;
  /** Patients with everything that training needs; see `countedParts`. */
  readonly usablePatients: number;
  readonly countedParts: readonly string[];
  readonly deathsAmongUsable: number;
  readonly medianFollowUpDays: number | null;
  readonly variables: readonly VariableReport[];
  readonly tables: readonly TableReport[];
  readonly samples: SampleChecks;
  /** Null where the source names no batch or site. */
  readonly batches: BatchReport | null;
  readonly findings: readonly Finding[];
}
