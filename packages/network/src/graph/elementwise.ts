import { constant, makeExpression, type Expression, type Operator } from "./expression.ts";
import { broadcastShapes } from "./shape.ts";

type Operand = Expression | number;

function lift(value: Operand): Expression {
  return typeof value === "number" ? constant(value) : value;
}

function binary(operator: Operator, a: Operand, b: Operand): Expression {
  const left = lift(a);
  const right = lift(b);
  return makeExpression(operator, [left, right], broadcastShapes(operator, left.shape, right.shape));
}

function unary(operator: Operator, x: Expression): Expression {
  return makeExpression(operator, [x], x.shape);
}

// Of two tensors of shapes that broadcast; a number is a scalar.
export const add = (a: Operand, b: Operand) => binary("Add", a, b);
export const subtract = (a: Operand, b: Operand) => binary("Sub", a, b);
export const multiply = (a: Operand, b: Operand) => binary("Mul", a, b);
export const divide = (a: Operand, b: Operand) => binary("Div", a, b);

// Of one tensor; the shape stays.
export const negate = (x: Expression) => unary("Neg", x);
export const exp = (x: Expression) => unary("Exp", x);
/** Natural logarithm. */
export const log = (x: Expression) => unary("Log", x);
export const sqrt = (x: Expression) => unary("Sqrt", x);
export const square = (x: Expression) => binary("Mul", x, x);
/** 1 / (1 + e^−x). */
export const sigmoid = (x: Expression) => unary("Sigmoid", x);
export const tanh = (x: Expression) => unary("Tanh", x);
/** log(1 + e^x). */
export const softplus = (x: Expression) => unary("Softplus", x);
export const relu = (x: Expression) => unary("Relu", x);
/** 1 where x > 0, else 0; its derivative counts as 0. */
export const step = (x: Expression) => unary("Step", x);
/** x · sigmoid(x), also "swish". Source: Elfwing, Uchibe, Doya, Neural Networks 107, 2018. */
export const silu = (x: Expression) => multiply(x, sigmoid(x));
