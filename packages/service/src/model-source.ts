import type { Synthesiser } from "@osteon/generator";

/** A model that is served. */
export interface ServedModel extends Synthesiser {
  /** Keeps what it samples with in place until the function returned is called, also when another takes its place. */
  hold?(): () => void;
}

/**
 * The model on air, asked anew for every request, so that another can take its place while requests run: a
 * request keeps the model that it began with. Undefined while there is none.
 */
export type ModelSource = () => ServedModel | undefined;
