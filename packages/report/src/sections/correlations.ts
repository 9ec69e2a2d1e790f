import type { EvaluationFigures } from "../evaluation-parts.ts";
import { decomposeSymmetric, pearsonCorrelation } from "@osteon/numerics";
import { renderFigure } from "../figures/figure.ts";
import { formatFigure } from "../markup/format.ts";
import { html, type Markup } from "../markup/html.ts";
import type { Reading } from "./reading.ts";

type Correlations = EvaluationFigures["pathwayCorrelations"];

/** Steps of colour either side of 0. */
const steps = 5;

/** How alike the two patterns are, and where they differ most. */
export function readCorrelations({ pathwayCorrelations }: EvaluationFigures): Reading {
  const { names, real, synthetic } = pathwayCorrelations;
  const pairs = names.flatMap((_, i) => names.slice(0, i).map((_, j) => i * names.length + j));
  if (pairs.length < 3) {
    return { line: "Fewer than three gene sets are measured: their correlations say nothing.", detail: "" };
  }
  const agreement = pearsonCorrelation(
    Float64Array.from(pairs, (k) => real[k]!),
    Float64Array.from(pairs, (k) => synthetic[k]!),
  );
  const difference = (k: number) => Math.abs(synthetic[k]! - real[k]!);
  const widest = pairs.reduce((a, b) => (difference(b) > difference(a) ? b : a));
  const [first, second] = [names[widest % names.length]!, names[Math.floor(widest / names.length)]!];
  const alike =
    agreement === null
      ? "One of the two patterns does not vary."
      : `The two patterns agree with a correlation of ${formatFigure(agreement)} over ${pairs.length} pairs of gene sets.`;
  return {
    line: alike,
    detail:
      `The widest difference is between ${first} and ${second}: ` +
      `${formatFigure(real[widest]!)} real, ${formatFigure(synthetic[widest]!)} synthetic.`,
  };
}

/** Three matrices in one order: real, synthetic, and their difference. */
export function renderCorrelations(figures: EvaluationFigures): Markup {
  const { pathwayCorrelations: correlations } = figures;
  const reading = readCorrelations(figures);
  const title = "Which pathways rise and fall together";
  if (correlations.names.length < 3) return renderFigure(title, "", reading);
  const order = orderByAngle(correlations);
  const difference = correlations.synthetic.map((value, k) => value - correlations.real[k]!);
  const body = html`<div class="panels">
      ${[
        renderMatrix("Real", correlations.real, order),
        renderMatrix("Synthetic", correlations.synthetic, order),
        renderMatrix("Synthetic − real", difference, order),
      ]}
    </div>
    ${renderScale()}
    <details>
      <summary>The ${order.length} gene sets, in the order of the rows</summary>
      <ol class="names">
        ${order.map((k) => html`<li>${correlations.names[k]!}</li>`)}
      </ol>
    </details>`;
  return renderFigure(title, body, reading);
}

/** Sets that correlate stand side by side: order by angle in the first two eigenvectors (Friendly 2002). */
function orderByAngle({ names, real }: Correlations): number[] {
  const n = names.length;
  const { vectors } = decomposeSymmetric(Float64Array.from(real), n);
  const angle = (k: number) => Math.atan2(vectors[n + k]!, vectors[k]!);
  const around = names.map((_, k) => k).toSorted((a, b) => angle(a) - angle(b));
  // The circle is cut where its gap is widest.
  const gaps = around.map((k, place) => {
    const next = around[(place + 1) % n]!;
    return angle(next) - angle(k) + (place === n - 1 ? 2 * Math.PI : 0);
  });
  const cut = gaps.indexOf(Math.max(...gaps)) + 1;
  return [...around.slice(cut), ...around.slice(0, cut)];
}

/** Cells of one colour are one path: a matrix of fifty sets stays small. */
function renderMatrix(title: string, values: readonly number[], order: readonly number[]): Markup {
  const n = order.length;
  const paths = new Map<number, string>();
  order.forEach((i, row) => {
    let start = 0;
    for (let column = 1; column <= n; column++) {
      const level = levelOf(values[i * n + order[start]!]!);
      if (column < n && levelOf(values[i * n + order[column]!]!) === level) continue;
      paths.set(level, `${paths.get(level) ?? ""}M${start} ${row}h${column - start}v1H${start}z`);
      start = column;
    }
  });
  return html`<div>
    <p class="panel-title">${title}</p>
    <svg class="matrix" viewBox="0 0 ${n} ${n}" role="img" aria-label="${title}: correlations of ${n} gene sets">
      ${[...paths]
        .toSorted(([a], [b]) => a - b)
        .map(([level, path]) => html`<path class="level-${level + steps}" d="${path}" />`)}
    </svg>
  </div>`;
}

function levelOf(value: number): number {
  return Math.max(-steps, Math.min(steps, Math.round(value * steps))) + 0;
}

function renderScale(): Markup {
  const levels = Array.from({ length: 2 * steps + 1 }, (_, level) => level);
  return html`<p class="scale">
    <span>−1</span
    ><svg width="${levels.length * 18}" height="14" aria-hidden="true">
      ${levels.map((level) => html`<rect class="level-${level}" x="${level * 18}" width="18" height="14" />`)}</svg
    ><span>+1</span>
  </p>`;
}
