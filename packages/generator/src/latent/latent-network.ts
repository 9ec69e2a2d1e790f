import type { EpochReport, Expression, GivenTrainingOptions, Weights } from "@osteon/network";

/** What sampling a trained network takes: one graph from noise and conditions to latents. */
export interface LatentSampler {
  /** Standard normals a patient. */
  readonly noiseCount: number;
  /** [batch, dimensions], of inputs `noise` [batch, noiseCount] and `conditions` [batch, conditionCount]. */
  readonly latents: Expression;
  readonly weights: Weights;
}

/** A trained network as plain values. */
export interface LatentNetwork {
  /** Sizes and options that the graph is built from; JSON-serialisable. */
  readonly description: Readonly<Record<string, unknown>>;
  /** Average weights, by the names of the graph's parameters. */
  readonly weights: Weights;
}

/** Builds the sampling graph of a network for a fixed batch. */
export type BuildLatentSampler = (network: LatentNetwork, batch: number) => LatentSampler;

/** How training went. */
export interface TrainingSummary {
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly stoppedEarly: boolean;
  /** Validation loss of the average weights before training and at the best epoch; null where nothing was held out. */
  readonly initialValidationLoss: number | null;
  readonly bestValidationLoss: number | null;
  readonly steps: number;
  /** Losses after each epoch. */
  readonly curve: readonly Pick<EpochReport, "epoch" | "trainingLoss" | "validationLoss">[];
  /** Mean share of what the network says of a dimension that held-out patients confirm, where it is measured. */
  readonly confirmedShare?: number;
  /** Parameters of the network. */
  readonly parameters: number;
}

/** What every family's network takes beside its own options. */
export interface NetworkTrainingOptions {
  readonly seed: number;
  /** Over the family's defaults. */
  readonly training?: GivenTrainingOptions;
  /** Weights to begin at: those of a network pre-trained on another cohort, of the same sizes. */
  readonly initial?: Weights;
  readonly signal?: AbortSignal | undefined;
  readonly onEpoch?: (report: EpochReport) => void;
}
