import { computeSquaredDistances, computeLeadingComponents } from "@osteon/numerics";
import type { EvaluationInput } from "../input/evaluation-input.ts";
import type { ProjectionFigure } from "../report/evaluation-report.ts";
import { smallestCell } from "./smallest-cell.ts";

const bins = 32;
/** Of a component, either side of its mean: the figure's edge, so that no patient sets it. */
const deviations = 3.5;
const digits = 1e6;

type Points = readonly (readonly [number, number])[];

/**
 * Both files on the first two principal components of the real expression, as densities: a Gaussian kernel of Scott's
 * width (1992, n^(−1/6) deviations). A cell of the real file with fewer than five patients within two widths holds 0:
 * a lone patient would show.
 */
export function compareProjections(real: EvaluationInput, synthetic: EvaluationInput): ProjectionFigure {
  const width = real.cohort.expression.genes.length;
  const count = real.placedRows.length;
  if (width === 0 || count < smallestCell) return noProjection;
  const distances = computeSquaredDistances([real.placedExpression], width);
  const scores = computeLeadingComponents(distances, count, 2);
  const axes = [0, 1].map((k) => findAxis(real.placedExpression, width, (row) => scores[2 * row + k]!)) as [Axis, Axis];
  if (axes.some(({ deviation }) => !(deviation > 0))) return noProjection;
  const place = (input: EvaluationInput): Points =>
    Array.from(input.placedRows, (_, row) => [
      project(axes[0], input.placedExpression, row),
      project(axes[1], input.placedExpression, row),
    ]);
  const edges = axes.map(({ deviation }) => [-deviations * deviation, deviations * deviation] as const);
  const realPoints = place(real);
  const spread = axes.map(({ deviation }) => deviation * count ** (-1 / 6)) as [number, number];
  return {
    bins,
    range: { x: edges[0]!, y: edges[1]! },
    explained: axes.map(({ explained }) => explained) as [number, number],
    real: spreadOut(realPoints, axes, spread, smallestCell),
    synthetic: spreadOut(place(synthetic), axes, spread, 0),
  };
}

const noProjection: ProjectionFigure = {
  bins: 0,
  range: { x: [0, 0], y: [0, 0] },
  explained: [0, 0],
  real: [],
  synthetic: [],
};

/** A direction of expression, with the mean, the spread and the share of the variance of the real patients on it. */
interface Axis {
  readonly loadings: Float64Array;
  readonly origin: number;
  readonly deviation: number;
  readonly explained: number;
}

/** The loadings of a component from its scores, Xᵀu: an unknown value stands at 0, as in the distances. */
function findAxis(values: Float32Array, width: number, score: (row: number) => number): Axis {
  const rows = values.length / width;
  const means = new Float64Array(width);
  const loadings = new Float64Array(width);
  values.forEach((value, k) => (means[k % width]! += known(value) / rows));
  values.forEach(
    (value, k) => (loadings[k % width]! += (known(value) - means[k % width]!) * score(Math.floor(k / width))),
  );
  const norm = Math.hypot(...loadings);
  if (!(norm > 0)) return { loadings, origin: 0, deviation: 0, explained: 0 };
  loadings.forEach((loading, j) => (loadings[j] = loading / norm));
  const origin = means.reduce((sum, mean, j) => sum + mean * loadings[j]!, 0);
  const total = values.reduce((sum, value, k) => sum + (known(value) - means[k % width]!) ** 2, 0);
  const along = Array.from({ length: rows }, (_, row) => project({ loadings, origin }, values, row));
  const squares = along.reduce((sum, value) => sum + value * value, 0);
  return { loadings, origin, deviation: Math.sqrt(squares / (rows - 1)), explained: squares / total };
}

function project({ loadings, origin }: Pick<Axis, "loadings" | "origin">, values: Float32Array, row: number): number {
  const width = loadings.length;
  let sum = -origin;
  for (let j = 0; j < width; j++) sum += known(values[row * width + j]!) * loadings[j]!;
  return sum;
}

function known(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}

/** Shares by cell, row-major from the lower left, of sum 1; cells with fewer points within two widths than `least` hold 0. */
function spreadOut(
  points: Points,
  axes: readonly [Axis, Axis],
  spread: readonly [number, number],
  least: number,
): number[] {
  const centre = (k: 0 | 1, bin: number) => ((2 * (bin + 0.5)) / bins - 1) * deviations * axes[k].deviation;
  const cells = Array.from({ length: bins * bins }, (_, cell) => {
    let density = 0;
    let near = 0;
    for (const [x, y] of points) {
      const squared =
        ((x - centre(0, cell % bins)) / spread[0]) ** 2 + ((y - centre(1, Math.floor(cell / bins))) / spread[1]) ** 2;
      density += Math.exp(-squared / 2);
      if (squared <= 4) near++;
    }
    return near < least ? 0 : density;
  });
  const total = cells.reduce((sum, cell) => sum + cell, 0);
  return cells.map((cell) => (total > 0 ? Math.round((digits * cell) / total) / digits : 0));
}
