import { OsteonError, osteonError } from "@osteon/errors";
import { type Identity, type ModelRegistry, type OpenedPackage, type ProductionMove } from "@osteon/registry";
import { setTimeout as delay } from "node:timers/promises";
import { openVersion } from "./open-version.ts";
import type { LoadedModel } from "../serving/load-into-threads.ts";

const pollMs = 1_000;

export interface FollowOptions {
  readonly registry: ModelRegistry;
  readonly identity: Identity;
  readonly signal: AbortSignal;
  /** Loads a model and proves it. */
  readonly load: (opened: OpenedPackage) => Promise<LoadedModel>;
  readonly onLoaded: (model: LoadedModel, durationMs: number) => void;
  /** Told once for each cause: what is on air could not be taken, and the model before goes on. */
  readonly onRefused: (errorCode: string) => void;
}

/** The model that the registry says is on air. */
export interface ProductionFollower {
  /** Undefined while nothing was ever on air. */
  readonly current: () => LoadedModel | undefined;
  /** Looks no more, and frees what is loaded once nothing is under way. */
  readonly stop: () => Promise<void>;
  /** Code for which what ought to be on air is not; undefined where it is. */
  readonly refusal: () => string | undefined;
}

/**
 * Loads what is on air and goes on looking. Another model is loaded and proven before it takes the place of the one before; one
 * that does not load, or a registry that cannot be read, changes nothing for those who are being served.
 *
 * @throws what opening and proving the first model throw: a service does not start on one that does not work
 */
export async function followProduction(options: FollowOptions): Promise<ProductionFollower> {
  const { registry } = options;
  const stopping = new AbortController();
  const signal = AbortSignal.any([options.signal, stopping.signal]);
  let model: LoadedModel | undefined;
  let seen = 0;
  let told: string | undefined;
  const takeUp = async (move: ProductionMove | undefined): Promise<void> => {
    const sequence = move?.sequence ?? 0;
    if (sequence === seen && model?.modelVersion === move?.version) return;
    // Every move counts up: fewer are an older history put in the place of this one.
    if (sequence < seen) {
      const reason = `it ends with move ${sequence}, and move ${seen} was there before`;
      throw osteonError("registry.history", { file: "the registry", reason });
    }
    if (move !== undefined && model?.modelVersion !== move.version) {
      const began = performance.now();
      const before = model;
      model = await loadVersion(options, move.version);
      options.onLoaded(model, performance.now() - began);
      // Not waited for: requests that began with it may take minutes.
      void before?.retire();
    }
    seen = sequence;
  };
  await takeUp(await registry.current());
  const followed = (async () => {
    while (!signal.aborted) {
      await delay(pollMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await takeUp(await registry.current());
        told = undefined;
      } catch (error) {
        const code = error instanceof OsteonError ? error.code : "internal";
        if (code !== told) options.onRefused(code);
        told = code;
      }
    }
  })();
  return {
    current: () => model,
    refusal: () => told,
    stop: async () => {
      stopping.abort();
      await followed;
      await model?.retire();
    },
  };
}

async function loadVersion({ registry, identity, load }: FollowOptions, version: string): Promise<LoadedModel> {
  return load(await openVersion(registry, version, identity));
}
