import {
  loadSavedSynthesiser,
  refuseRareConditions,
  type CacheCounts,
  type SampleRequest,
  type SavedSynthesiser,
  type SyntheticCohort,
} from "@osteon/generator";
import { unpackCohort, type CohortNames, type PackedCohort } from "./packed-cohort.ts";
import { createHold } from "./hold.ts";
import type { ServedSynthesiser } from "./served-synthesiser.ts";
import { shareTensors } from "./share-tensors.ts";
import { ThreadPool } from "./thread-pool.ts";

export interface SynthesiserPoolOptions {
  /** Threads that sample; 0: sampling is done by the caller's thread. */
  readonly threads: number;
  /**
   * Most patients of one call that a model without a network draws in the caller's thread, which they occupy for some
   * 0.1 ms each; handing a call over and its patients back occupies it for nearly 0.2 ms. Default 2.
   */
  readonly patientsDrawnHere?: number;
  /** Longest silence of a thread that has work, ms, before it is ended. Default 30,000. */
  readonly deadlineMs?: number;
  /** Told of each thread that ended by itself or had to be ended. */
  readonly onThreadLost?: () => void;
}

/** Of one thread: a run of a network draws 16 patients, and as many shall wait for the next when one ends. */
const tasksAtOnce = 32;

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
    return { ...synthesiser, ...createHold(async () => undefined) };
  }
  const shared = { ...saved, model: shareTensors(saved.model) };
  const { patientsDrawnHere = 2 } = options;
  const drawsHere = saved.model.family === "factor-copula" && patientsDrawnHere > 0;
  const here = drawsHere ? await loadSavedSynthesiser(shared) : undefined;
  const { pool, info } = await ThreadPool.open<SampleRequest, PackedCohort, CohortNames>({
    module: new URL("./sampling-thread.ts", import.meta.url),
    data: shared,
    threads: options.threads,
    tasksAtOnce,
    deadlineMs: options.deadlineMs ?? 30_000,
    ...(options.onThreadLost && { onLost: options.onThreadLost }),
  });
  const cacheOfThreads = new Map<number, CacheCounts>();
  const { modelVersion, trainedOnSimulatedPatients, conditionFloor } = saved;

  async function generate(request: SampleRequest): Promise<SyntheticCohort> {
    refuseRareConditions(conditionFloor, request.conditions);
    if (here && request.count <= patientsDrawnHere) return here.generate(request);
    const packed = await pool.run(request);
    cacheOfThreads.set(packed.thread, packed.profileCache);
    return unpackCohort(packed, info);
  }

  return {
    modelVersion,
    trainedOnSimulatedPatients,
    conditionFloor,
    generate,
    waiting: () => pool.waiting,
    profileCache: () => sumCounts([...cacheOfThreads.values(), ...(here?.profileCache ? [here.profileCache()] : [])]),
    ...createHold(() => pool.close()),
  };
}

function sumCounts(counts: readonly CacheCounts[]): CacheCounts {
  return counts.reduce((sum, { hits, misses }) => ({ hits: sum.hits + hits, misses: sum.misses + misses }), {
    hits: 0,
    misses: 0,
  });
}
