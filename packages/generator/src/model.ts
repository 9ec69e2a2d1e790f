import type { Cohort } from "@osteon/cohort";
import type { Tensor } from "@osteon/safetensors";
import type { Conditions } from "./conditions.ts";

/** Families whose dependence a network draws. */
export type NeuralFamily = "diffusion" | "cvae";
/** Names of the model families. */
export type Family = "factor-copula" | NeuralFamily;

/** Which patients to draw. Patient `index` of `seed` is the same to the bit however it is asked for. */
export interface SampleRequest {
  readonly conditions: Conditions;
  readonly seed: number;
  /** Index of the first patient. */
  readonly firstIndex: number;
  readonly count: number;
}

/** How often what is known of the conditions alone was there already, since the model was loaded. */
export interface CacheCounts {
  readonly hits: number;
  readonly misses: number;
}

/** What everything outside a family's folder knows of a fitted model. */
export interface GenerativeModel {
  readonly family: Family;
  /**
   * Draws `count` patients as a cohort with `simulated: true`; ids are `SYN-<seed>-<index>`. A family without a
   * network answers at once.
   */
  sample(request: SampleRequest): Cohort | Promise<Cohort>;
  /** Of the conditioned state that is kept for the profiles asked for last; never patients. */
  readonly profileCache?: CacheCounts | undefined;
  /** Frees what sampling has loaded. A later sample loads it again. */
  release?(): Promise<void>;
  /** The whole state; what {@link ModelLoader} of the same family reads. */
  save(): SavedModel;
}

/** A model as plain values, ready for a container. */
export interface SavedModel {
  readonly family: Family;
  readonly tensors: Readonly<Record<string, Tensor>>;
  /** JSON-serialisable. */
  readonly description: Readonly<Record<string, unknown>>;
}

/** Reads back what {@link GenerativeModel.save} gave. */
export type ModelLoader = (saved: SavedModel) => GenerativeModel;
