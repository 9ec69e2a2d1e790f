import type { Expression } from "../graph/expression.ts";
import type { GraphWriter } from "./graph-writer.ts";

/** Writes the ONNX nodes that compute `output` from the inputs of an expression, in float32. */
export function writeOperator(writer: GraphWriter, expression: Expression, output: string): void {
  const { operator, inputs, attributes, shape } = expression;
  const names = inputs.map((x) => writer.nameOf(x));
  const add = (type: string, from: readonly string[], integers: Readonly<Record<string, number>> = {}) =>
    void writer.addNode(type, from, output, integers);
  const { axis = 0, start = 0, end = 0, before = 0, after = 0 } = attributes;
  switch (operator) {
    case "Gemm":
      return add("Gemm", names, { transA: +attributes.transposeA!, transB: +attributes.transposeB! });
    case "Step":
      return add("Sign", [writer.addNode("Relu", names, `${output}/positive`)]);
    case "ReduceSum":
    case "ReduceMean":
      return add(operator, [names[0]!, writer.integers(attributes.axes!)], { keepdims: 1 });
    case "Expand":
      if (names.length === 1) return add("Expand", [names[0]!, writer.integers(shape as readonly number[])]);
      return add("Expand", [names[0]!, writer.addNode("Shape", [names[1]!], `${output}/shape`)]);
    case "Reshape":
      return add("Reshape", [names[0]!, writer.integers(shape.map((d) => (typeof d === "number" ? d : -1)))]);
    case "Concat":
      return add("Concat", names, { axis });
    case "Slice":
      return add("Slice", [names[0]!, ...[start, end, axis].map((value) => writer.integers([value]))]);
    case "Pad": {
      const pads = (amount: number) => shape.map((_, k) => (k === axis ? amount : 0));
      return add("Pad", [names[0]!, writer.integers([...pads(before), ...pads(after)])]);
    }
    default:
      return add(operator, names);
  }
}
