import type { Shape } from "../graph/shape.ts";
import { bytesField, integerField, joinFragments, messageField, textField, type Fragment } from "./protobuf.ts";

// Field numbers of github.com/onnx/onnx, onnx/onnx.proto. Little-endian machines only, as the format's raw_data.
const elementTypes = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7 } as const;
const attributeTypeInteger = 2;
const irVersion = 8;
/** The first with the axes of every reduction and padding as inputs. */
const opsetVersion = 18;

export interface TensorContent {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

export type TensorData = Float32Array | Uint8Array | Int8Array | Int32Array | BigInt64Array;

export interface TensorDescription {
  readonly name: string;
  readonly shape: Shape;
}

export function nodeMessage(
  operator: string,
  inputs: readonly string[],
  output: string,
  integers: Readonly<Record<string, number>> = {},
): Fragment {
  return joinFragments([
    ...inputs.map((name) => textField(1, name)),
    textField(2, output),
    textField(3, output),
    textField(4, operator),
    ...Object.entries(integers).map(([name, value]) =>
      messageField(5, [textField(1, name), integerField(3, value), integerField(20, attributeTypeInteger)]),
    ),
  ]);
}

function tensorMessage({ name, shape, data }: TensorContent): Fragment {
  return joinFragments([
    ...shape.map((size) => integerField(1, size)),
    integerField(2, elementTypeOf(data)),
    textField(8, name),
    bytesField(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  ]);
}

function elementTypeOf(data: TensorData): number {
  if (data instanceof Float32Array) return elementTypes.float;
  if (data instanceof Uint8Array) return elementTypes.uint8;
  if (data instanceof Int8Array) return elementTypes.int8;
  return data instanceof Int32Array ? elementTypes.int32 : elementTypes.int64;
}

/** A float32 input or output of a graph. */
function valueMessage({ name, shape }: TensorDescription): Fragment {
  const dimensions = shape.map((size) =>
    messageField(1, [typeof size === "number" ? integerField(1, size) : textField(2, size)]),
  );
  const tensorType = [integerField(1, elementTypes.float), messageField(2, dimensions)];
  return joinFragments([textField(1, name), messageField(2, [messageField(1, tensorType)])]);
}

export interface GraphContent {
  readonly name: string;
  readonly nodes: readonly Fragment[];
  readonly initializers: readonly TensorContent[];
  readonly inputs: readonly TensorDescription[];
  readonly outputs: readonly TensorDescription[];
}

export function modelMessage(graph: GraphContent): Fragment {
  return joinFragments([
    integerField(1, irVersion),
    textField(2, "osteon"),
    messageField(7, [
      ...graph.nodes.map((node) => messageField(1, [node])),
      textField(2, graph.name),
      ...graph.initializers.map((tensor) => messageField(5, [tensorMessage(tensor)])),
      ...graph.inputs.map((value) => messageField(11, [valueMessage(value)])),
      ...graph.outputs.map((value) => messageField(12, [valueMessage(value)])),
    ]),
    messageField(8, [textField(1, ""), integerField(2, opsetVersion)]),
  ]);
}
