import { osteonError } from "@osteon/errors";
import { countElements } from "../graph/shape.ts";
import type { EncodedGraph, Weights } from "../onnx/encode-graph.ts";
import { openSession } from "../session/open-session.ts";
import type { Arrays, Session, SessionOptions } from "../session/session.ts";
import { AdamW } from "./adamw.ts";
import { encodeCheckpoint, restoreCheckpoint, type TrainingState } from "./checkpoint.ts";
import { EarlyStopping } from "./early-stopping.ts";
import { learningRateAt } from "./learning-rate.ts";
import { gradientName, lossName } from "./step-graph.ts";
import { completeTrainingOptions, type GivenTrainingOptions, type TrainingOptions } from "./training-options.ts";

/**
 * Gives training its numbers. Each call fills the inputs of a graph in place, by name, and depends on its number
 * only: noise and order come from streams addressed by it, so that a resumed training sees what an unbroken one does.
 */
export interface TrainingData {
  readonly stepsPerEpoch: number;
  /** What a checkpoint must agree with beside network and options: a digest of the patients, the seed. */
  readonly identity?: string;
  fillStep(step: number, inputs: Arrays): void;
  /** Batches of the validation split, all of the batch size of the validation graph. */
  readonly validationBatches?: number;
  /** The same noise for a batch after every epoch, or losses cannot be compared. */
  fillValidation?(batch: number, inputs: Arrays): void;
}

export interface EpochReport {
  /** From 0. */
  readonly epoch: number;
  /** Steps taken so far. */
  readonly step: number;
  /** Mean over the epoch's steps. */
  readonly trainingLoss: number;
  /** Mean over the validation batches, with the average weights; NaN without a validation split. */
  readonly validationLoss: number;
  readonly learningRate: number;
  /** Largest gradient norm of the epoch, before clipping. */
  readonly gradientNorm: number;
}

export interface TrainingJob {
  /** From `encodeTrainingStep`. */
  readonly step: EncodedGraph;
  /** From `encodeLoss`, of the same parameters; without it there is no early stopping. */
  readonly validation?: EncodedGraph;
  readonly data: TrainingData;
  /** From `initialiseWeights`, or those of a pre-trained network. */
  readonly initial: Weights;
  readonly options?: GivenTrainingOptions;
  /** Bytes that an earlier `onEpoch` got: training continues there with the same losses to the bit. */
  readonly checkpoint?: Uint8Array;
  readonly signal?: AbortSignal | undefined;
  /** `writeCheckpoint` is valid during the call only. */
  readonly onEpoch?: (report: EpochReport, writeCheckpoint: () => Uint8Array) => void;
}

export interface TrainingResult {
  /** Average weights: of the epoch with the lowest validation loss where there is a validation split, else the last. */
  readonly weights: Weights;
  /** The epoch that the weights are of, from 0. */
  readonly bestEpoch: number;
  /** Epochs completed, those before the checkpoint included. */
  readonly epochs: number;
  readonly stoppedEarly: boolean;
  /** One entry an epoch run by this call. */
  readonly history: readonly EpochReport[];
}

/**
 * Minimises the loss of a step graph by AdamW. Deterministic for the same job at the same number of threads on one
 * kind of machine. An aborted signal ends it before the next step with the signal's reason.
 */
export async function train(job: TrainingJob): Promise<TrainingResult> {
  const options = completeTrainingOptions(job.options ?? {});
  const { parameters } = job.step;
  if (!(Number.isInteger(job.data.stepsPerEpoch) && job.data.stepsPerEpoch >= 1)) {
    throw osteonError("network.option", { option: "stepsPerEpoch", allowed: "a whole number of at least 1" });
  }
  const optimiser = new AdamW(parameters, job.initial, options);
  const state: TrainingState = {
    optimiser,
    stopping: new EarlyStopping(options.patience, options.leastGain),
    epoch: 0,
  };
  const fingerprint = await digestTraining(job, options);
  if (job.checkpoint) restoreCheckpoint(job.checkpoint, state, parameters, fingerprint);
  job.signal?.throwIfAborted();
  const runner = await openRunner(job, optimiser, options);
  const history: EpochReport[] = [];
  const stopsEarly = () => job.validation !== undefined && state.epoch > 0 && state.stopping.isOver(state.epoch - 1);
  try {
    while (state.epoch < options.epochs && !stopsEarly()) {
      const report = await runner.runEpoch(state.epoch);
      if (job.validation) state.stopping.observe(state.epoch, report.validationLoss, optimiser.average);
      state.epoch++;
      history.push(report);
      job.onEpoch?.(report, () => encodeCheckpoint(state, parameters, fingerprint));
    }
  } finally {
    await runner.release();
  }
  const { bestEpoch, bestWeights } = state.stopping;
  return {
    weights: job.validation ? bestWeights : copyArrays(optimiser.average),
    bestEpoch: job.validation ? bestEpoch : state.epoch - 1,
    epochs: state.epoch,
    stoppedEarly: state.epoch < options.epochs,
    history,
  };
}

