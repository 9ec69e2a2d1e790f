import type { ExpressionWeights } from "./expression-decoder.ts";
import type { Marginals } from "./marginals.ts";

/** A fitted factor copula as plain values. */
export interface FactorCopulaParameters {
  readonly marginals: Marginals;
  /** Latent correlation of the anchors, anchors × anchors. */
  readonly correlation: Float64Array;
  readonly expression: ExpressionWeights;
}
