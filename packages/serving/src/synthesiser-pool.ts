import {
  loadSavedSynthesiser,
  refuseRareConditions,
  type CacheCounts,
  type SampleRequest,
  type SavedSynthesiser,
  type Synthesiser,
  type SyntheticCohort,
} from "@osteon/generator";
import { unpackCohort, type CohortNames, type PackedCohort } from "./packed-cohort.ts";
import type { ServedSynthesiser } from "./served-synthesiser.ts";
import { shareTensors } from "./share-tensors.ts";
import { ThreadPool } from "./thread-pool.ts";

export interface SynthesiserPoolOptions {
  /** Threads that sample; 0: sampling is done by the caller's thread. */
  readonly threads: number;
  /**
   * Most patients of one call that a model without a network draws in the caller's thread, which they occupy for some
   * 0.15 ms each; handing them over takes it half of that, and longer to the answer. Default 2.
   */
  readonly patientsDrawnHere?: number;
  /** Longest silence of a thread that has work, ms, before it is ended. Default 30,000. */
  readonly deadlineMs?: number;
  /** Told of each thread that ended by itself or had to be ended. */
  readonly onThreadLost?: () => void;
}

/** Of one thread: a run of a network draws 16 patients, and as many shall wait for the next when one ends. */
const tasksAtOnce = 32;

type SamplingPool = ThreadPool<SampleRequest, PackedCohort, CohortNames>;

/**
 * Loads a model into threads of its own, which sample while the caller's event loop goes on. Patients are the same to
 * the bit whatever the number of threads: each follows from seed, index and conditions alone.
 *
 * @throws `generator.unknown-family`, `generator.malformed-model`
 * @example
 * const model = await openSynthesiserPool(savedSynthesiserOf(opened), { threads: 3 });
 * const { cohort } = await model.generate({ conditions: {}, seed: 1, firstIndex: 0, count: 10 });
 * await model.retire();
 */
export async function openSynthesiserPool(
  saved: SavedSynthesiser,
  options: SynthesiserPoolOptions,
): Promise<ServedSynthesiser> {
  if (options.threads === 0) {
    const synthesiser = await loadSavedSynthesiser(saved);
    return Object.assign(synthesiser, { hold: () => () => undefined, retire: async () => undefined });
  }
  const shared = { ...saved, model: shareTensors(saved.model) };
  const { pool, info } = await ThreadPool.open<SampleRequest, PackedCohort, CohortNames>({
    module: new URL("./sampling-thread.ts", import.meta.url),
    data: shared,
    threads: options.threads,
    tasksAtOnce,
    deadlineMs: options.deadlineMs ?? 30_000,
    ...(options.onThreadLost && { onLost: options.onThreadLost }),
  });
  const { patientsDrawnHere = 2 } = options;
  const drawsHere = saved.model.family === "factor-copula" && patientsDrawnHere > 0;
  const here = drawsHere ? { synthesiser: await loadSavedSynthesiser(shared), patients: patientsDrawnHere } : undefined;
  return new SynthesiserPool(shared, pool, info, here);
}

interface SamplingHere {
  readonly synthesiser: Synthesiser;
  /** Most patients of one call. */
  readonly patients: number;
}

class SynthesiserPool implements ServedSynthesiser {
  readonly modelVersion: string;
  readonly trainedOnSimulatedPatients: boolean;
  readonly conditionFloor: Synthesiser["conditionFloor"];
  readonly #pool: SamplingPool;
  readonly #names: CohortNames;
  readonly #here: SamplingHere | undefined;
  readonly #cacheOfThreads = new Map<number, CacheCounts>();
  #holds = 0;
  #idle: (() => void) | undefined;

  constructor(saved: SavedSynthesiser, pool: SamplingPool, names: CohortNames, here: SamplingHere | undefined) {
    this.modelVersion = saved.modelVersion;
    this.trainedOnSimulatedPatients = saved.trainedOnSimulatedPatients;
    this.conditionFloor = saved.conditionFloor;
    this.#pool = pool;
    this.#names = names;
    this.#here = here;
  }

  get profileCache(): CacheCounts {
    let { hits, misses } = this.#here?.synthesiser.profileCache ?? { hits: 0, misses: 0 };
    for (const counts of this.#cacheOfThreads.values()) {
      hits += counts.hits;
      misses += counts.misses;
    }
    return { hits, misses };
  }

  async generate(request: SampleRequest): Promise<SyntheticCohort> {
    refuseRareConditions(this.conditionFloor, request.conditions);
    if (this.#here && request.count <= this.#here.patients) return this.#here.synthesiser.generate(request);
    const packed = await this.#pool.run(request);
    this.#cacheOfThreads.set(packed.thread, packed.profileCache);
    return unpackCohort(packed, this.#names);
  }

  hold(): () => void {
    this.#holds++;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holds--;
      if (this.#holds === 0) this.#idle?.();
    };
  }

  async retire(): Promise<void> {
    if (this.#holds > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
    await this.#pool.close();
  }
}
