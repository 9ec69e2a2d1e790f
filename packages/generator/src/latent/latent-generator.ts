import { encodeGraph, type EncodedGraph, type SessionOptions } from "@osteon/network";
import { BatchRunner, samplerBatch } from "./batch-runner.ts";
import { areRowsInterchangeable } from "./interchangeable-rows.ts";
import type { LatentSampler } from "./latent-network.ts";

/** Which latents to draw. */
export interface LatentRequest {
  /** count × conditionCount, row-major. */
  readonly conditions: Float32Array;
  readonly seed: number;
  readonly firstIndex: number;
  readonly count: number;
}

/** A request that is not drawn to its end. */
interface Order {
  readonly request: LatentRequest;
  readonly latents: Float32Array;
  /** Patients of it that were put into a run. */
  placed: number;
  readonly resolve: (latents: Float32Array) => void;
  readonly reject: (error: unknown) => void;
}

/** Where a patient of an order lies in a run. */
interface Place {
  readonly order: Order;
  /** Its number in the order. */
  readonly position: number;
  readonly row: number;
}

/**
 * Draws latents from a trained network, patient `index` of `seed` always the same to the bit. Requests that come while
 * a run is under way wait, and share the next one where rows are interchangeable.
 */
export class LatentGenerator {
  readonly #runner: BatchRunner;
  readonly #waiting: Order[] = [];
  #working: Promise<void> | undefined;
  #sharesRuns: boolean | undefined;

  private constructor(runner: BatchRunner) {
    this.#runner = runner;
  }

  /** @param sampler built for {@link samplerBatch} */
  static async open(sampler: LatentSampler, options: SessionOptions = {}): Promise<LatentGenerator> {
    return LatentGenerator.openEncoded(encodeGraph({ latents: sampler.latents }, sampler.weights), options);
  }

  /** The same of a graph that was written before, with the weights in it. */
  static async openEncoded(graph: EncodedGraph, options: SessionOptions = {}): Promise<LatentGenerator> {
    return new LatentGenerator(await BatchRunner.open(graph, options));
  }

  /** count × dimensions, row-major. */
  draw(request: LatentRequest): Promise<Float32Array> {
    const latents = new Float32Array(request.count * this.#runner.dimensions);
    if (request.count === 0) return Promise.resolve(latents);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, latents, placed: 0, resolve, reject });
      this.#working ??= this.#workOff();
    });
  }

  /** After what was asked for before is drawn. */
  async release(): Promise<void> {
    await this.#working;
    await this.#runner.release();
  }

  async #workOff(): Promise<void> {
    // One turn later, so that requests which arrive together are together in the first run.
    await new Promise((resolve) => void setImmediate(resolve));
    while (this.#waiting.length > 0) {
      let places: readonly Place[] = [];
      try {
        if (this.#waiting.length > 1) this.#sharesRuns ??= await areRowsInterchangeable(this.#runner);
        places = this.#sharesRuns === true ? this.#planShared() : this.#planAligned();
        await this.#draw(places);
      } catch (error) {
        const failed = new Set(places.length > 0 ? places.map(({ order }) => order) : this.#waiting);
        for (const order of failed) order.reject(error);
        this.#waiting.splice(0, Infinity, ...this.#waiting.filter((order) => !failed.has(order)));
      }
    }
    this.#working = undefined;
  }

  /** The patients that wait, in turns of one an order, so that a large request does not hold up small ones. */
  #planShared(): readonly Place[] {
    const places: Place[] = [];
    const orders = this.#waiting.map((order) => ({ order, next: order.placed }));
    for (let placed = true; placed && places.length < samplerBatch;) {
      placed = false;
      for (const candidate of orders) {
        if (places.length === samplerBatch || candidate.next === candidate.order.request.count) continue;
        places.push({ order: candidate.order, position: candidate.next++, row: places.length });
        placed = true;
      }
    }
    return places;
  }

  /** Patients of the first order only, each in the row that follows from its index. */
  #planAligned(): readonly Place[] {
    const order = this.#waiting[0]!;
    const { firstIndex, count } = order.request;
    const row = (firstIndex + order.placed) % samplerBatch;
    const length = Math.min(samplerBatch - row, count - order.placed);
    return Array.from({ length }, (_, k) => ({ order, position: order.placed + k, row: row + k }));
  }

  async #draw(places: readonly Place[]): Promise<void> {
    const { conditionCount, dimensions } = this.#runner;
    this.#runner.clear();
    for (const { order, position, row } of places) {
      const { request } = order;
      const own = request.conditions.subarray(position * conditionCount, (position + 1) * conditionCount);
      this.#runner.place(row, request.seed, request.firstIndex + position, own);
    }
    await this.#runner.run();
    for (const { order, position, row } of places) {
      order.latents.set(this.#runner.latentsOf(row), position * dimensions);
      order.placed++;
    }
    // Those not done go to the back.
    const touched = new Set(places.map(({ order }) => order));
    const untouched = this.#waiting.filter((order) => !touched.has(order));
    const unfinished = [...touched].filter((order) => order.placed < order.request.count);
    this.#waiting.splice(0, Infinity, ...untouched, ...unfinished);
    for (const order of touched) if (order.placed === order.request.count) order.resolve(order.latents);
  }
}
