import { drawMixture, mixRows, RandomFill, type TrainingData } from "@osteon/network";
import { RandomStream, streamId } from "@osteon/numerics";
import type { LatentTrainingSet } from "../latent/latent-training-set.ts";
import { fillDrawRows, fillStepRows, rowsOf, type PatientSplit } from "../latent/training-rows.ts";
import { maskedWidths, type CorrectionSizes } from "./correction-network.ts";
import { maskName } from "./denoising-loss.ts";
import { logNoiseQuantile } from "./noise-levels.ts";
import type { DiffusionOptions } from "./options.ts";

const rowStream = streamId("diffusion/rows");
const noiseStream = streamId("diffusion/noise");
const maskStream = streamId("diffusion/dropout");
const heldOutStream = streamId("diffusion/held-out-noise");

/**
 * Batches for the denoising loss. Steps draw patients, one of the draws of each, noise levels stratified over the
 * batch, noise and masks, all addressed by the step. The held-out patients, all in one batch as often as there
 * are levels, see the same noise after every epoch: each patient every level of an even grid, and always the conditions.
 */
export function createDiffusionData(
  set: LatentTrainingSet,
  { training, heldOut }: PatientSplit,
  sizes: CorrectionSizes,
  options: DiffusionOptions & { readonly seed: number },
): TrainingData {
  const { seed, batchSize, stepsPerEpoch, validationLevels, mixup } = options;
  const widths = options.dropout > 0 ? maskedWidths(sizes) : [];
  const fill = new RandomFill(
    Math.max(
      Math.max(batchSize, validationLevels * heldOut.length) * set.dimensions,
      ...widths.map((width) => batchSize * width),
    ),
  );
  const unmixed = {
    latents: new Float32Array(batchSize * set.dimensions),
    conditions: new Float32Array(batchSize * set.conditionCount),
  };
  return {
    stepsPerEpoch,
    fillStep(step, inputs) {
      const random = new RandomStream(seed, rowStream, step);
      for (let row = 0; row < batchSize; row++) {
        inputs["log-noise"]![row] = logNoiseQuantile((row + random.nextUniform()) / batchSize);
        inputs["keep"]![row] = random.nextUniform() < options.conditionDropout ? 0 : 1;
      }
      fillStepRows(set, training, { seed, step }, mixup > 0 ? unmixed : rowsOf(inputs));
      if (mixup > 0) {
        const mixture = drawMixture(seed, step, batchSize, mixup);
        mixRows(unmixed.latents, set.dimensions, mixture, inputs["latents"]!);
        mixRows(unmixed.conditions, set.conditionCount, mixture, inputs["conditions"]!);
      }
      fill.fillNormals(inputs["noise"]!, { seed, stream: noiseStream, index: step });
      widths.forEach((_, block) => {
        const address = { seed, stream: maskStream, index: step * widths.length + block };
        fill.fillDropoutMask(inputs[maskName(block)]!, options.dropout, address);
      });
    },
    validationBatches: 1,
    fillValidation(_, inputs) {
      const { latents, conditions } = rowsOf(inputs);
      const patients = heldOut.length;
      for (let k = 0; k < validationLevels; k++) {
        const part = (values: Float32Array, width: number) =>
          values.subarray(k * patients * width, (k + 1) * patients * width);
        const rows = { latents: part(latents, set.dimensions), conditions: part(conditions, set.conditionCount) };
        fillDrawRows(set, heldOut, k, rows);
        heldOut.forEach((__, i) => {
          const level = (k + i) % validationLevels;
          inputs["log-noise"]![k * patients + i] = logNoiseQuantile((level + 0.5) / validationLevels);
        });
      }
      inputs["keep"]!.fill(1);
      fill.fillNormals(inputs["noise"]!, { seed, stream: heldOutStream, index: 0 });
    },
  };
}
