import type { EffectiveSampleSize } from "@osteon/evaluation";

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
  readonly inference: InferenceFacts;
}

/** What an analyst of the model's patients has to know. */
export interface InferenceFacts {
  readonly trainingPatients: number;
  /** Null where it was not estimated. */
  readonly effectiveSampleSize: EffectiveSampleSize | null;
  /** Training patients that a profile must have behind it to be generated; null where no profile is. */
  readonly smallestCell: number | null;
}
