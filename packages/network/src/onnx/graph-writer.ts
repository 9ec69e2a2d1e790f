import { osteonError } from "@osteon/errors";
import type { Expression } from "../graph/expression.ts";
import { countElements } from "../graph/shape.ts";
import type { EncodedGraph, Weights } from "./encode-graph.ts";
import { modelMessage, nodeMessage, type TensorContent, type TensorData, type TensorDescription } from "./messages.ts";
import { toBytes, type Fragment } from "./protobuf.ts";

/** Collects the nodes and constants of one ONNX file. Names that it makes up begin with a slash. */
export class GraphWriter {
  readonly #weights: Weights | undefined;
  readonly #inputs: TensorDescription[] = [];
  readonly #parameters: TensorDescription[] = [];
  readonly #outputs: TensorDescription[] = [];
  readonly #nodes: Fragment[] = [];
  readonly #initializers: TensorContent[] = [];
  readonly #names = new Map<Expression, string>();
  readonly #taken = new Set<string>();
  readonly #integerNames = new Map<string, string>();
  readonly #unwritten = new Set<Expression>();

  constructor(weights: Weights | undefined) {
    this.#weights = weights;
  }

  /** Gives an expression its name; inputs, parameters and constants are complete by that. */
  declare(expression: Expression): string {
    const { operator, name, shape, data } = expression;
    const own = this.#claim(name ?? `/${this.#names.size}`);
    this.#names.set(expression, own);
    if (operator === "Parameter") {
      this.#parameters.push({ name: own, shape });
      if (this.#weights) this.#unwritten.add(expression);
    } else if (name !== undefined) {
      this.#inputs.push({ name, shape });
    } else if (data) {
      this.#initializers.push({ name: own, shape: shape as readonly number[], data });
    }
    return own;
  }

  /** Name of an expression, to be read as float32. What only quantised products read is never written so. */
  nameOf(expression: Expression): string {
    const name = this.#names.get(expression)!;
    if (this.#unwritten.delete(expression)) {
      const shape = expression.shape as readonly number[];
      this.#initializers.push({ name, shape, data: this.weightsOf(expression) });
    }
    return name;
  }

  /** Values of a parameter. Throws `network.weights` where they are missing or of another size. */
  weightsOf({ name, shape }: Expression): Float32Array {
    const expected = countElements(shape);
    const data = this.#weights?.[name!];
    if (data?.length !== expected) {
      throw osteonError("network.weights", { name: name!, found: data?.length ?? 0, expected });
    }
    return data;
  }

  addNode(
    operator: string,
    inputs: readonly string[],
    output: string,
    integers: Readonly<Record<string, number>> = {},
  ): string {
    this.#nodes.push(nodeMessage(operator, inputs, output, integers));
    return output;
  }

  addConstant(name: string, shape: readonly number[], data: TensorData): string {
    this.#initializers.push({ name: this.#claim(name), shape, data });
    return name;
  }

  /** Name of a constant list of 64-bit integers, written once. */
  integers(values: readonly number[]): string {
    const key = values.join(",");
    const known = this.#integerNames.get(key);
    if (known !== undefined) return known;
    const name = this.addConstant(`/integers/${key}`, [values.length], BigInt64Array.from(values, BigInt));
    this.#integerNames.set(key, name);
    return name;
  }

  addOutput(name: string, expression: Expression): void {
    this.#outputs.push({ name: this.#claim(name), shape: expression.shape });
    this.addNode("Identity", [this.nameOf(expression)], name);
  }

  finish(): EncodedGraph {
    const message = modelMessage({
      name: "network",
      nodes: this.#nodes,
      initializers: this.#initializers,
      inputs: this.#weights ? this.#inputs : [...this.#inputs, ...this.#parameters],
      outputs: this.#outputs,
    });
    return { bytes: toBytes(message), inputs: this.#inputs, parameters: this.#parameters, outputs: this.#outputs };
  }

  #claim(name: string): string {
    if (this.#taken.has(name)) throw osteonError("network.duplicate-name", { name });
    this.#taken.add(name);
    return name;
  }
}
