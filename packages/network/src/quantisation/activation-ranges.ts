import { osteonError } from "@osteon/errors";
import type { Expression } from "../graph/expression.ts";
import { encodeGraph, type Weights } from "../onnx/encode-graph.ts";
import { openSession } from "../session/open-session.ts";
import type { Arrays, Sizes } from "../session/session.ts";
import { listActivations, listDenseProducts } from "./dense-products.ts";

/** Least and largest value of a tensor. */
export interface ActivationRange {
  readonly low: number;
  readonly high: number;
}

/** Inputs of one run of a graph. */
export interface CalibrationBatch {
  readonly inputs: Arrays;
  readonly sizes?: Sizes;
}

/**
 * Ranges of what the dense products of a graph multiply their weights with, one for each distinct left factor in the
 * order of first use, over all batches: what {@link quantiseGraph} takes. They belong to the graph's structure and its
 * weights; the same graph for another batch size has the same ranges.
 *
 * Batches are drawn as in use. What later lies outside the range is cut off at its end, so take enough of them.
 * Throws `network.calibration` without batches and where a value is not finite.
 */
export async function measureActivationRanges(
  outputs: Readonly<Record<string, Expression>>,
  weights: Weights,
  batches: readonly CalibrationBatch[],
): Promise<ActivationRange[]> {
  if (batches.length === 0) throw osteonError("network.calibration", { reason: "there are no calibration batches" });
  const activations = listActivations(listDenseProducts(Object.values(outputs)));
  const name = (k: number) => `activation/${k}`;
  const observed = Object.fromEntries(activations.map((x, k) => [name(k), x]));
  const ranges = activations.map(() => ({ low: Infinity, high: -Infinity }));
  // The outputs stay in the graph, so that it takes the same inputs.
  const session = await openSession(encodeGraph({ ...outputs, ...observed }, weights));
  try {
    for (const { inputs, sizes } of batches) {
      const values = await session.run(inputs, sizes);
      ranges.forEach((range, k) => widen(range, values[name(k)]!));
    }
  } finally {
    await session.release();
  }
  return ranges;
}

function widen(range: { low: number; high: number }, values: Float32Array): void {
  for (const value of values) {
    if (!Number.isFinite(value)) throw osteonError("network.calibration", { reason: "an activation is not finite" });
    if (value < range.low) range.low = value;
    if (value > range.high) range.high = value;
  }
}
