import { osteonError } from "@osteon/errors";
import { countElements, type Shape } from "./shape.ts";

/** The operators that a graph is made of. Everything else (SiLU, layer normalisation, FiLM) is composed of them. */
export type Operator =
  | "Input"
  | "Parameter"
  | "Constant"
  | "Gemm"
  | "Add"
  | "Sub"
  | "Mul"
  | "Div"
  | "Neg"
  | "Exp"
  | "Log"
  | "Sqrt"
  | "Sigmoid"
  | "Tanh"
  | "Softplus"
  | "Relu"
  | "Step"
  | "ReduceSum"
  | "ReduceMean"
  | "Expand"
  | "Concat"
  | "Slice"
  | "Pad"
  | "Reshape";

/** What an operator needs beside its inputs; each one uses only its own. */
export interface Attributes {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  readonly axis?: number;
  readonly axes?: readonly number[];
  readonly start?: number;
  readonly end?: number;
  readonly before?: number;
  readonly after?: number;
}

/**
 * A float32 tensor of a computation that has not run: an operator and the expressions it takes.
 * Expressions are immutable values; a graph is whatever the wanted outputs reach.
 */
export interface Expression {
  readonly operator: Operator;
  readonly inputs: readonly Expression[];
  readonly attributes: Attributes;
  readonly shape: Shape;
  /** Of inputs and parameters. */
  readonly name?: string;
  /** Of parameters: how training begins. */
  readonly initial?: Initialisation;
  /** Of constants. */
  readonly data?: Float32Array;
}

/** Values of a parameter before training: all the same, or uniform on (−bound, bound). */
export type Initialisation = { readonly constant: number } | { readonly uniformBound: number };

export function makeExpression(
  operator: Operator,
  inputs: readonly Expression[],
  shape: Shape,
  attributes: Attributes = {},
): Expression {
  return { operator, inputs, attributes, shape };
}

/** A tensor that is given anew for every run. */
export function input(name: string, shape: Shape): Expression {
  return { operator: "Input", inputs: [], attributes: {}, shape, name };
}

/** A tensor that training changes and that an exported model contains. */
export function parameter(name: string, shape: readonly number[], initial: Initialisation): Expression {
  return { operator: "Parameter", inputs: [], attributes: {}, shape, name, initial };
}

/** A tensor fixed when the graph is built; a number is a scalar of shape []. */
export function constant(value: number | Float32Array, shape: readonly number[] = []): Expression {
  const data = typeof value === "number" ? Float32Array.of(value) : value;
  if (countElements(shape) !== data.length) {
    throw osteonError("network.shape", { operation: "constant", shapes: `[${shape.join(", ")}] of ${data.length}` });
  }
  return { operator: "Constant", inputs: [], attributes: {}, shape, data };
}

/** All expressions that the outputs reach, each after those it takes; the same order every time. */
export function sortTopologically(outputs: readonly Expression[]): Expression[] {
  const seen = new Set<Expression>();
  const order: Expression[] = [];
  const stack = outputs.toReversed().map((expression) => ({ expression, next: 0 }));
  while (stack.length > 0) {
    const top = stack.at(-1)!;
    if (seen.has(top.expression)) {
      stack.pop();
    } else if (top.next < top.expression.inputs.length) {
      stack.push({ expression: top.expression.inputs[top.next++]!, next: 0 });
    } else {
      seen.add(top.expression);
      order.push(top.expression);
      stack.pop();
    }
  }
  return order;
}
