import {
  AdamW,
  defaultTrainingOptions,
  gradientName,
  initialiseWeights,
  lossName,
  openSession,
  type Arrays,
  type TensorDescription,
} from "@osteon/network";
import { prepareAdamWInOnnx } from "./adamw-in-onnx.ts";
import { measureCpuTime } from "./cpu-time.ts";
import { buildLoss, encodeReferenceStep, type NetworkKind } from "./reference-networks.ts";

export interface StepTime {
  readonly parameters: number;
  /** One step whole: forward, backward, clipping, AdamW, moving average. */
  readonly stepMilliseconds: number;
  /** Of that, clipping, AdamW and moving average. */
  readonly updateMilliseconds: number;
  /** The same update without clipping as ONNX operators. */
  readonly onnxUpdateMilliseconds: number;
}

/** Processor time of one training step of a reference network on one thread. */
export async function measureTrainingStep(kind: NetworkKind, batch: number, width: number): Promise<StepTime> {
  const graph = encodeReferenceStep(kind, batch, width);
  const initial = initialiseWeights(buildLoss(kind, batch, width), 1);
  const optimiser = new AdamW(graph.parameters, initial, defaultTrainingOptions);
  const session = await openSession(graph);
  const gradients = Object.entries(optimiser.gradients).map(([name, values]) => [gradientName(name), values] as const);
  const run = session.bind(
    { ...drawInputs(graph.inputs), ...optimiser.weights },
    { [lossName]: new Float32Array(1), ...Object.fromEntries(gradients) },
  );
  const repeats = width > 1000 ? 15 : 200;
  const stepMilliseconds = await measureCpuTime(async () => {
    await run();
    optimiser.update(1e-4);
  }, repeats);
  const updateMilliseconds = await measureCpuTime(() => optimiser.update(1e-4), repeats);
  await session.release();
  const onnx = await prepareAdamWInOnnx(graph.parameters);
  const onnxUpdateMilliseconds = await measureCpuTime(onnx, Math.ceil(repeats / 3));
  const parameters = Object.values(initial).reduce((total, { length }) => total + length, 0);
  return { parameters, stepMilliseconds, updateMilliseconds, onnxUpdateMilliseconds };
}

/** The same made-up inputs every time. */
export function drawInputs(inputs: readonly TensorDescription[]): Arrays {
  return Object.fromEntries(
    inputs.map(({ name, shape }) => {
      const length = shape.reduce<number>((product, size) => product * Number(size), 1);
      return [name, Float32Array.from({ length }, (_, i) => Math.sin(i))];
    }),
  );
}
