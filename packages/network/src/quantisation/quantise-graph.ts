import { osteonError } from "@osteon/errors";
import type { Expression } from "../graph/expression.ts";
import { writeGraph, type EncodedGraph, type Weights } from "../onnx/encode-graph.ts";
import { writeOperator } from "../onnx/write-operator.ts";
import type { ActivationRange } from "./activation-ranges.ts";
import { listActivations, listDenseProducts, type DenseProduct } from "./dense-products.ts";
import { quantiseActivation } from "./quantise.ts";
import { QuantisedProducts } from "./quantised-products.ts";

export interface QuantisationOptions {
  /** Names of weights whose products stay in float32. Default: none. */
  readonly keepFloat?: readonly string[];
}

/**
 * Writes the graph of the named outputs with its weights so that dense products run in int8: activations as uint8 over
 * static ranges, weights as int8 with a scale for each output channel, sums in int32. The file consists of standard
 * operators, QuantizeLinear and DequantizeLinear around Gemm, which a runtime without such kernels computes in float
 * with the same roundings; ONNX Runtime makes one integer operator of each group.
 *
 * Ranges are static since dynamic ones are taken over the whole batch: a patient's result would depend on the others.
 * Weights that several products share are written once.
 *
 * @param ranges of {@link measureActivationRanges} for the same graph
 * Throws `network.calibration` where they are of another graph.
 */
export function quantiseGraph(
  outputs: Readonly<Record<string, Expression>>,
  weights: Weights,
  ranges: readonly ActivationRange[],
  options: QuantisationOptions = {},
): EncodedGraph {
  const all = listDenseProducts(Object.values(outputs));
  const quantisations = quantiseActivations(listActivations(all), ranges);
  const kept = keepFloat(all, options.keepFloat ?? []);
  const products = all.filter(({ weights }) => !kept.has(weights.name!));
  const quantised = new QuantisedProducts(quantisations);
  const byExpression = new Map(products.map((product) => [product.expression, product]));
  return writeGraph(outputs, weights, (writer, expression, output) => {
    const product = byExpression.get(expression);
    if (product) quantised.write(writer, product, output);
    else writeOperator(writer, expression, output);
  });
}

function quantiseActivations(activations: readonly Expression[], ranges: readonly ActivationRange[]) {
  if (ranges.length !== activations.length) {
    const reason = `it has ${ranges.length} activation ranges where the network has ${activations.length} activations`;
    throw osteonError("network.calibration", { reason });
  }
  return new Map(
    activations.map((x, k) => {
      const { low, high } = ranges[k]!;
      if (!(Number.isFinite(high - low) && low <= high)) {
        throw osteonError("network.calibration", { reason: `activation range ${k} is not a finite interval` });
      }
      return [x, quantiseActivation(ranges[k]!)];
    }),
  );
}

function keepFloat(products: readonly DenseProduct[], names: readonly string[]): ReadonlySet<string> {
  const known = new Set(products.map(({ weights }) => weights.name!));
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) throw osteonError("network.calibration", { reason: `no product has weights ${unknown}` });
  return new Set(names);
}
