import type { ExpressionUnit } from "@osteon/cohort";

/** What a user may set; every field has a default, see {@link resolveFeatureOptions}. */
export interface FeatureOptions {
  /** Mutated genes are kept from this many mutated patients on. */
  readonly minimumMutatedPatients?: number;
  /** At most this many mutated genes, the most often mutated ones; drivers count and are never left out. */
  readonly maximumMutationGenes?: number;
  /** Expression genes are kept if measured in at least this share of the patients, 0 … 1. */
  readonly minimumMeasuredShare?: number;
  /** Of the expression genes that pass, at most this many, the most variable ones. */
  readonly maximumExpressionGenes?: number;
  /** Mutation drivers; the curated osteosarcoma list unless given. */
  readonly driverMutationGenes?: readonly string[];
  /** Copy-number drivers; the curated osteosarcoma list unless given. */
  readonly driverCopyNumberGenes?: readonly string[];
}

/** Why expression genes were left out, in counts. */
export interface ExpressionExclusions {
  readonly tooFewMeasured: number;
  readonly constant: number;
  readonly overMaximum: number;
}

/**
 * What was chosen: gene names and counts, nothing of a patient. JSON-serialisable; all that
 * `applyFeatures` needs. Genes are in ascending order of their names.
 */
export interface FeatureState {
  readonly formatVersion: 1;
  readonly mutationGenes: readonly string[];
  readonly copyNumberGenes: readonly string[];
  readonly expressionGenes: readonly string[];
  /** Null where the cohort had no expression. */
  readonly expressionUnit: ExpressionUnit | null;
  readonly excludedExpressionGenes: ExpressionExclusions;
  /** Mutated genes under the minimum or over the maximum that are not drivers. */
  readonly excludedMutationGenes: number;
}
