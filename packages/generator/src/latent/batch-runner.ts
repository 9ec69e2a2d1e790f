import { streamId } from "@osteon/numerics";
import { openSession, RandomFill, type EncodedGraph, type SessionOptions } from "@osteon/network";

/**
 * Patients that one run of the network draws. Always this many: kernels for other sizes add in another order, and a
 * patient alone must be the same to the bit as among others.
 */
export const samplerBatch = 16;
const stream = streamId("latent/patient");

/** A sampler's graph, loaded for {@link samplerBatch} patients a run. Used by one caller at a time. */
export class BatchRunner {
  readonly dimensions: number;
  readonly conditionCount: number;
  readonly #noiseCount: number;
  readonly #noise: Float32Array;
  readonly #conditions: Float32Array;
  readonly #latents: Float32Array;
  readonly #fill: RandomFill;
  readonly #run: () => Promise<void>;
  readonly release: () => Promise<void>;

  private constructor(graph: EncodedGraph, session: Awaited<ReturnType<typeof openSession>>) {
    const width = (tensors: EncodedGraph["inputs"], name: string) =>
      Number(tensors.find((tensor) => tensor.name === name)?.shape[1] ?? 0);
    this.dimensions = width(graph.outputs, "latents");
    this.conditionCount = width(graph.inputs, "conditions");
    this.#noiseCount = width(graph.inputs, "noise");
    this.#noise = new Float32Array(samplerBatch * this.#noiseCount);
    this.#conditions = new Float32Array(samplerBatch * this.conditionCount);
    this.#latents = new Float32Array(samplerBatch * this.dimensions);
    this.#fill = new RandomFill(this.#noiseCount);
    this.#run = session.bind({ noise: this.#noise, conditions: this.#conditions }, { latents: this.#latents });
    this.release = () => session.release();
  }

  static async open(graph: EncodedGraph, options: SessionOptions = {}): Promise<BatchRunner> {
    return new BatchRunner(graph, await openSession(graph, options));
  }

  /** Empties every row; one that is not placed before the run is drawn from nothing, and is nobody's. */
  clear(): void {
    this.#noise.fill(0);
    this.#conditions.fill(0);
  }

  /** Puts patient `index` of `seed` into a row. */
  place(row: number, seed: number, index: number, conditions: Float32Array): void {
    const at = row * this.#noiseCount;
    this.#fill.fillNormals(this.#noise.subarray(at, at + this.#noiseCount), { seed, stream, index });
    this.#conditions.set(conditions, row * this.conditionCount);
  }

  /** Draws every row. */
  run(): Promise<void> {
    return this.#run();
  }

  /** The latents of a row, valid until the next run. */
  latentsOf(row: number): Float32Array {
    return this.#latents.subarray(row * this.dimensions, (row + 1) * this.dimensions);
  }
}
