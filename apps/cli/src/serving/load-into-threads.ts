import { availableParallelism } from "node:os";
import { modelThreadLost, type Logger } from "@osteon/observability";
import { describePackage, proveSynthesiser, savedSynthesiserOf } from "@osteon/pipeline";
import type { OpenedPackage } from "@osteon/registry";
import type { ServedModel } from "@osteon/service";
import { openSynthesiserPool, type ServedSynthesiser } from "@osteon/serving";

/** A model at work, with what its package tells of it. Its disposal retires it. */
export type LoadedModel = ServedSynthesiser & ServedModel & AsyncDisposable;

/** A thread takes some 40 MiB; more of them are asked for by `service.workers`. */
const mostThreadsByDefault = 8;

/**
 * Loads the model of a package into threads of its own and has it sample, which shows that it works.
 *
 * @param workers threads; by default one less than there are cores, at least 1 and at most 8
 * @throws what loading and sampling throw
 */
export async function loadIntoThreads(
  opened: OpenedPackage,
  workers: number | undefined,
  logger: Logger,
): Promise<LoadedModel> {
  const threads = workers ?? Math.min(mostThreadsByDefault, Math.max(1, availableParallelism() - 1));
  const { modelVersion } = opened.manifest;
  const model = await openSynthesiserPool(savedSynthesiserOf(opened), {
    threads,
    onThreadLost: () => logger.log(modelThreadLost, { modelVersion }),
  });
  try {
    await proveSynthesiser(model);
    return { ...model, ...describePackage(opened), [Symbol.asyncDispose]: model.retire };
  } catch (error) {
    await model.retire();
    throw error;
  }
}
