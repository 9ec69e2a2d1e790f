import { ClinicalSampler, type FollowUp } from "../factor-copula/clinical-sampler.ts";
import { leadingBlock } from "../factor-copula/correlation-matrices.ts";
import { anchorCount } from "../factor-copula/latent-bounds.ts";
import type { FactorCopulaParameters } from "../factor-copula/parameters.ts";
import type { SampleRequest } from "../model.ts";

/** Clinical latents of patients with their follow-up. */
export interface ClinicalLatents {
  readonly followUps: readonly FollowUp[];
  /** Patients × clinical variables, row-major. */
  readonly clinical: Float64Array;
}

/** Draws the clinical variables under the conditions, exactly: alive at t is T > t, never T = t. */
export function drawClinicalLatents(
  { marginals, correlation }: FactorCopulaParameters,
  { conditions, seed, firstIndex, count }: SampleRequest,
): ClinicalLatents {
  const width = marginals.clinical.length;
  const sampler = new ClinicalSampler(marginals, leadingBlock(correlation, anchorCount(marginals), width), conditions);
  const clinical = new Float64Array(count * width);
  const followUps = Array.from({ length: count }, (_, i) =>
    sampler.draw(seed, firstIndex + i, clinical.subarray(i * width, (i + 1) * width)),
  );
  return { followUps, clinical };
}
