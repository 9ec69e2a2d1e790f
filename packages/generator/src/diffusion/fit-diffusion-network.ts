import { osteonError } from "@osteon/errors";
import {
  encodeLoss,
  encodeTrainingStep,
  initialiseWeights,
  lossName,
  openSession,
  train,
  type Arrays,
  type EncodedGraph,
  type TrainingData,
  type Weights,
} from "@osteon/network";
import type { LatentNetwork, NetworkTrainingOptions, TrainingSummary } from "../latent/latent-network.ts";
import type { LatentTrainingSet, LinearLaw } from "../latent/latent-training-set.ts";
import { buildDenoisingLoss } from "./denoising-loss.ts";
import { lawNames, type DiffusionDescription } from "./description.ts";
import { createDiffusionData, splitPatients, type PatientSplit } from "./diffusion-data.ts";
import { assertOption, completeDiffusionOptions, defaultDiffusionTraining, type DiffusionOptions } from "./options.ts";

export interface DiffusionFit {
  readonly network: LatentNetwork;
  readonly summary: TrainingSummary;
}

const fewestPatients = 10;

/**
 * Trains the denoiser of {@link buildDenoisingLoss} by patients. It begins at the law itself; held-out patients end
 * it, and where they never confirm what it learnt, the network stays as it was (`bestEpoch` −1) and samples the law.
 *
 * @throws `generator.too-few-patients`, `generator.option`, `network.option`, the signal's reason
 */
export async function fitDiffusionNetwork(
  set: LatentTrainingSet,
  law: LinearLaw,
  given: NetworkTrainingOptions & Partial<DiffusionOptions>,
): Promise<DiffusionFit> {
  const { seed, training, initial, signal, onEpoch, ...own } = given;
  const options = { ...completeDiffusionOptions(own), seed };
  assertFittable(set, law);
  const { width, blocks, embedding, guidance, steps, biology } = options;
  const { dimensions, conditionCount } = set;
  const description: DiffusionDescription = { dimensions, conditionCount, width, blocks, embedding, guidance, steps };
  const split = splitPatients(set.patients, options.validationShare, seed);

  const build = (batch: number, masked: boolean) => buildDenoisingLoss(description, law, { batch, masked, biology });
  const loss = build(options.batchSize, options.dropout > 0);
  const untrained = initialiseWeights(loss, seed);
  const step = encodeTrainingStep(loss);
  // What decides is the error of denoising alone: the biological terms are means, not ends.
  const heldOut = split.heldOut.length;
  const validation =
    heldOut > 0 ? encodeLoss(buildDenoisingLoss(description, law, { batch: heldOut, masked: false })) : undefined;
  const fit = (patients: PatientSplit, epochs?: number) =>
    train({
      step,
      ...(validation && patients === split && { validation }),
      data: createDiffusionData(set, patients, description, options),
      initial: initial ?? untrained,
      options: { ...defaultDiffusionTraining, ...training, ...(epochs && { epochs }) },
      signal,
      onEpoch: (report) => onEpoch?.(report),
    });

  const data = createDiffusionData(set, split, description, options);
  const begin = initial ?? untrained;
  // A network pre-trained on another cohort may be worse here than none.
  const beginLoss = validation ? await measureHeldOutLoss(validation, data, begin) : Infinity;
  const untrainedLoss = validation && initial ? await measureHeldOutLoss(validation, data, untrained) : beginLoss;
  const result = await fit(split);
  const trainedLoss = result.history[result.bestEpoch]?.validationLoss ?? NaN;
  const isConfirmed = !validation || trainedLoss < Math.min(beginLoss, untrainedLoss);
  const refit = validation && isConfirmed && options.refit ? await fit(everyone(set), result.bestEpoch + 1) : undefined;
  const fallback = untrainedLoss < beginLoss ? untrained : begin;
  const trained = isConfirmed ? (refit ?? result).weights : fallback;
  const epochs = result.epochs + (refit?.epochs ?? 0);

  return {
    network: {
      description: { ...description },
      weights: { ...trained, [lawNames.regression]: law.regression, [lawNames.variances]: law.variances },
    },
    summary: {
      epochs: result.epochs,
      bestEpoch: isConfirmed ? result.bestEpoch : -1,
      stoppedEarly: result.stoppedEarly,
      initialValidationLoss: validation ? beginLoss : null,
      bestValidationLoss: validation ? Math.min(trainedLoss, beginLoss, untrainedLoss) : null,
      steps: epochs * options.stepsPerEpoch,
      parameters: step.parameters.reduce((total, { name }) => total + untrained[name]!.length, 0),
    },
  };
}

function everyone({ patients }: LatentTrainingSet): PatientSplit {
  return { trained: Uint32Array.from({ length: patients }, (_, i) => i), heldOut: new Uint32Array(0) };
}

/** As training measures it after an epoch. */
async function measureHeldOutLoss(graph: EncodedGraph, data: TrainingData, weights: Weights): Promise<number> {
  const inputs: Arrays = Object.fromEntries(
    graph.inputs.map(({ name, shape }) => [
      name,
      new Float32Array((shape as readonly number[]).reduce((a, b) => a * b)),
    ]),
  );
  const loss = new Float32Array(1);
  const session = await openSession(graph);
  try {
    const own = Object.fromEntries(graph.parameters.map(({ name }) => [name, weights[name] ?? new Float32Array(0)]));
    const run = session.bind({ ...inputs, ...own }, { [lossName]: loss });
    let total = 0;
    const batches = data.validationBatches!;
    for (let batch = 0; batch < batches; batch++) {
      data.fillValidation!(batch, inputs);
      await run();
      total += loss[0]!;
    }
    return total / batches;
  } finally {
    await session.release();
  }
}

/** @throws `generator.too-few-patients`, `generator.option` */
function assertFittable(set: LatentTrainingSet, law: LinearLaw): void {
  const { patients, dimensions, conditionCount, draws } = set;
  if (patients < fewestPatients) {
    throw osteonError("generator.too-few-patients", { patients, minimum: fewestPatients });
  }
  const rows = draws * patients;
  const isWhole = (values: Float32Array, length: number) => values.length === length && values.every(Number.isFinite);
  assertOption(
    "latents",
    "a finite number for each draw, patient and dimension",
    isWhole(set.latents, rows * dimensions),
  );
  const isConditioned = isWhole(set.conditions, rows * conditionCount);
  assertOption("conditions", "a finite number for each draw, patient and condition", isConditioned);
  const isRegression = isWhole(law.regression, conditionCount * dimensions);
  assertOption("law.regression", "a finite number for each condition and dimension", isRegression);
  const areVariances = law.variances.length === dimensions && law.variances.every((x) => x > 0 && x <= 1);
  assertOption("law.variances", "above 0 and at most 1 for each dimension", areVariances);
}
