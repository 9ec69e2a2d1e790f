import type { SavedModel } from "@osteon/generator";
import type { Tensor, TensorData } from "@osteon/safetensors";

/** The same model with its tensors in memory that threads share, so that it is there once however many they are. */
export function shareTensors(model: SavedModel): SavedModel {
  const shared = Object.entries(model.tensors).map(([name, { shape, data }]): [string, Tensor] => [
    name,
    { shape, data: share(data) },
  ]);
  return { ...model, tensors: Object.fromEntries(shared) };
}

function share(data: TensorData): TensorData {
  const Type = data.constructor as new (buffer: SharedArrayBuffer) => TensorData;
  const copy = new Type(new SharedArrayBuffer(data.byteLength));
  copy.set(data as never);
  return copy;
}
