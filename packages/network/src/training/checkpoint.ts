import { osteonError } from "@osteon/errors";
import { decodeSafetensors, encodeSafetensors, type TensorFile } from "@osteon/safetensors";
import type { TensorDescription } from "../onnx/messages.ts";
import type { AdamW } from "./adamw.ts";
import type { EarlyStopping } from "./early-stopping.ts";

const formatName = "osteon-training-1";
const parts = ["weights", "firstMoments", "secondMoments", "average"] as const;

/** All that training has become between two epochs. Random numbers are addressed by step, so `step` is their position. */
export interface TrainingState {
  readonly optimiser: AdamW;
  readonly stopping: EarlyStopping;
  /** Epochs completed. */
  epoch: number;
}

/** Writes a state as safetensors: tensors `weights/NAME`, `firstMoments/NAME`, … and, once there is one, `best/NAME`. */
export function encodeCheckpoint(
  { optimiser, stopping, epoch }: TrainingState,
  parameters: readonly TensorDescription[],
  fingerprint: string,
): Uint8Array {
  const tensors: Record<string, { shape: readonly number[]; data: Float32Array | Float64Array }> = {
    bestLoss: { shape: [1], data: Float64Array.of(stopping.bestLoss) },
  };
  for (const { name, shape } of parameters) {
    for (const part of parts) tensors[`${part}/${name}`] = { shape: shape as number[], data: optimiser[part][name]! };
    const best = stopping.bestWeights[name];
    if (best) tensors[`best/${name}`] = { shape: shape as number[], data: best };
  }
  const metadata = {
    format: formatName,
    fingerprint,
    step: String(optimiser.step),
    epoch: String(epoch),
    bestEpoch: String(stopping.bestEpoch),
  };
  return encodeSafetensors({ tensors, metadata });
}

/** Brings a state to where the checkpoint was written. Throws `network.checkpoint` where it is of another training. */
export function restoreCheckpoint(
  bytes: Uint8Array,
  state: TrainingState,
  parameters: readonly TensorDescription[],
  fingerprint: string,
): void {
  const file = decodeSafetensors(bytes);
  if (file.metadata["format"] !== formatName) throw misfit("it is not a checkpoint of this version");
  if (file.metadata["fingerprint"] !== fingerprint) throw misfit("its options or its network differ");
  const bestEpoch = readCount(file, "bestEpoch", -1);
  for (const { name } of parameters) {
    for (const part of parts) state.optimiser[part][name]!.set(readTensor(file, `${part}/${name}`, state, name));
    if (bestEpoch >= 0) state.stopping.bestWeights[name] = readTensor(file, `best/${name}`, state, name);
  }
  state.stopping.bestEpoch = bestEpoch;
  state.stopping.bestLoss = file.tensors["bestLoss"]?.data[0] ?? Infinity;
  state.optimiser.resumeAt(readCount(file, "step", 0));
  state.epoch = readCount(file, "epoch", 0);
}

function readTensor(file: TensorFile, key: string, { optimiser }: TrainingState, name: string): Float32Array {
  const data = file.tensors[key]?.data;
  if (!(data instanceof Float32Array) || data.length !== optimiser.weights[name]!.length) {
    throw misfit(`the tensor ${key} is missing or of another size`);
  }
  return data;
}

function readCount(file: TensorFile, key: string, least: number): number {
  const value = Number(file.metadata[key] ?? NaN);
  if (!Number.isInteger(value) || value < least) throw misfit(`its ${key} is not a whole number`);
  return value;
}

function misfit(reason: string) {
  return osteonError("network.checkpoint", { reason });
}
