import { osteonError } from "@osteon/errors";
import type { Device } from "../session/session.ts";
import type { AdamWOptions } from "./adamw.ts";

/** What a caller may choose; the rest is {@link defaultTrainingOptions}. */
export type GivenTrainingOptions = Partial<TrainingOptions>;

export interface TrainingOptions extends AdamWOptions {
  readonly epochs: number;
  readonly learningRate: number;
  readonly warmUpSteps: number;
  /** The learning rate at the end of the last epoch as a share of the highest. */
  readonly finalRateShare: number;
  /** Epochs without a lower validation loss after which training stops. Infinity: never. */
  readonly patience: number;
  /** Share of the best validation loss by which a lower one must differ to count. */
  readonly leastGain: number;
  readonly threads: number;
  readonly device: Device;
}

export const defaultTrainingOptions: TrainingOptions = {
  epochs: 200,
  learningRate: 1e-3,
  warmUpSteps: 100,
  finalRateShare: 0.01,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0.01,
  clipNorm: 1,
  averageDecay: 0.999,
  patience: Infinity,
  leastGain: 0,
  threads: 1,
  device: "cpu",
};

type Rule = readonly [allowed: string, holds: (value: number) => boolean];
const share: Rule = ["at least 0 and below 1", (x) => x >= 0 && x < 1];
const positive: Rule = ["a number above 0", (x) => x > 0];
const natural: Rule = ["a whole number of at least 1", (x) => Number.isInteger(x) && x >= 1];

const rules: Readonly<Record<Exclude<keyof TrainingOptions, "device">, Rule>> = {
  epochs: natural,
  learningRate: ["a finite number above 0", (x) => x > 0 && Number.isFinite(x)],
  warmUpSteps: ["a whole number of at least 0", (x) => Number.isInteger(x) && x >= 0],
  finalRateShare: ["between 0 and 1", (x) => x >= 0 && x <= 1],
  beta1: share,
  beta2: share,
  epsilon: positive,
  weightDecay: ["a number of at least 0", (x) => x >= 0 && Number.isFinite(x)],
  clipNorm: positive,
  averageDecay: share,
  patience: positive,
  leastGain: share,
  threads: natural,
};

/** Defaults filled in and every number checked; throws `network.option`. */
export function completeTrainingOptions(given: GivenTrainingOptions): TrainingOptions {
  const options = { ...defaultTrainingOptions, ...given };
  for (const [option, [allowed, holds]] of Object.entries(rules) as [
    Exclude<keyof TrainingOptions, "device">,
    Rule,
  ][]) {
    if (!holds(options[option])) throw osteonError("network.option", { option, allowed });
  }
  return options;
}
