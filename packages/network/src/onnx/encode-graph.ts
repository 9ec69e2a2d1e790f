import { osteonError } from "@osteon/errors";
import { sortTopologically, type Expression } from "../graph/expression.ts";
import { countElements } from "../graph/shape.ts";
import {
  modelMessage,
  nodeMessage,
  type GraphContent,
  type TensorContent,
  type TensorDescription,
} from "./messages.ts";
import { toBytes, type Fragment } from "./protobuf.ts";

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
  const emission = new Emission(weights);
  for (const expression of sortTopologically(Object.values(outputs))) emission.emit(expression);
  for (const [name, expression] of Object.entries(outputs)) emission.emitOutput(name, expression);
  const content = emission.content;
  return {
    bytes: toBytes(modelMessage(content)),
    inputs: emission.inputs,
    parameters: emission.parameters,
    outputs: content.outputs,
  };
}

class Emission {
  readonly inputs: TensorDescription[] = [];
  readonly parameters: TensorDescription[] = [];
  readonly #weights: Weights | undefined;
  readonly #outputs: TensorDescription[] = [];
  readonly #nodes: Fragment[] = [];
  readonly #initializers: TensorContent[] = [];
  readonly #names = new Map<Expression, string>();
  readonly #taken = new Set<string>();
  readonly #integerNames = new Map<string, string>();

  constructor(weights: Weights | undefined) {
    this.#weights = weights;
  }

  get content(): GraphContent {
    const inputs = this.#weights ? this.inputs : [...this.inputs, ...this.parameters];
    const [nodes, initializers, outputs] = [this.#nodes, this.#initializers, this.#outputs];
    return { name: "network", nodes, initializers, inputs, outputs };
  }

  emit(expression: Expression): void {
    const { operator, name, shape, data } = expression;
    if (name !== undefined) {
      this.#names.set(expression, this.#claim(name));
      (operator === "Parameter" ? this.parameters : this.inputs).push({ name, shape });
      if (operator === "Parameter" && this.#weights) this.#addWeights(name, countElements(shape), expression);
    } else {
      const own = this.#claim(`/${this.#names.size}`);
      this.#names.set(expression, own);
      if (data) this.#initializers.push({ name: own, shape: shape as readonly number[], data });
      else this.#addNode(expression, own);
    }
  }

  emitOutput(name: string, expression: Expression): void {
    this.#outputs.push({ name: this.#claim(name), shape: expression.shape });
    this.#nodes.push(nodeMessage("Identity", [this.#names.get(expression)!], name));
  }

  #addNode(expression: Expression, output: string): void {
    const { operator, inputs, attributes, shape } = expression;
    const names = inputs.map((x) => this.#names.get(x)!);
    const add = (type: string, from: readonly string[], integers: Readonly<Record<string, number>> = {}) =>
      this.#nodes.push(nodeMessage(type, from, output, integers));
    const { axis = 0, start = 0, end = 0, before = 0, after = 0 } = attributes;
    switch (operator) {
      case "Gemm":
        return void add("Gemm", names, { transA: +attributes.transposeA!, transB: +attributes.transposeB! });
      case "Step":
        this.#nodes.push(nodeMessage("Relu", names, `${output}/positive`));
        return void add("Sign", [`${output}/positive`]);
      case "ReduceSum":
      case "ReduceMean":
        return void add(operator, [names[0]!, this.#integers(attributes.axes!)], { keepdims: 1 });
      case "Expand":
        if (names.length === 1) return void add("Expand", [names[0]!, this.#integers(shape as readonly number[])]);
        this.#nodes.push(nodeMessage("Shape", [names[1]!], `${output}/shape`));
        return void add("Expand", [names[0]!, `${output}/shape`]);
      case "Reshape":
        return void add("Reshape", [names[0]!, this.#integers(shape.map((d) => (typeof d === "number" ? d : -1)))]);
      case "Concat":
        return void add("Concat", names, { axis });
      case "Slice":
        return void add("Slice", [names[0]!, ...[start, end, axis].map((value) => this.#integers([value]))]);
      case "Pad": {
        const pads = (amount: number) => shape.map((_, k) => (k === axis ? amount : 0));
        return void add("Pad", [names[0]!, this.#integers([...pads(before), ...pads(after)])]);
      }
      default:
        return void add(operator, names);
    }
  }

  #addWeights(name: string, expected: number, { shape }: Expression): void {
    const data = this.#weights![name];
    if (data?.length !== expected) throw osteonError("network.weights", { name, found: data?.length ?? 0, expected });
    this.#initializers.push({ name, shape: shape as readonly number[], data });
  }

  /** Name of a constant list of 64-bit integers, written once. */
  #integers(values: readonly number[]): string {
    const key = values.join(",");
    const known = this.#integerNames.get(key);
    if (known !== undefined) return known;
    const name = this.#claim(`/integers/${key}`);
    this.#integerNames.set(key, name);
    this.#initializers.push({ name, shape: [values.length], data: BigInt64Array.from(values, BigInt) });
    return name;
  }

  #claim(name: string): string {
    if (this.#taken.has(name)) throw osteonError("network.duplicate-name", { name });
    this.#taken.add(name);
    return name;
  }
}
