export interface LearningRateSchedule {
  readonly peakRate: number;
  /** Steps of linear rise from 0 to the peak. */
  readonly warmUpSteps: number;
  /** The step at which the cosine reaches its end. */
  readonly totalSteps: number;
  /** The last rate as a share of the peak. */
  readonly finalShare: number;
}

/**
 * Learning rate of step 0, 1, …: linear warm-up, then half a cosine; constant after the last step.
 * Source: Loshchilov & Hutter, "SGDR", ICLR 2017, equation 5, without restarts.
 */
export function learningRateAt(step: number, schedule: LearningRateSchedule): number {
  const { peakRate, warmUpSteps, totalSteps, finalShare } = schedule;
  if (step < warmUpSteps) return (peakRate * (step + 1)) / warmUpSteps;
  const progress = Math.min(1, (step - warmUpSteps) / Math.max(1, totalSteps - warmUpSteps));
  return peakRate * (finalShare + (1 - finalShare) * 0.5 * (1 + Math.cos(Math.PI * progress)));
}
