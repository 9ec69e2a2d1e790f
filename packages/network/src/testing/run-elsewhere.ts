import { InferenceSession, Tensor } from "onnxruntime-web";

/** Runs a file in onnxruntime-web's WebAssembly build: another reader than the one that trained. */
export async function runElsewhere(bytes: Uint8Array, feeds: Record<string, [Float32Array, number[]]>) {
  const session = await InferenceSession.create(bytes, { executionProviders: ["wasm"] });
  const tensors = Object.entries(feeds).map(([name, [data, shape]]) => [name, new Tensor("float32", data, shape)]);
  const results = await session.run(Object.fromEntries(tensors) as Record<string, Tensor>);
  await session.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, { data, dims }]) => [name, { data: data as Float32Array, dims }]),
  );
}
