import { countElements, lossName, openSession, train, type TrainingJob, type Weights } from "@osteon/network";
import type { TrainingSummary } from "./latent-network.ts";

export interface NetworkFit {
  readonly weights: Weights;
  readonly summary: TrainingSummary;
}

/**
 * Trains, and keeps what training did only where the held-out patients confirm it: the beginning counts as an epoch
 * −1, and so do the `untrained` weights, at which the network says nothing beyond the factor copula. Where no epoch
 * has a lower validation loss than both, the better of the two comes back. Without a validation graph the last
 * average weights do.
 */
export async function trainConfirmed(job: TrainingJob, untrained: Weights): Promise<NetworkFit> {
  const { weights, bestEpoch, epochs, stoppedEarly, history } = await train(job);
  const summary = {
    epochs,
    bestEpoch,
    stoppedEarly,
    initialValidationLoss: null,
    bestValidationLoss: null,
    steps: history.at(-1)?.step ?? 0,
    curve: history.map(({ epoch, trainingLoss, validationLoss }) => ({ epoch, trainingLoss, validationLoss })),
    parameters: job.step.parameters.reduce((sum, { name }) => sum + weights[name]!.length, 0),
  };
  if (!job.validation) return { weights, summary };
  const initialValidationLoss = await measureValidationLoss(job, untrained);
  const candidates = [
    { weights: untrained, bestEpoch: -1, bestValidationLoss: initialValidationLoss },
    { weights: job.initial, bestEpoch: -1, bestValidationLoss: await measureValidationLoss(job, job.initial) },
    { weights, bestEpoch, bestValidationLoss: history[bestEpoch]!.validationLoss },
  ];
  const { weights: kept, ...best } = candidates.reduce((a, b) => (b.bestValidationLoss < a.bestValidationLoss ? b : a));
  return { weights: kept, summary: { ...summary, ...best, initialValidationLoss } };
}

/** Mean over the validation batches, as `train` measures it after an epoch. */
async function measureValidationLoss({ validation, data, options }: TrainingJob, weights: Weights): Promise<number> {
  const { threads = 1, device = "cpu" } = options ?? {};
  const inputs = Object.fromEntries(
    validation!.inputs.map(({ name, shape }) => [name, new Float32Array(countElements(shape))]),
  );
  const loss = new Float32Array(1);
  const session = await openSession(validation!, { threads, device });
  try {
    const run = session.bind({ ...inputs, ...weights }, { [lossName]: loss });
    let total = 0;
    for (let batch = 0; batch < data.validationBatches!; batch++) {
      data.fillValidation!(batch, inputs);
      await run();
      total += loss[0]!;
    }
    return total / data.validationBatches!;
  } finally {
    await session.release();
  }
}
