import {
  encodeGraph,
  measureActivationRanges,
  openSession,
  quantiseGraph,
  type EncodedGraph,
  type Weights,
} from "@osteon/network";
import { RandomStream, streamId } from "@osteon/numerics";
import { measureCpuTime } from "./cpu-time.ts";
import { buildSamplingStep, prepareSampling } from "./sampling-evaluations.ts";
import { drawDenoisingBatch } from "./trained-denoiser.ts";

export interface SamplingGraphs {
  readonly float: EncodedGraph;
  readonly int8: EncodedGraph;
}

/** The sampler's step in both precisions, with activation ranges of 1,024 patients. */
export async function writeSamplingGraphs(
  width: number,
  weights: Weights,
  keepFloat: readonly string[],
): Promise<SamplingGraphs> {
  const step = buildSamplingStep(width);
  const calibration = Array.from({ length: 8 }, (_, k) => ({
    inputs: drawStep(100_000 + k, 128, width),
    sizes: { batch: 128 },
  }));
  const ranges = await measureActivationRanges(step, weights, calibration);
  return { float: encodeGraph(step, weights), int8: quantiseGraph(step, weights, ranges, { keepFloat }) };
}

export interface Int8Sampling {
  readonly floatMilliseconds: number;
  readonly int8Milliseconds: number;
  /** Root mean square of what int8 changes in one step of the denoiser, as a share of that step's. */
  readonly stepError: number;
  /** The same of the patients after 50 evaluations. */
  readonly finalError: number;
}

/** Processor time and result of 50 evaluations in float and in int8, in turns so that other work touches both. */
export async function measureInt8Sampling(
  { float, int8 }: SamplingGraphs,
  width: number,
  patients: number,
): Promise<Int8Sampling> {
  const held = drawStep(200_000, patients, width);
  const start = { x: drawNormals(patients * width), condition: held.condition };
  const runs = [await prepareSampling(float, start), await prepareSampling(int8, start)];
  const best = [Infinity, Infinity];
  for (let round = 0; round < 2; round++) {
    for (const [k, { evaluate }] of runs.entries()) {
      best[k] = Math.min(best[k]!, await measureCpuTime(evaluate, patients * width > 1e6 ? 1 : 9));
    }
  }
  const [floatEnd, int8End] = await Promise.all(runs.map(async ({ evaluate }) => (await evaluate()).slice()));
  for (const run of runs) await run.release();
  const [floatStep, int8Step] = [await takeStep(float, held, patients), await takeStep(int8, held, patients)];
  return {
    floatMilliseconds: best[0]!,
    int8Milliseconds: best[1]!,
    stepError: relativeError(int8Step, floatStep),
    finalError: relativeError(int8End!, floatEnd!),
  };
}

/** Inputs of the step that goes all the way to what the denoiser says, at noise levels of all kinds. */
function drawStep(index: number, patients: number, width: number) {
  const { x, condition } = drawDenoisingBatch(index, patients, width);
  return { x, condition, scale: new Float32Array(patients).fill(1), share: Float32Array.of(1) };
}

function drawNormals(count: number): Float32Array {
  const random = new RandomStream(1, streamId("bench/noise"));
  return Float32Array.from({ length: count }, () => random.nextNormal());
}

async function takeStep(graph: EncodedGraph, inputs: ReturnType<typeof drawStep>, batch: number) {
  const session = await openSession(graph);
  const { next } = await session.run(inputs, { batch });
  await session.release();
  return next!;
}

function relativeError(values: Float32Array, reference: Float32Array): number {
  let [error, whole] = [0, 0];
  reference.forEach((value, i) => {
    error += (values[i]! - value) ** 2;
    whole += value ** 2;
  });
  return Math.sqrt(error / whole);
}
