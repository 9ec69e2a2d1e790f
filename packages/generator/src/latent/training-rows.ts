import { drawBatch, type Arrays } from "@osteon/network";
import { RandomStream, streamId } from "@osteon/numerics";
import type { LatentTrainingSet } from "./latent-training-set.ts";

/** Positions of the patients to train on and of those held out; all draws of a patient are on one side. */
export interface PatientSplit {
  readonly training: Uint32Array;
  readonly heldOut: Uint32Array;
}

/** Rows of a batch, row-major: batch × dimensions and batch × conditionCount. */
export interface BatchRows {
  readonly latents: Float32Array;
  readonly conditions: Float32Array;
}

/** Those among the inputs of a graph, under these names. */
export function rowsOf(inputs: Arrays): BatchRows {
  return { latents: inputs["latents"]!, conditions: inputs["conditions"]! };
}

const splitStream = streamId("latent/held-out-patients");
const drawStream = streamId("latent/draw-of-step");

/**
 * Holds out a random share of the patients: at least one where the share is above 0, and never all.
 * @param patients at least 2 where the share is above 0
 * @param share 0 … below 1
 */
export function splitPatients(patients: number, share: number, seed: number): PatientSplit {
  const count = share > 0 ? Math.min(patients - 1, Math.max(1, Math.round(share * patients))) : 0;
  const order = new RandomStream(seed, splitStream).permutation(patients);
  return { training: order.slice(count).sort(), heldOut: order.slice(0, count).sort() };
}

/**
 * Fills the batch of a training step: every one of `patients` once before any comes again, each by one of its draws
 * at random. Depends on seed and step only.
 */
export function fillStepRows(
  set: LatentTrainingSet,
  patients: Uint32Array,
  { seed, step }: { readonly seed: number; readonly step: number },
  out: BatchRows,
): void {
  const random = new RandomStream(seed, drawStream, step);
  drawBatch(seed, step, out.latents.length / set.dimensions, patients.length).forEach((position, row) => {
    copyRow(set, patients[position]!, random.nextInteger(set.draws), out, row);
  });
}

/** Fills a batch with one row a patient, all of the same draw: position modulo the number of draws. */
export function fillDrawRows(set: LatentTrainingSet, patients: Uint32Array, draw: number, out: BatchRows): void {
  patients.forEach((patient, row) => copyRow(set, patient, draw % set.draws, out, row));
}

function copyRow(set: LatentTrainingSet, patient: number, draw: number, out: BatchRows, row: number): void {
  const from = draw * set.patients + patient;
  const { dimensions, conditionCount } = set;
  out.latents.set(set.latents.subarray(from * dimensions, (from + 1) * dimensions), row * dimensions);
  out.conditions.set(set.conditions.subarray(from * conditionCount, (from + 1) * conditionCount), row * conditionCount);
}
