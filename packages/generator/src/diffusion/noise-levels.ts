import { normalQuantile } from "@osteon/numerics";

/**
 * ln σ in training is normal: EDM's −1.2 ± 1.2 is for data of deviation ½, so ln 2 higher for the unit deviation here.
 * Source: Karras et al., NeurIPS 2022, table 1.
 */
const trainingLogNoise = { mean: Math.LN2 - 1.2, deviation: 1.2 } as const;

/** Noise between which a sampler runs, in units of the data's deviation. */
const samplingNoise = { least: 0.01, most: 20, curvature: 7 } as const;

/** ln σ below which a share of the noise levels of training lies. */
export function logNoiseQuantile(share: number): number {
  return trainingLogNoise.mean + trainingLogNoise.deviation * normalQuantile(share);
}

/** σ at which a sampler of so many steps evaluates, downwards; the last step leads from the last of them to 0. */
export function listNoiseLevels(steps: number): number[] {
  const { least, most, curvature } = samplingNoise;
  const [high, low] = [most ** (1 / curvature), least ** (1 / curvature)];
  // Source: Karras et al., NeurIPS 2022, equation 5.
  return Array.from({ length: steps }, (_, i) => (high + (i / Math.max(1, steps - 1)) * (low - high)) ** curvature);
}
