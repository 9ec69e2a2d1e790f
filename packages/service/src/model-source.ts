import type { ModelCardDocument, PackageDescription } from "@osteon/contracts";
import type { Synthesiser } from "@osteon/generator";

/** A model that is served: what generates, with what its package tells of it. */
export interface ServedModel extends Synthesiser {
  /** Left out where the model did not come from a sealed package. */
  readonly description?: PackageDescription;
  /** Left out, or null, where there is none. */
  readonly card?: { readonly markdown: string; readonly json: ModelCardDocument } | null;
  /** Keeps what it samples with in place until the function returned is called, also when another takes its place. */
  hold?(): () => void;
}

/**
 * The model on air, asked anew for every request, so that another can take its place while requests run: a
 * request keeps the model that it began with. Undefined while there is none.
 */
export type ModelSource = () => ServedModel | undefined;
