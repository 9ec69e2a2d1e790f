import { createHash } from "node:crypto";
import { join } from "node:path";
import { OsteonError, osteonError, translateSystemError } from "@osteon/errors";
import { encodeCanonicalJson } from "@osteon/registry";
import { digestFile } from "./file-digests.ts";
import { runLayout } from "./run-layout.ts";
import type { PipelineObserver } from "./pipeline-observer.ts";
import { writeRunManifest, type RunManifest, type StepRecord } from "./run-manifest.ts";
import type { StepContext } from "./step.ts";
import { dependencies, dependentsOf, type StepName } from "./step-names.ts";
import { steps } from "./steps/index.ts";

/** What a step's result depends on. */
interface StepBasis {
  /** Digest of all of it. */
  readonly key: string;
  readonly inputs: Record<string, string>;
  readonly options: Record<string, unknown>;
}

/** A run's manifest in memory and on disk, which are the same after each change. */
export class RunState {
  readonly #directory: string;
  readonly #manifest: RunManifest;
  /** Steps whose result was found or made intact by this process. */
  readonly #intact = new Set<StepName>();

  constructor(directory: string, manifest: RunManifest) {
    this.#directory = directory;
    this.#manifest = manifest;
  }

  /** Runs a step, or keeps its earlier result where that is intact and everything it depends on is as it was. */
  async bringUpToDate(name: StepName, context: StepContext, observer: PipelineObserver): Promise<void> {
    for (const needed of dependencies[name]) await this.#assertResult(name, needed);
    const basis = await this.#basisOf(name, context);
    const earlier = this.#manifest.steps[name];
    if (earlier?.status === "done" && earlier.key === basis.key && (await this.#alteredFile(earlier)) === null) {
      this.#intact.add(name);
      observer.onStepFinished?.(name, earlier, true);
      return;
    }
    if (earlier && earlier.key !== basis.key) {
      for (const dependent of dependentsOf(name)) delete this.#manifest.steps[dependent];
    }
    await this.#run(name, basis, context, observer);
  }

  async #run(name: StepName, basis: StepBasis, context: StepContext, observer: PipelineObserver): Promise<void> {
    observer.onStepStarted?.(name);
    const started = Date.now();
    const begun: StepRecord = {
      ...basis,
      status: "running",
      startedAt: new Date(started).toISOString(),
      outputs: [],
      detail: {},
    };
    const save = async (changes: Partial<StepRecord>): Promise<StepRecord> => {
      const record = { ...begun, ...changes };
      this.#manifest.steps[name] = record;
      await writeRunManifest(join(this.#directory, runLayout.manifest), this.#manifest);
      return record;
    };
    const finish = () => ({ finishedAt: new Date().toISOString(), durationMs: Date.now() - started });
    await save({});
    try {
      const { outputs, detail } = await steps[name].run(context);
      const described = await Promise.all(
        outputs.map(async (path) => ({ path, ...(await digestFile(join(this.#directory, path))) })),
      );
      const record = await save({ status: "done", ...finish(), outputs: described, detail: { ...detail } });
      this.#intact.add(name);
      observer.onStepFinished?.(name, record, false);
    } catch (error) {
      const known = translateSystemError(error) ?? error;
      const failure = context.signal.aborted
        ? ({ status: "interrupted" } as const)
        : ({ status: "failed", errorCode: known instanceof OsteonError ? known.code : "internal" } as const);
      // A full disk may refuse this record too; what stopped the step is the error worth telling.
      const record = await save({ ...failure, ...finish() }).catch(() => null);
      if (record) observer.onStepFailed?.(name, record);
      throw known;
    }
  }

  async #basisOf(name: StepName, context: StepContext): Promise<StepBasis> {
    const inputs = (await steps[name].inputs?.(context)) ?? {};
    const options = steps[name].options(context.configuration);
    const predecessors = dependencies[name].map((needed) => this.#manifest.steps[needed]!.key);
    const { osteonVersion } = context;
    const basis = encodeCanonicalJson({ name, osteonVersion, inputs, options, predecessors }, "step key");
    return { key: createHash("sha256").update(basis).digest("hex"), inputs, options };
  }

  /** A step that was not asked for in this run is not repeated, so its result must be there as it was written. */
  async #assertResult(step: StepName, needed: StepName): Promise<void> {
    const record = this.#manifest.steps[needed];
    if (record?.status !== "done") throw osteonError("pipeline.step-needed", { step, needed });
    if (this.#intact.has(needed)) return;
    const file = await this.#alteredFile(record);
    if (file !== null) throw osteonError("pipeline.altered-result", { file, step: needed });
    this.#intact.add(needed);
  }

  /** The first output that is not as it was written; null where all are. */
  async #alteredFile({ outputs }: StepRecord): Promise<string | null> {
    for (const { path, sha256 } of outputs) {
      const now = await digestFile(join(this.#directory, path)).catch(() => null);
      if (now?.sha256 !== sha256) return path;
    }
    return null;
  }
}
