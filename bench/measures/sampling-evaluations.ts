import {
  add,
  encodeGraph,
  input,
  initialiseWeights,
  multiply,
  openSession,
  subtract,
  type EncodedGraph,
  type Expression,
} from "@osteon/network";
import { measureCpuTime } from "./cpu-time.ts";
import { buildDenoiser, conditionWidth } from "./reference-networks.ts";

/** Noise levels of the sampler: the first, and the last before none. */
export const noiseLevels = { first: 20, last: 0.05 } as const;
const evaluations = 50;

/**
 * An evaluation of the denoiser with the sampler's step of x: a `share` of the way to what the denoiser says of x
 * times `scale`.
 */
export function buildSamplingStep(width: number): { readonly next: Expression } {
  const x = input("x", ["batch", width]);
  const denoised = buildDenoiser(multiply(x, input("scale", ["batch", 1])));
  return { next: add(x, multiply(subtract(denoised, x), input("share", []))) };
}

/** 50 evaluations on arrays of their own. */
export interface SamplingRun {
  /** Begins at the noise given, always the same, and gives the patients. */
  readonly evaluate: () => Promise<Float32Array>;
  readonly release: () => Promise<void>;
}

/** @param start standard normals [batch, width] and conditions, of which the first column is the noise level's */
export async function prepareSampling(
  graph: EncodedGraph,
  start: { readonly x: Float32Array; readonly condition: Float32Array },
): Promise<SamplingRun> {
  const session = await openSession(graph);
  const batch = start.condition.length / conditionWidth;
  const [from, to] = [start.x.slice(), start.x.slice()];
  const condition = start.condition.slice();
  const scale = new Float32Array(batch);
  const share = new Float32Array(1);
  const steps = [
    session.bind({ x: from, condition, scale, share }, { next: to }, { batch }),
    session.bind({ x: to, condition, scale, share }, { next: from }, { batch }),
  ];
  const ratio = (noiseLevels.last / noiseLevels.first) ** (1 / (evaluations - 1));
  return {
    async evaluate() {
      for (let i = 0; i < from.length; i++) from[i] = noiseLevels.first * start.x[i]!;
      for (let k = 0; k < evaluations; k++) {
        const noise = noiseLevels.first * ratio ** k;
        scale.fill(1 / Math.hypot(1, noise));
        share[0] = k === evaluations - 1 ? 1 : 1 - ratio;
        for (let row = 0; row < batch; row++) condition[row * conditionWidth] = Math.log(noise);
        await steps[k % 2]!();
      }
      return from;
    },
    release: () => session.release(),
  };
}

/** Processor time of 50 evaluations. */
export async function measureSampling(patients: number, width: number): Promise<number> {
  const step = buildSamplingStep(width);
  const run = await prepareSampling(encodeGraph(step, initialiseWeights(step.next, 1)), {
    x: Float32Array.from({ length: patients * width }, (_, i) => Math.sin(i)),
    condition: new Float32Array(patients * conditionWidth).fill(0.5),
  });
  const time = await measureCpuTime(run.evaluate, patients > 1 ? 3 : 15);
  await run.release();
  return time;
}
