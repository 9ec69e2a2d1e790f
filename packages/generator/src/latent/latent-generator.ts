import { streamId } from "@osteon/numerics";
import { encodeGraph, openSession, RandomFill, type EncodedGraph, type SessionOptions } from "@osteon/network";
import type { LatentSampler } from "./latent-network.ts";

/** Which latents to draw. */
export interface LatentRequest {
  /** count × conditionCount, row-major. */
  readonly conditions: Float32Array;
  readonly seed: number;
  readonly firstIndex: number;
  readonly count: number;
}

/**
 * Patients that one run of the network draws. Always this many: kernels for other sizes add in another order, and a
 * patient alone must be the same to the bit as among others.
 */
export const samplerBatch = 16;
const stream = streamId("latent/patient");

/** Draws latents from a trained network, patient `index` of `seed` always the same to the bit. */
export class LatentGenerator {
  readonly #dimensions: number;
  readonly #conditionCount: number;
  readonly #session;

  private constructor(
    session: Awaited<ReturnType<typeof openRunner>>,
    sizes: { readonly dimensions: number; readonly conditionCount: number },
  ) {
    this.#session = session;
    this.#dimensions = sizes.dimensions;
    this.#conditionCount = sizes.conditionCount;
  }

  /** @param sampler built for {@link samplerBatch} */
  static async open(sampler: LatentSampler, options: SessionOptions = {}): Promise<LatentGenerator> {
    return LatentGenerator.openEncoded(encodeGraph({ latents: sampler.latents }, sampler.weights), options);
  }

  /** The same of a graph that was written before, with the weights in it. */
  static async openEncoded(graph: EncodedGraph, options: SessionOptions = {}): Promise<LatentGenerator> {
    const width = (tensors: EncodedGraph["inputs"], name: string) =>
      Number(tensors.find((tensor) => tensor.name === name)?.shape[1] ?? 0);
    const sizes = {
      noiseCount: width(graph.inputs, "noise"),
      conditionCount: width(graph.inputs, "conditions"),
      dimensions: width(graph.outputs, "latents"),
    };
    return new LatentGenerator(await openRunner(graph, sizes, options), sizes);
  }

  /** count × dimensions, row-major. */
  async draw({ conditions, seed, firstIndex, count }: LatentRequest): Promise<Float32Array> {
    const dimensions = this.#dimensions;
    const conditionCount = this.#conditionCount;
    const latents = new Float32Array(count * dimensions);
    const { inputs, output, fillNoise, run } = this.#session;
    // A patient's row in the batch follows from the index alone.
    for (let start = firstIndex - (firstIndex % samplerBatch); start < firstIndex + count; start += samplerBatch) {
      inputs.noise.fill(0);
      inputs.conditions.fill(0);
      const from = Math.max(start, firstIndex);
      const to = Math.min(start + samplerBatch, firstIndex + count);
      for (let index = from; index < to; index++) {
        const row = index - start;
        fillNoise(row, seed, index);
        const at = (index - firstIndex) * conditionCount;
        inputs.conditions.set(conditions.subarray(at, at + conditionCount), row * conditionCount);
      }
      await run();
      latents.set(
        output.subarray((from - start) * dimensions, (to - start) * dimensions),
        (from - firstIndex) * dimensions,
      );
    }
    return latents;
  }

  async release(): Promise<void> {
    await this.#session.release();
  }
}

async function openRunner(
  graph: EncodedGraph,
  { noiseCount, conditionCount, dimensions }: Record<"noiseCount" | "conditionCount" | "dimensions", number>,
  options: SessionOptions,
) {
  const session = await openSession(graph, options);
  const inputs = {
    noise: new Float32Array(samplerBatch * noiseCount),
    conditions: new Float32Array(samplerBatch * conditionCount),
  };
  const output = new Float32Array(samplerBatch * dimensions);
  const fill = new RandomFill(noiseCount);
  return {
    inputs,
    output,
    fillNoise: (row: number, seed: number, index: number) =>
      fill.fillNormals(inputs.noise.subarray(row * noiseCount, (row + 1) * noiseCount), { seed, stream, index }),
    run: session.bind({ ...inputs }, { latents: output }),
    release: () => session.release(),
  };
}
