import { makeExpression, type Expression } from "./expression.ts";
import { shapeError } from "./shape.ts";

export interface Transposition {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/**
 * A · B of two matrices, each transposed first where asked: ONNX's Gemm, which reads a transposed matrix
 * in place instead of writing it out.
 */
export function multiplyMatrices(a: Expression, b: Expression, options: Transposition = {}): Expression {
  const { transposeA = false, transposeB = false } = options;
  if (a.shape.length !== 2 || b.shape.length !== 2) throw shapeError("multiplyMatrices", a.shape, b.shape);
  const [rows, inner] = transposeA ? a.shape.toReversed() : a.shape;
  const [innerB, columns] = transposeB ? b.shape.toReversed() : b.shape;
  if (inner !== innerB) throw shapeError("multiplyMatrices", a.shape, b.shape);
  return makeExpression("Gemm", [a, b], [rows!, columns!], { transposeA, transposeB });
}

/** x W + b, in one pass: x [n, in], weights [in, out], bias [out] → [n, out]. */
export function applyLinear(x: Expression, weights: Expression, bias: Expression): Expression {
  const { shape } = multiplyMatrices(x, weights);
  if (bias.shape.length !== 1 || bias.shape[0] !== shape[1]) throw shapeError("applyLinear", weights.shape, bias.shape);
  return makeExpression("Gemm", [x, weights, bias], shape, { transposeA: false, transposeB: false });
}