interface Runner {
  runEpoch(epoch: number): Promise<EpochReport>;
  release(): Promise<void>;
}

async function openRunner(job: TrainingJob, optimiser: AdamW, options: TrainingOptions): Promise<Runner> {
  const { data, signal } = job;
  const sessionOptions: SessionOptions = { threads: options.threads, device: options.device };
  const sessions: Session[] = [];
  const loss = new Float32Array(1);
  const prepare = async (graph: EncodedGraph, weights: Arrays, outputs: Arrays) => {
    const inputs = allocateInputs(graph);
    const session = await openSession(graph, sessionOptions);
    sessions.push(session);
    return { inputs, run: session.bind({ ...inputs, ...weights }, { ...outputs, [lossName]: loss }) };
  };
  const gradients = Object.entries(optimiser.gradients).map(([name, values]) => [gradientName(name), values] as const);
  const release = async () => {
    for (const session of sessions) await session.release();
  };
  const open = async () => ({
    step: await prepare(job.step, optimiser.weights, Object.fromEntries(gradients)),
    validation: job.validation && (await prepare(job.validation, optimiser.average, {})),
  });
  const { step, validation } = await open().catch(async (error: unknown) => {
    await release();
    throw error;
  });
  const schedule = {
    peakRate: options.learningRate,
    warmUpSteps: options.warmUpSteps,
    totalSteps: options.epochs * data.stepsPerEpoch,
    finalShare: options.finalRateShare,
  };

  async function measureValidationLoss(): Promise<number> {
    if (!validation) return Number.NaN;
    const batches = data.validationBatches ?? 0;
    if (batches < 1 || !data.fillValidation) {
      throw osteonError("network.option", {
        option: "validationBatches",
        allowed: "at least 1 with a validation graph",
      });
    }
    let total = 0;
    for (let batch = 0; batch < batches; batch++) {
      signal?.throwIfAborted();
      data.fillValidation(batch, validation.inputs);
      await validation.run();
      total += assertFinite(loss[0]!, optimiser.step, "validation loss");
    }
    return total / batches;
  }

  return {
    async runEpoch(epoch) {
      let total = 0;
      let gradientNorm = 0;
      let learningRate = 0;
      for (let k = 0; k < data.stepsPerEpoch; k++) {
        signal?.throwIfAborted();
        const now = optimiser.step;
        data.fillStep(now, step.inputs);
        await step.run();
        total += assertFinite(loss[0]!, now, "loss");
        learningRate = learningRateAt(now, schedule);
        gradientNorm = Math.max(gradientNorm, optimiser.update(learningRate));
      }
      const trainingLoss = total / data.stepsPerEpoch;
      const validationLoss = await measureValidationLoss();
      return { epoch, step: optimiser.step, trainingLoss, validationLoss, learningRate, gradientNorm };
    },
    release,
  };
}

/** Digest of all that steers a step and must agree for a checkpoint to continue. */
async function digestTraining({ step, validation, data }: TrainingJob, options: TrainingOptions): Promise<string> {
  const { threads: _threads, device: _device, ...steering } = options;
  const settings = [Object.entries(steering).map(String), data.stepsPerEpoch, data.identity ?? ""];
  const parts = [new TextEncoder().encode(JSON.stringify(settings)), step.bytes, validation?.bytes ?? new Uint8Array()];
  const digests: string[] = [];
  for (const part of parts) {
    const digest = await crypto.subtle.digest("SHA-256", part as Uint8Array<ArrayBuffer>);
    digests.push(Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join(""));
  }
  return digests.join(" ");
}

function allocateInputs({ inputs }: EncodedGraph): Arrays {
  return Object.fromEntries(inputs.map(({ name, shape }) => [name, new Float32Array(countElements(shape))]));
}

function copyArrays(arrays: Arrays): Weights {
  return Object.fromEntries(Object.entries(arrays).map(([name, values]) => [name, values.slice()]));
}

function assertFinite(value: number, step: number, quantity: string): number {
  if (!Number.isFinite(value)) throw osteonError("network.diverged", { step, quantity });
  return value;
}
