import type { Cohort } from "@osteon/cohort";
import type { SampleRequest } from "./model.ts";

/** Pathway scores, row-major: patient i, set j is `values[i * names.length + j]`; NaN where unscored. */
export interface PathwayTable {
  readonly names: readonly string[];
  readonly values: Float32Array;
}

/** Generated patients with the pathway scores computed from their expression. */
export interface SyntheticCohort {
  readonly cohort: Cohort;
  readonly pathways: PathwayTable;
}

/** A fitted model together with the feature state it was fitted on: all that generating needs. */
export interface Synthesiser {
  /** Digest of the sealed package, the model version that clients see. */
  readonly modelVersion: string;
  /** True where the training cohort was itself simulated. */
  readonly trainedOnSimulatedPatients: boolean;
  generate(request: SampleRequest): SyntheticCohort;
}
