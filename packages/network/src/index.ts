export { concatenate, pad, slice } from "./graph/arrangement.ts";
export {
  add,
  divide,
  exp,
  log,
  multiply,
  negate,
  relu,
  sigmoid,
  silu,
  softplus,
  sqrt,
  square,
  step,
  subtract,
  tanh,
} from "./graph/elementwise.ts";
export { constant, input, parameter, type Expression, type Initialisation } from "./graph/expression.ts";
export { differentiate } from "./graph/gradients.ts";
export { dense, dropOut, layerNorm, meanSquaredError, modulate, normaliseLayer, shareDense } from "./graph/layers.ts";
export { applyLinear, multiplyMatrices, type Transposition } from "./graph/matrix.ts";
export { substituteInput } from "./graph/substitute.ts";
export { expandLike, mean, reshape, sum, type ReductionOptions } from "./graph/reduction.ts";
export { countElements, type Dimension, type Shape } from "./graph/shape.ts";
export { addMetadata } from "./onnx/add-metadata.ts";
export { encodeGraph, type EncodedGraph, type Weights } from "./onnx/encode-graph.ts";
export type { TensorDescription } from "./onnx/messages.ts";
export {
  measureActivationRanges,
  type ActivationRange,
  type CalibrationBatch,
} from "./quantisation/activation-ranges.ts";
export { quantiseGraph, type QuantisationOptions } from "./quantisation/quantise-graph.ts";
export { listDevices, openSession } from "./session/open-session.ts";
export type { Arrays, Device, Session, SessionOptions, Sizes } from "./session/session.ts";
export { AdamW, type AdamWOptions } from "./training/adamw.ts";
export { drawBatch } from "./training/batch-order.ts";
export { learningRateAt, type LearningRateSchedule } from "./training/learning-rate.ts";
export { drawMixture, mixRows, type Mixture } from "./training/mixup.ts";
export { RandomFill, type RandomAddress } from "./training/random-fill.ts";
export {
  encodeLoss,
  encodeTrainingStep,
  gradientName,
  initialiseWeights,
  listParameters,
  lossName,
} from "./training/step-graph.ts";
export { train, type EpochReport, type TrainingData, type TrainingJob, type TrainingResult } from "./training/train.ts";
export {
  defaultTrainingOptions,
  type GivenTrainingOptions,
  type TrainingOptions,
} from "./training/training-options.ts";
export type { WorkerContext, WorkerJob } from "./worker/protocol.ts";
export { runInWorker, type WorkerCall } from "./worker/run-in-worker.ts";
