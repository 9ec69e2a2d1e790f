/** Where the figures come from. */
export interface RunFacts {
  readonly runId: string;
  /** ISO 8601. Given, not taken from a clock: the same run gives the same report. */
  readonly createdAt: string;
  readonly osteonVersion: string;
  /** Family of the released model. */
  readonly family: string;
  /** Null before the model is sealed. */
  readonly modelVersion: string | null;
  /** In words, such as "cBioPortal study". */
  readonly sourceKind: string;
  readonly effectiveSampleSize: EffectiveSampleSize | null;
}

/** How many real patients an export is worth to an analyst. */
export interface EffectiveSampleSize {
  readonly syntheticPatients: number;
  readonly worthPatients: number;
}
