import { RandomStream } from "@osteon/numerics";
import { silu } from "../graph/elementwise.ts";
import { input, type Expression } from "../graph/expression.ts";
import { dense, layerNorm, meanSquaredError, modulate } from "../graph/layers.ts";
import type { Shape } from "../graph/shape.ts";

export const filmSizes = { features: 6, condition: 3, hidden: 8 } as const;

/** A small network of all that the families use: dense, layer normalisation, FiLM by a condition, SiLU. */
export function buildFilmNetwork(batch: Shape[number]): { prediction: Expression; loss: Expression } {
  const { features, condition, hidden } = filmSizes;
  const given = input("condition", [batch, condition]);
  const first = layerNorm("norm", dense("first", input("x", [batch, features]), hidden));
  const modulated = modulate(first, dense("scale", given, hidden), dense("shift", given, hidden));
  const prediction = dense("last", silu(modulated), features);
  return { prediction, loss: meanSquaredError(prediction, input("target", [batch, features])) };
}

export function drawFilmInputs(batch: number, index: number): Record<"x" | "condition" | "target", Float32Array> {
  const random = new RandomStream(5, 6, index);
  const draw = (columns: number) => Float32Array.from({ length: batch * columns }, () => random.nextNormal());
  return { x: draw(filmSizes.features), condition: draw(filmSizes.condition), target: draw(filmSizes.features) };
}
