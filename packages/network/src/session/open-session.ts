import "./no-telemetry.ts";
import { osteonError } from "@osteon/errors";
// The only file that knows onnxruntime-node.
import { InferenceSession, listSupportedBackends, Tensor } from "onnxruntime-node";
import type { EncodedGraph } from "../onnx/encode-graph.ts";
import type { TensorDescription } from "../onnx/messages.ts";
import { countElements, type Shape } from "../graph/shape.ts";
import type { Arrays, Device, Session, SessionOptions, Sizes } from "./session.ts";

/**
 * Loads a graph in ONNX Runtime. Throws `network.device` where the device is not there and `network.runtime` where it
 * cannot for another reason, each with ONNX Runtime's error as cause.
 */
export async function openSession(graph: EncodedGraph, options: SessionOptions = {}): Promise<Session> {
  const { threads = 1, device = "cpu" } = options;
  const session = await translate("load", device, () =>
    InferenceSession.create(graph.bytes, {
      executionProviders: [device],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: "sequential",
      logSeverityLevel: 3,
      // Waiting threads sleep: the service answers on the same cores.
      extra: { session: { set_denormal_as_zero: "1", intra_op: { allow_spinning: "0" } } },
    }),
  );
  const fed = session.inputNames;
  const shapes = new Map([...graph.inputs, ...graph.parameters].map(({ name, shape }) => [name, shape]));
  const wanted = fed.map((name) => ({ name, shape: shapes.get(name)! }));

  function bind(inputs: Arrays, outputs: Arrays, sizes: Sizes = {}): () => Promise<void> {
    const feeds = wrap(wanted, inputs, sizes);
    const fetches = wrap(
      graph.outputs.filter(({ name }) => Object.hasOwn(outputs, name)),
      outputs,
      sizes,
    );
    return async () => void (await translate("run", device, () => session.run(feeds, fetches)));
  }

  return {
    bind,
    async run(inputs, sizes = {}) {
      const outputs = Object.fromEntries(
        graph.outputs.map(({ name, shape }) => [name, new Float32Array(countElements(resolve(shape, sizes)))]),
      );
      await bind(inputs, outputs, sizes)();
      return outputs;
    },
    release: () => session.release(),
  };
}

/** Devices that this installation of ONNX Runtime can be asked for. */
export function listDevices(): Device[] {
  const names = new Set(listSupportedBackends().map(({ name }) => name));
  return (["cpu", "cuda", "webgpu"] as const).filter((device) => names.has(device));
}

function resolve(shape: Shape, sizes: Sizes): number[] {
  return shape.map((size) => {
    const known = typeof size === "number" ? size : sizes[size];
    if (known === undefined) throw osteonError("network.unknown-size", { dimension: size });
    return known;
  });
}

function wrap(descriptions: readonly TensorDescription[], arrays: Arrays, sizes: Sizes): Record<string, Tensor> {
  return Object.fromEntries(
    descriptions.map(({ name, shape }) => {
      const known = resolve(shape, sizes);
      const expected = countElements(known);
      const data = arrays[name];
      if (data?.length !== expected) throw osteonError("network.feed", { name, found: data?.length ?? 0, expected });
      return [name, new Tensor("float32", data, known)];
    }),
  );
}

async function translate<T>(action: "load" | "run", device: Device, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    // The processor is always there; another device that cannot even load a graph is not.
    if (action === "load" && device !== "cpu") throw osteonError("network.device", { device }, { cause });
    throw osteonError("network.runtime", { action, device }, { cause });
  }
}
