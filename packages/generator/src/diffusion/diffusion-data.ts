import { drawBatch, drawMixture, mixRows, RandomFill, type Arrays, type TrainingData } from "@osteon/network";
import { RandomStream, streamId } from "@osteon/numerics";
import type { LatentTrainingSet } from "../latent/latent-training-set.ts";
import { maskedWidths, type CorrectionSizes } from "./correction-network.ts";
import { maskName } from "./denoising-loss.ts";
import { logNoiseQuantile } from "./noise-levels.ts";
import type { DiffusionOptions } from "./options.ts";

const rowStream = streamId("diffusion/rows");
const noiseStream = streamId("diffusion/noise");
const maskStream = streamId("diffusion/dropout");
const heldOutStream = streamId("diffusion/held-out-noise");
const splitStream = streamId("diffusion/split");

/** Patients by their rows in the set. */
export interface PatientSplit {
  readonly trained: Uint32Array;
  readonly heldOut: Uint32Array;
}

/** Holds whole patients out, with all of their draws. */
export function splitPatients(patients: number, share: number, seed: number): PatientSplit {
  const order = new RandomStream(seed, splitStream).permutation(patients);
  const count = share > 0 ? Math.max(1, Math.round(share * patients)) : 0;
  return { trained: order.slice(count), heldOut: order.slice(0, count) };
}

/**
 * Batches for the denoising loss. Steps draw patients, one of the draws of each, noise levels stratified over the
 * batch, noise and masks, all addressed by the step. The held-out patients see the same noise after every epoch: one
 * level of an even grid for each patient in each batch, and always their conditions.
 */
export function createDiffusionData(
  set: LatentTrainingSet,
  { trained, heldOut }: PatientSplit,
  sizes: CorrectionSizes,
  options: DiffusionOptions & { readonly seed: number },
): TrainingData {
  const { seed, batchSize, stepsPerEpoch, validationLevels, mixup } = options;
  const widths = options.dropout > 0 ? maskedWidths(sizes) : [];
  const fill = new RandomFill(
    Math.max(Math.max(batchSize, heldOut.length) * set.dimensions, ...widths.map((width) => batchSize * width)),
  );
  const own = {
    latents: new Float32Array(batchSize * set.dimensions),
    conditions: new Float32Array(batchSize * set.conditionCount),
  };
  const copyPatient = (row: number, patient: number, draw: number, { latents, conditions }: Arrays) => {
    const from = draw * set.patients + patient;
    copyRow(set.latents, from, latents!, row, set.dimensions);
    copyRow(set.conditions, from, conditions!, row, set.conditionCount);
  };
  return {
    stepsPerEpoch,
    fillStep(step, inputs) {
      const random = new RandomStream(seed, rowStream, step);
      drawBatch(seed, step, batchSize, trained.length).forEach((at, row) => {
        copyPatient(row, trained[at]!, random.nextInteger(set.draws), mixup > 0 ? own : inputs);
        inputs["log-noise"]![row] = logNoiseQuantile((row + random.nextUniform()) / batchSize);
        inputs["keep"]![row] = random.nextUniform() < options.conditionDropout ? 0 : 1;
      });
      if (mixup > 0) {
        const mixture = drawMixture(seed, step, batchSize, mixup);
        mixRows(own.latents, set.dimensions, mixture, inputs["latents"]!);
        mixRows(own.conditions, set.conditionCount, mixture, inputs["conditions"]!);
      }
      fill.fillNormals(inputs["noise"]!, { seed, stream: noiseStream, index: step });
      widths.forEach((_, block) => {
        const address = { seed, stream: maskStream, index: step * widths.length + block };
        fill.fillDropoutMask(inputs[maskName(block)]!, options.dropout, address);
      });
    },
    validationBatches: validationLevels,
    fillValidation(batch, inputs) {
      heldOut.forEach((patient, row) => {
        copyPatient(row, patient, batch % set.draws, inputs);
        const level = (batch + row) % validationLevels;
        inputs["log-noise"]![row] = logNoiseQuantile((level + 0.5) / validationLevels);
      });
      inputs["keep"]!.fill(1);
      fill.fillNormals(inputs["noise"]!, { seed, stream: heldOutStream, index: batch });
    },
  };
}

function copyRow(source: Float32Array, from: number, target: Float32Array, to: number, columns: number): void {
  target.set(source.subarray(from * columns, (from + 1) * columns), to * columns);
}
