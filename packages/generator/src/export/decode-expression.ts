import { add, constant, multiply, multiplyMatrices, relu, subtract, type Expression } from "@osteon/network";
import type { ExpressionWeights } from "../factor-copula/expression-decoder.ts";
import { noFloor, tableWidth } from "../factor-copula/quantile-table.ts";

/**
 * Expression in the model's unit, [batch, genes], as the decoder's kernels compute it.
 *
 * @param latents [batch, anchors + factors]
 * @param geneNoise [batch, genes], standard normal
 */
export function decodeExpression(latents: Expression, geneNoise: Expression, model: ExpressionWeights): Expression {
  const genes = model.genes.length;
  const row = (values: Float32Array) => constant(values, [1, genes]);
  const noise = multiply(geneNoise, row(model.noiseDeviations.slice(0, genes)));
  const normalScores = add(multiplyMatrices(latents, weightsOf(model, latents.shape[1] as number)), noise);
  return applyQuantileTables(normalScores, model, row);
}

function weightsOf({ genes, noiseDeviations, weights }: ExpressionWeights, rows: number): Expression {
  const unpadded = new Float32Array(rows * genes.length);
  for (let k = 0; k < rows; k++) {
    const from = k * noiseDeviations.length;
    unpadded.set(weights.subarray(from, from + genes.length), k * genes.length);
  }
  return constant(unpadded, [rows, genes.length]);
}

/** A table is a line with a bend at each knot: so is a sum of rectified lines, plain operators of any runtime. */
function applyQuantileTables(
  z: Expression,
  { tables, grid, genes }: ExpressionWeights,
  row: (values: Float32Array) => Expression,
): Expression {
  const width = tableWidth(grid);
  const { knots, first, step } = grid;
  const column = (value: (table: Float32Array) => number) =>
    row(Float32Array.from(genes, (_, j) => value(tables.subarray(j * width, (j + 1) * width))));
  // Slope of a table left of knot k; the tails' slopes stand behind the knots.
  const slope = (table: Float32Array, k: number) => {
    if (k === 0) return table[knots]!;
    if (k === knots) return table[knots + 1]!;
    return (table[k]! - table[k - 1]!) / step;
  };
  let line = add(
    column((table) => table[0]!),
    multiply(
      subtract(z, first),
      column((table) => slope(table, 0)),
    ),
  );
  for (let k = 0; k < knots; k++) {
    const bend = column((table) => slope(table, k + 1) - slope(table, k));
    line = add(line, multiply(relu(subtract(z, first + k * step)), bend));
  }
  // max(floor, x); without a floor, x.
  const hasFloor = (table: Float32Array) => table[knots + 2]! > noFloor / 2;
  const floor = column((table) => (hasFloor(table) ? table[knots + 2]! : 0));
  const above = subtract(line, floor);
  const floored = column((table) => (hasFloor(table) ? 1 : 0));
  return add(floor, add(multiply(relu(above), floored), multiply(above, subtract(1, floored))));
}
