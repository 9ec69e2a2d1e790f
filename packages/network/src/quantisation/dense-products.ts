import { sortTopologically, type Expression } from "../graph/expression.ts";

/** x W or x W + b, W and b parameters: what can be computed in int8. */
export interface DenseProduct {
  readonly expression: Expression;
  readonly x: Expression;
  readonly weights: Expression;
  readonly bias: Expression | undefined;
}

/** The sum of as many products of the largest values, and the largest bias, still fits in 32 bits. */
const largestInnerSize = 65_000;

/** The dense products that the outputs reach, in the order in which they are computed; the same every time. */
export function listDenseProducts(outputs: readonly Expression[]): DenseProduct[] {
  return sortTopologically(outputs).flatMap((expression) => {
    const [x, weights, bias] = expression.inputs;
    const { transposeA, transposeB } = expression.attributes;
    const isDense =
      expression.operator === "Gemm" &&
      weights!.operator === "Parameter" &&
      (bias === undefined || bias.operator === "Parameter") &&
      !(transposeA || transposeB) &&
      Number(weights!.shape[0]) <= largestInnerSize;
    return isDense ? [{ expression, x: x!, weights: weights!, bias }] : [];
  });
}

/** The left factors of the products, each once, in the order of first use: what activation ranges belong to. */
export function listActivations(products: readonly DenseProduct[]): Expression[] {
  return [...new Set(products.map(({ x }) => x))];
}
