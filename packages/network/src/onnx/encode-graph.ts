import { sortTopologically, type Expression } from "../graph/expression.ts";
import { GraphWriter } from "./graph-writer.ts";
import type { TensorDescription } from "./messages.ts";
import { writeOperator } from "./write-operator.ts";

/** Values of the parameters of a network, by name. */
export type Weights = Readonly<Record<string, Float32Array>>;

/** An ONNX file and what it takes and gives. */
export interface EncodedGraph {
  readonly bytes: Uint8Array;
  readonly inputs: readonly TensorDescription[];
  /** In the order of first use; inputs of the file too unless it was written with weights. */
  readonly parameters: readonly TensorDescription[];
  readonly outputs: readonly TensorDescription[];
}

/**
 * Writes the graph of the named outputs as an ONNX model of plain operators. With `weights` the parameters are
 * constants of the file (a model to run or export); without, they are inputs (a step of training).
 */
export function encodeGraph(outputs: Readonly<Record<string, Expression>>, weights?: Weights): EncodedGraph {
  return writeGraph(outputs, weights, writeOperator);
}

/** {@link encodeGraph} with another way of writing operators. */
export function writeGraph(
  outputs: Readonly<Record<string, Expression>>,
  weights: Weights | undefined,
  write: typeof writeOperator,
): EncodedGraph {
  const writer = new GraphWriter(weights);
  for (const expression of sortTopologically(Object.values(outputs))) {
    const name = writer.declare(expression);
    if (expression.inputs.length > 0) write(writer, expression, name);
  }
  for (const [name, expression] of Object.entries(outputs)) writer.addOutput(name, expression);
  return writer.finish();
}
