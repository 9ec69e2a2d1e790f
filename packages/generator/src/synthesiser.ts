import type { Cohort } from "@osteon/cohort";
import type { PathwayTable } from "@osteon/features";
import type { ConditionFloor } from "./condition-floor/condition-floor.ts";
import type { CacheCounts, SampleRequest } from "./model.ts";

export type { PathwayTable };

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
  /** Which profiles it may be asked for; null where nobody is behind the model, so that all are. */
  readonly conditionFloor: ConditionFloor | null;
  /** Of {@link GenerativeModel.profileCache}; undefined where nothing is kept. */
  profileCache?(): CacheCounts;
  /** Calls of {@link generate} that wait for their turn; undefined where none ever does. */
  waiting?(): number;
  /** @throws `generator.rare-profile` for conditions that `conditionFloor` does not allow */
  generate(request: SampleRequest): Promise<SyntheticCohort>;
}
