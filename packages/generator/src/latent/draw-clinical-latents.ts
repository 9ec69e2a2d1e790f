import type { FollowUp } from "../factor-copula/clinical-sampler.ts";
import type { ClinicalSamplers } from "../factor-copula/clinical-samplers.ts";
import type { SampleRequest } from "../model.ts";

/** Clinical latents of patients with their follow-up. */
export interface ClinicalLatents {
  readonly followUps: readonly FollowUp[];
  /** Patients × clinical variables, row-major. */
  readonly clinical: Float64Array;
}

/** Draws the clinical variables under the conditions, exactly: alive at t is T > t, never T = t. */
export function drawClinicalLatents(
  samplers: ClinicalSamplers,
  { conditions, seed, firstIndex, count }: SampleRequest,
): ClinicalLatents {
  const { width } = samplers;
  const sampler = samplers.of(conditions);
  const clinical = new Float64Array(count * width);
  const followUps = Array.from({ length: count }, (_, i) =>
    sampler.draw(seed, firstIndex + i, clinical.subarray(i * width, (i + 1) * width)),
  );
  return { followUps, clinical };
}
