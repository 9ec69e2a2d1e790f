import type { MetricGroup } from "../metrics/metric.ts";
import type { DiscrepancyTest } from "../metrics/maximum-mean-discrepancy.ts";
import type { CopyCount } from "../privacy/count-copies.ts";

/** A metric over the repeats: mean and standard error, or why there is none. */
export interface Estimate {
  readonly value: number | null;
  readonly standardError: number | null;
  /** Present where `value` is null. */
  readonly reason?: string;
}

/** Where a value stands between the floor (0) and fresh real patients (1). */
export interface CalibratedValue {
  /** False where floor and fresh real patients cannot be told apart at this number of patients. */
  readonly informative: boolean;
  readonly value: number | null;
  /** About 95 %: two standard errors either side. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** Present where there is something to explain. */
  readonly reason?: string;
}

/** One metric of synthetic patients beside its references, all of one size and against held-out patients. */
export interface MetricEvaluation {
  readonly name: string;
  readonly title: string;
  readonly group: MetricGroup;
  readonly unit: string;
  readonly better: "higher" | "lower" | number;
  readonly synthetic: Estimate;
  /** The ceiling. */
  readonly freshReal: Estimate;
  readonly photocopy: Estimate;
  readonly floor: Estimate;
  readonly calibrated: CalibratedValue;
  /** One line for a reader who is no statistician. */
  readonly reading: string;
}

/** A metric of one file over the repeats. */
export interface MetricReport extends MetricEvaluation {
  /** The synthetic file as large as it is (at most 500 patients) against all held-out patients. */
  readonly wholeFile: number | null;
}

/** What files give away of the patients that they were made from; of several files means of areas, sums of copies. */
export interface SplitMemorisation {
  readonly membershipAuc: {
    readonly synthetic: number | null;
    readonly photocopy: number | null;
    readonly floor: number | null;
    /** Where 95 % of single files lie that know nothing: what an attacker with one file can tell apart. */
    readonly nullRange: readonly [number, number];
  };
  /** Null where there is no expression. */
  readonly copies: {
    readonly synthetic: CopyCount | null;
    readonly photocopy: CopyCount | null;
    readonly floor: CopyCount | null;
  };
}

/** What one file gives away of the training patients. */
export interface MemorisationReport extends SplitMemorisation {
  /** In words; empty where nothing was found. */
  readonly flags: readonly string[];
}

export interface BiologicalScore {
  /** Mean of the calibrated values, each held within 0 … 1, of the informative biological metrics. */
  readonly calibrated: number | null;
  readonly standardError: number | null;
  readonly metrics: readonly string[];
  /** The seed's overall_biological_score of the whole file, and of the references. */
  readonly seedRaw: number | null;
  readonly seedFreshReal: number | null;
  readonly seedPhotocopy: number | null;
  readonly seedFloor: number | null;
  readonly meaning: string;
}

/** Result of a validation; JSON-serialisable, no NaN, no value of a patient. */
export interface ValidationReport {
  readonly formatVersion: 1;
  readonly seed: number;
  readonly repeats: number;
  readonly patients: {
    readonly train: number;
    readonly holdOut: number;
    readonly synthetic: number;
    /** In each repeat: of the held-out patients, and of each candidate file. */
    readonly referencePerRepeat: number;
    readonly candidatePerRepeat: number;
  };
  readonly genes: {
    readonly mutations: number;
    readonly copyNumber: number;
    readonly expression: number;
    readonly correlated: number;
  };
  readonly geneSets: { readonly given: number; readonly measured: number };
  readonly metrics: readonly MetricReport[];
  readonly discrepancyTest: DiscrepancyTest | null;
  readonly biologicalScore: BiologicalScore;
  readonly memorisation: MemorisationReport;
}
