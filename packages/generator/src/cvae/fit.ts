import { osteonError } from "@osteon/errors";
import {
  encodeLoss,
  encodeTrainingStep,
  initialiseWeights,
  input,
  RandomFill,
  type GivenTrainingOptions,
  type TrainingData,
  type Weights,
} from "@osteon/network";
import { streamId } from "@osteon/numerics";
import { standardiseInnovations } from "../latent/innovations.ts";
import type { LatentNetwork, NetworkTrainingOptions, TrainingSummary } from "../latent/latent-network.ts";
import type { LatentTrainingSet, LinearLaw } from "../latent/latent-training-set.ts";
import { trainConfirmed } from "../latent/train-network.ts";
import {
  fillDrawRows,
  fillStepRows,
  splitPatients,
  type BatchRows,
  type PatientSplit,
} from "../latent/training-rows.ts";
import { countActiveUnits } from "./active-units.ts";
import { buildNegativeElbo } from "./negative-elbo.ts";
import type { CvaeShape, MaskOf } from "./network.ts";
import { completeCvaeOptions, type CvaeOptions } from "./options.ts";
import { lawNames } from "./sampler.ts";

export interface CvaeFit {
  readonly network: LatentNetwork;
  readonly summary: CvaeSummary;
}

export interface CvaeSummary extends TrainingSummary {
  /** Code dimensions in use; 0: the posterior has collapsed onto the prior, or nothing was learned. */
  readonly activeUnits: number;
}

/** Steps of an epoch at least: a pass over a small cohort is too short to be worth a validation. */
const leastStepsPerEpoch = 20;

const defaultTraining: GivenTrainingOptions = {
  epochs: 400,
  learningRate: 2e-3,
  averageDecay: 0.99,
  weightDecay: 0.01,
  patience: 40,
};

const streams = {
  training: streamId("cvae/code-noise"),
  validation: streamId("cvae/validation-code-noise"),
};

/**
 * Fits a conditional variational autoencoder to the innovations e = (x − c · B) / √r of a linear law: a code
 * h ~ N(0, 1), and given code and conditions e ~ N(μ(h, c), diag(s²)).
 *
 * It begins at μ = 0 and s = 1, which is the law itself, that is the factor copula; a collapsed one is no further
 * than a linear step from it. Validation patients are held out with all their draws, and scored by the bound on
 * their log density with the same noise after every epoch. Unless some epoch beats the exact log density of the law,
 * the untrained network comes back (`bestEpoch` −1): what is kept is what they confirm, and the bound errs against
 * the trained network.
 *
 * @throws `generator.option`, `network.option`, `generator.too-few-patients`, `network.weights`, `network.diverged`,
 * and the signal's reason
 */
export async function fitCvaeNetwork(
  set: LatentTrainingSet,
  law: LinearLaw,
  options: NetworkTrainingOptions & Partial<CvaeOptions>,
): Promise<CvaeFit> {
  const chosen = completeCvaeOptions(options);
  const minimum = chosen.validationShare > 0 ? 2 : 1;
  if (set.patients < minimum) {
    throw osteonError("generator.too-few-patients", { patients: set.patients, minimum });
  }
  const { seed, signal, onEpoch } = options;
  const shape: CvaeShape = {
    dimensions: set.dimensions,
    conditionCount: set.conditionCount,
    codes: chosen.codes,
    hidden: chosen.hidden,
  };
  const innovations = standardiseInnovations(set, law);
  const split = splitPatients(set.patients, chosen.validationShare, seed);
  const { loss, masks } = buildTrainingLoss(shape, chosen);
  const fresh = initialiseWeights(loss, seed);
  const heldOut = split.heldOut.length;
  const { weights, summary } = await trainConfirmed(
    {
      step: encodeTrainingStep(loss),
      ...(heldOut > 0 && {
        validation: encodeLoss(buildNegativeElbo(shape, { batch: heldOut, klWeight: 1, freeBits: 0 })),
      }),
      data: describeData(innovations, split, { ...chosen, seed, masks }),
      initial: options.initial ?? fresh,
      options: { ...defaultTraining, ...options.training },
      signal,
      ...(onEpoch && { onEpoch: (report) => onEpoch(report) }),
    },
    withoutCode(fresh),
  );
  const activeUnits = await countActiveUnits(shape, weights, innovations);
  return {
    network: {
      description: { ...shape },
      weights: { ...weights, [lawNames.regression]: law.regression, [lawNames.variances]: law.variances },
    },
    summary: { ...summary, activeUnits },
  };
}

/** The loss of a step, and the names of its dropout masks. */
function buildTrainingLoss(shape: CvaeShape, { batch, freeBits, dropout }: CvaeOptions) {
  const masks: string[] = [];
  const maskOf: MaskOf = (layer, size) => {
    if (dropout === 0) return undefined;
    masks.push(`${layer}/mask`);
    return input(`${layer}/mask`, size);
  };
  return { loss: buildNegativeElbo(shape, { batch, klWeight: input("kl-weight", []), freeBits, maskOf }), masks };
}

/** Weights at which the posterior is the prior, so that the bound of an untrained decoder is its log density. */
function withoutCode(weights: Weights): Weights {
  const isCode = (name: string) => name.startsWith("encoder/mean/") || name.startsWith("encoder/linear/");
  return Object.fromEntries(
    Object.entries(weights).map(([name, values]) => [name, isCode(name) ? new Float32Array(values.length) : values]),
  );
}

function describeData(
  set: LatentTrainingSet,
  { training, heldOut }: PatientSplit,
  options: CvaeOptions & { readonly seed: number; readonly masks: readonly string[] },
): TrainingData {
  const { batch, seed, masks, codes, dropout, klWeight, klWarmUpSteps } = options;
  const fill = new RandomFill(Math.max(batch * Math.max(codes, ...options.hidden), heldOut.length * codes));
  const maskStreams = masks.map((name) => streamId(`cvae/${name}`));
  return {
    stepsPerEpoch: Math.max(leastStepsPerEpoch, Math.ceil(training.length / batch)),
    validationBatches: options.validationDraws,
    fillStep(step, inputs) {
      fillStepRows(set, training, { seed, step }, inputs as Readonly<Record<string, Float32Array>> & BatchRows);
      fill.fillNormals(inputs["noise"]!, { seed, stream: streams.training, index: step });
      masks.forEach((name, k) =>
        fill.fillDropoutMask(inputs[name]!, dropout, { seed, stream: maskStreams[k]!, index: step }),
      );
      inputs["kl-weight"]![0] = klWeight * Math.min(1, (step + 1) / (klWarmUpSteps + 1));
    },
    fillValidation(draw, inputs) {
      fillDrawRows(set, heldOut, draw, inputs as Readonly<Record<string, Float32Array>> & BatchRows);
      fill.fillNormals(inputs["noise"]!, { seed, stream: streams.validation, index: draw });
    },
  };
}
