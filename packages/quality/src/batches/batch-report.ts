/** A share of variance beside what relabelled patients give. All shares are of 0 to 1. */
export interface SharePermuted {
  readonly share: number;
  /** Mean and upper 95 % limit of the share where labels of batches are shuffled: what chance alone gives. */
  readonly nullMean: number;
  readonly nullUpper: number;
  /** (1 + shufflings that reach the share) / (1 + shufflings). */
  readonly pValue: number;
}

/** What batches explain of the patients' expression. */
export interface ExpressionBatchEffect {
  readonly patients: number;
  /** Those that vary most, each scaled to the same variance. */
  readonly genes: number;
  /** Of all variance, whatever else differs between the batches. */
  readonly share: number;
  /** The clinical variables that were taken out before the rest was asked. */
  readonly adjustedFor: readonly string[];
  /** Of the variance that the clinical variables leave; null where they leave nothing of the batches. */
  readonly beyondClinical: SharePermuted | null;
  /** First principal components of that rest, the largest first. */
  readonly components: readonly (SharePermuted & { readonly ofVariance: number })[];
  /** Genes that differ between batches at a false discovery rate of 5 %. */
  readonly genesAffected: number;
}

/** How far a clinical variable is the same thing as the batch. */
export interface BatchConfounding extends SharePermuted {
  readonly variable: "metastasis" | "event" | "survival" | "age" | "sex";
  readonly known: number;
  /** Adjusted for the number of variables. */
  readonly adjustedPValue: number;
}

/** What is known of batches or sites; counts and shares only, batches by the codes that stand for them. */
export interface BatchReport {
  readonly batches: readonly { readonly batch: number; readonly patients: number }[];
  /** Patients whose batch is not told. */
  readonly unknown: number;
  /** Batches of one or two patients, which are compared with nothing. */
  readonly tooSmall: number;
  readonly permutations: number;
  /** Null where fewer than two batches can be compared. */
  readonly expression: ExpressionBatchEffect | null;
  readonly confounding: readonly BatchConfounding[];
  /** One sentence. */
  readonly advice: string;
}
