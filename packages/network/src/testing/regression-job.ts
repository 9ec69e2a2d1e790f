import { RandomStream, streamId } from "@osteon/numerics";
import { silu } from "../graph/elementwise.ts";
import { input, type Expression } from "../graph/expression.ts";
import { dense, dropOut, meanSquaredError } from "../graph/layers.ts";
import type { Arrays } from "../session/session.ts";
import { drawBatch } from "../training/batch-order.ts";
import { RandomFill } from "../training/random-fill.ts";
import { encodeLoss, encodeTrainingStep, initialiseWeights } from "../training/step-graph.ts";
import {
  train,
  type EpochReport,
  type TrainingData,
  type TrainingJob,
  type TrainingResult,
} from "../training/train.ts";
import type { WorkerContext } from "../worker/protocol.ts";

const batch = 16;
const features = 4;
const hidden = 16;
const seed = 77;

/** Rows with targets: linear with noise of standard deviation 0.1, or bent without noise. */
function simulate(rows: number, stream: number, bent: boolean): { x: Float32Array; y: Float32Array } {
  const random = new RandomStream(seed, stream);
  const x = Float32Array.from({ length: rows * features }, () => random.nextNormal());
  const y = Float32Array.from({ length: rows }, (_, i) => {
    const [a, b, c] = x.subarray(i * features, (i + 1) * features) as unknown as [number, number, number];
    return bent ? Math.sin(a) + 0.5 * b * b - Math.abs(c) : 2 * a - b + 0.5 * c + 3 + 0.1 * random.nextNormal();
  });
  return { x, y };
}

export interface RegressionChoices {
  /** A network of one hidden layer with dropout on a bent target, instead of a linear model. */
  readonly bent: boolean;
  readonly rows: number;
  readonly dropoutRate?: number;
}

export function buildRegressionJob({ bent, rows, dropoutRate = 0 }: RegressionChoices): TrainingJob {
  const train = simulate(rows, 1, bent);
  const held = simulate(batch, 2, bent);
  const buildLoss = (masked: boolean): Expression => {
    const x = input("x", [batch, features]);
    const inner = bent ? silu(dense("hidden", x, hidden)) : x;
    const dropped = masked ? dropOut(inner, input("mask", inner.shape)) : inner;
    return meanSquaredError(dense("last", dropped, 1), input("y", [batch, 1]));
  };
  const masked = dropoutRate > 0;
  const fill = new RandomFill(batch * hidden);
  const stream = streamId("test/dropout");
  const data: TrainingData = {
    stepsPerEpoch: Math.ceil(rows / batch),
    validationBatches: 1,
    fillStep(step, inputs) {
      drawBatch(seed, step, batch, rows).forEach((row, i) => {
        inputs["x"]!.set(train.x.subarray(row * features, (row + 1) * features), i * features);
        inputs["y"]![i] = train.y[row]!;
      });
      if (masked) fill.fillDropoutMask(inputs["mask"]!, dropoutRate, { seed, stream, index: step });
    },
    fillValidation(_, inputs: Arrays) {
      inputs["x"]!.set(held.x);
      inputs["y"]!.set(held.y);
    },
  };
  const loss = buildLoss(masked);
  return {
    step: encodeTrainingStep(loss),
    validation: encodeLoss(buildLoss(false)),
    data,
    initial: initialiseWeights(loss, seed),
  };
}

export interface RegressionArgument extends RegressionChoices {
  readonly epochs: number;
  readonly learningRate?: number;
}

/** A job for a worker thread. */
export async function trainRegression(
  { epochs, learningRate = 0.01, ...choices }: RegressionArgument,
  { signal, report }: WorkerContext<EpochReport>,
): Promise<TrainingResult> {
  return train({
    ...buildRegressionJob(choices),
    options: { epochs, learningRate },
    signal,
    onEpoch: (epoch) => report(epoch),
  });
}

export function failWithoutResult(): Promise<never> {
  throw new RangeError("nothing to train on");
}

export function endThread(): Promise<never> {
  process.exit(3);
}
