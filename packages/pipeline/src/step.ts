import type { ServerAddress } from "@osteon/database-server";
import type { Configuration } from "@osteon/contracts";
import type { Artefacts } from "./artefacts.ts";
import type { RunKeys } from "./run-keys.ts";

/** What a step has at hand. */
export interface StepContext {
  readonly configuration: Configuration;
  readonly keys: RunKeys;
  /** Where the database server is that patients are read from; undefined for none. */
  readonly databaseAddress: ServerAddress | undefined;
  readonly artefacts: Artefacts;
  readonly osteonVersion: string;
  /** Source ids that the run is restricted to; null for all. */
  readonly patientIds: readonly string[] | null;
  readonly signal: AbortSignal;
  /** Says how far the step is: `share` of 0 to 1 where it is known. */
  readonly progress: (message: string, share?: number) => void;
}

/** What a step tells of its result. */
interface StepOutcome {
  /** Files written, relative to the run directory. */
  readonly outputs: readonly string[];
  /** Counts and scores worth telling; never a value of a patient. */
  readonly detail: Readonly<Record<string, number | string | boolean | null>>;
}

/** One step of the main job. */
export interface Step {
  /** The part of the configuration that the result depends on. */
  options(configuration: Configuration): Record<string, unknown>;
  /** Digests of what is read from outside the run, by a name that tells nothing. */
  inputs?(context: StepContext): Promise<Record<string, string>>;
  run(context: StepContext): Promise<StepOutcome>;
}
