import type { Expression } from "../graph/expression.ts";
import type { GraphWriter } from "../onnx/graph-writer.ts";
import type { DenseProduct } from "./dense-products.ts";
import { chooseWeightScales, quantiseBias, quantiseWeights, type ActivationQuantisation } from "./quantise.ts";

/** Writes products in int8, and what they share once. */
export class QuantisedProducts {
  readonly #activations: ReadonlyMap<Expression, ActivationQuantisation>;
  readonly #readable = new Map<Expression, string>();
  readonly #scales = new Map<Expression, Float32Array>();

  constructor(activations: ReadonlyMap<Expression, ActivationQuantisation>) {
    this.#activations = activations;
  }

  write(writer: GraphWriter, { x, weights, bias }: DenseProduct, output: string): void {
    const factors = [
      this.#once(x, () => this.#writeActivation(writer, x)),
      this.#once(weights, () => this.#writeWeights(writer, weights)),
    ];
    // In units of the sums of products, which differ from use to use.
    const scales = this.#scales.get(weights)!.map((scale) => scale * this.#activations.get(x)!.scale);
    const units = bias && quantiseBias(writer.weightsOf(bias), scales);
    if (units) {
      writer.addNode("Gemm", [...factors, writeBias(writer, `/bias${output}`, units, scales)], output);
    } else if (bias) {
      const products = writer.addNode("Gemm", factors, `${output}/products`);
      writer.addNode("Add", [products, writer.nameOf(bias)], output);
    } else {
      writer.addNode("Gemm", factors, output);
    }
  }

  #once(expression: Expression, write: () => string): string {
    const known = this.#readable.get(expression) ?? write();
    this.#readable.set(expression, known);
    return known;
  }

  #writeActivation(writer: GraphWriter, x: Expression): string {
    const { scale, zeroPoint } = this.#activations.get(x)!;
    const name = `/activation/${writer.nameOf(x)}`;
    const by = [
      writer.addConstant(`${name}/scale`, [], Float32Array.of(scale)),
      writer.addConstant(`${name}/zero-point`, [], Uint8Array.of(zeroPoint)),
    ];
    const rounded = writer.addNode("QuantizeLinear", [writer.nameOf(x), ...by], `${name}/int8`);
    return writer.addNode("DequantizeLinear", [rounded, ...by], name);
  }

  #writeWeights(writer: GraphWriter, weights: Expression): string {
    const values = writer.weightsOf(weights);
    const [inputs, channels] = weights.shape as [number, number];
    const scales = chooseWeightScales(values, channels);
    this.#scales.set(weights, scales);
    const name = `/weights/${weights.name!}`;
    const from = [
      writer.addConstant(`${name}/int8`, [inputs, channels], quantiseWeights(values, scales)),
      writer.addConstant(`${name}/scale`, [channels], scales),
      writer.addConstant(`${name}/zero-point`, [channels], new Int8Array(channels)),
    ];
    return writer.addNode("DequantizeLinear", from, name, { axis: 1 });
  }
}

function writeBias(writer: GraphWriter, name: string, units: Int32Array, scales: Float32Array): string {
  const from = [
    writer.addConstant(`${name}/int32`, [units.length], units),
    writer.addConstant(`${name}/scale`, [units.length], scales),
  ];
  return writer.addNode("DequantizeLinear", from, name, { axis: 0 });
}
