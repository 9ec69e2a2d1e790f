import { RandomFill, type TrainingData } from "@osteon/network";
import { streamId } from "@osteon/numerics";
import type { LatentTrainingSet } from "../latent/latent-training-set.ts";
import { fillDrawRows, fillStepRows, rowsOf, type PatientSplit } from "../latent/training-rows.ts";
import type { CvaeOptions } from "./options.ts";

/** Steps of an epoch at least: a pass over a small cohort is too short to be worth a validation. */
const leastStepsPerEpoch = 20;

const streams = {
  training: streamId("cvae/code-noise"),
  validation: streamId("cvae/validation-code-noise"),
};

/**
 * The numbers of every step: patients, code noise, dropout masks and the rising weight of the divergence; and those of
 * validation, of which batch k holds draw k of every held-out patient.
 * @param set innovations
 */
export function describeTrainingData(
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
      fillStepRows(set, training, { seed, step }, rowsOf(inputs));
      fill.fillNormals(inputs["noise"]!, { seed, stream: streams.training, index: step });
      masks.forEach((name, k) =>
        fill.fillDropoutMask(inputs[name]!, dropout, { seed, stream: maskStreams[k]!, index: step }),
      );
      inputs["kl-weight"]![0] = klWeight * Math.min(1, (step + 1) / (klWarmUpSteps + 1));
    },
    fillValidation(draw, inputs) {
      fillDrawRows(set, heldOut, draw, rowsOf(inputs));
      fill.fillNormals(inputs["noise"]!, { seed, stream: streams.validation, index: draw });
    },
  };
}
