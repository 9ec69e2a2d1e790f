import { sortTopologically, type Expression } from "./expression.ts";
import { shapeError } from "./shape.ts";

/** The same computation with an input's tensor computed instead of given; what does not depend on it is shared. */
export function substituteInput(output: Expression, name: string, replacement: Expression): Expression {
  const replaced = new Map<Expression, Expression>();
  for (const expression of sortTopologically([output])) {
    if (expression.operator === "Input" && expression.name === name) {
      const agrees = expression.shape.every((size, k) => size === replacement.shape[k]);
      if (!agrees || expression.shape.length !== replacement.shape.length) {
        throw shapeError("substituteInput", expression.shape, replacement.shape);
      }
      replaced.set(expression, replacement);
    } else if (expression.inputs.some((x) => replaced.has(x))) {
      replaced.set(expression, { ...expression, inputs: expression.inputs.map((x) => replaced.get(x) ?? x) });
    }
  }
  return replaced.get(output) ?? output;
}
