import type { EvaluationFigures, SurvivalFigure } from "../evaluation-parts.ts";
import { renderFigure, renderLegend, sampleLine } from "../figures/figure.ts";
import { createPanel, type Panel } from "../figures/panel.ts";
import { chooseTicks } from "../figures/ticks.ts";
import { asSentence, countOf, formatShare } from "../markup/format.ts";
import { html, type Markup } from "../markup/html.ts";
import type { Reading } from "./reading.ts";
import { formatDeaths } from "../suppress-cells.ts";

type Curve = NonNullable<SurvivalFigure["real"]>;

const daysPerYear = 365.25;
const strataNames = { all: "All patients", metastatic: "Metastatic at diagnosis", localised: "Localised at diagnosis" };

/** How far apart two curves run; a reason where one is missing. */
export interface StratumComparison {
  readonly name: string;
  readonly comparison: CurveComparison | string;
}

/** The curves of each stratum. */
export function compareStrata({ survival }: EvaluationFigures): readonly StratumComparison[] {
  return survival.map(({ stratum, real, synthetic, reason }) => ({
    name: strataNames[stratum],
    comparison: real === null || synthetic === null ? (reason ?? "not shown") : compareCurves(real, synthetic),
  }));
}

/** Where the synthetic curves run, beside the real ones. */
export function readSurvival(figures: EvaluationFigures): Reading {
  const strata = compareStrata(figures);
  const shares = strata.flatMap(({ comparison }) => (typeof comparison === "string" ? [] : [comparison.within]));
  const sentences = strata.map(({ name, comparison }) => {
    if (typeof comparison === "string") return `${name}: ${asSentence(comparison)}`;
    const { gap, timeDays, within } = comparison;
    return (
      `${name}: inside the real band over ${formatShare(within)} of follow-up; the widest gap is ` +
      `${Math.round(100 * gap)} percentage points, at ${(timeDays / daysPerYear).toFixed(1)} years.`
    );
  });
  const line =
    shares.length === 0
      ? "No survival curve can be compared."
      : `Synthetic survival keeps inside the real 95 % band for ${formatShare(Math.min(...shares))} of follow-up or more.`;
  return { line, detail: sentences.join(" ") };
}

/** Kaplan–Meier curves with Greenwood's bands, a panel a stratum. */
export function renderSurvival(figures: EvaluationFigures): Markup {
  const legend = renderLegend([
    { mark: sampleLine("curve real"), name: "real, with 95 % band" },
    { mark: sampleLine("curve synthetic"), name: "synthetic, with 95 % band" },
  ]);
  const panels = html`<div class="panels">${figures.survival.map(renderStratum)}</div>`;
  return renderFigure("Survival by metastasis at diagnosis", [legend, panels], readSurvival(figures));
}

function renderStratum(figure: SurvivalFigure): Markup {
  const { stratum, real, synthetic } = figure;
  const curves = [real, synthetic].filter((curve) => curve !== null);
  const name = strataNames[stratum];
  if (curves.length === 0) return renderAbsent(name, figure.reason);
  const years = Math.max(1, ...curves.map(({ timesDays }) => (timesDays.at(-1) ?? 0) / daysPerYear));
  const ticks = chooseTicks(years);
  const panel = createPanel(
    {
      minimum: 0,
      maximum: years,
      ticks: ticks.filter((tick) => tick <= years),
      name: "years from diagnosis",
      formatTick: String,
    },
    { minimum: 0, maximum: 1, ticks: [0, 0.25, 0.5, 0.75, 1], name: "alive", formatTick: formatShare },
  );
  const label = `Kaplan–Meier curves, ${name}: real ${describe(real)}, synthetic ${describe(synthetic)}`;
  return html`<div>
    <p class="panel-title">${name}</p>
    ${panel.render(label, [
      real === null ? "" : renderBand(panel, real, "band real"),
      synthetic === null ? "" : renderBand(panel, synthetic, "band synthetic"),
      real === null ? "" : renderCurve(panel, real, "curve real"),
      synthetic === null ? "" : renderCurve(panel, synthetic, "curve synthetic"),
    ])}
    <p class="note">
      real: ${describe(real)}<br />synthetic:
      ${describe(synthetic)}${figure.reason === undefined ? "" : html`<br />${asSentence(figure.reason)}`}
    </p>
  </div>`;
}

function renderAbsent(name: string, reason = "not shown"): Markup {
  return html`<div>
    <p class="panel-title">${name}</p>
    <p class="absent">${asSentence(reason)}</p>
  </div>`;
}

function describe(curve: Curve | null): string {
  return curve === null ? "not shown" : `${countOf(curve.patients, "patient")}, ${formatDeaths(curve.deaths)}`;
}

function renderCurve(panel: Panel, { timesDays, survival }: Curve, kind: string): Markup {
  return html`<path class="${kind}" d="${traceSteps(panel, timesDays, survival)}" />`;
}

function renderBand(panel: Panel, { timesDays, lower, upper }: Curve, kind: string): Markup {
  const there = traceSteps(panel, timesDays, upper);
  const back = traceSteps(panel, timesDays, lower)
    .replace("M", "")
    .split(/(?=[LHV])/);
  return html`<path class="${kind}" d="${there}${retrace(back)}Z" />`;
}

function traceSteps(panel: Panel, timesDays: readonly number[], values: readonly number[]): string {
  return values
    .map((value, k) => {
      const x = panel.placeX(timesDays[k]! / daysPerYear).toFixed(1);
      const y = panel.placeY(value).toFixed(1);
      return k === 0 ? `M${x} ${y}` : `H${x}V${y}`;
    })
    .join("");
}

/** The same steps from their end to their start. */
function retrace(steps: readonly string[]): string {
  let [x, y] = ["", ""];
  const corners = steps.map((step) => {
    if (step.startsWith("H")) x = step.slice(1);
    else if (step.startsWith("V")) y = step.slice(1);
    else [x, y] = step.split(" ") as [string, string];
    return `L${x} ${y}`;
  });
  return corners.toReversed().join("");
}

interface CurveComparison {
  /** The widest, of the shares alive, and when. */
  readonly gap: number;
  readonly timeDays: number;
  /** Share of the time that both cover in which the real band holds the synthetic curve. */
  readonly within: number;
}

/** Compares two step functions over the time that both cover. */
function compareCurves(real: Curve, synthetic: Curve): CurveComparison {
  const end = Math.min(real.timesDays.at(-1) ?? 0, synthetic.timesDays.at(-1) ?? 0);
  const times = real.timesDays.filter((time) => time <= end);
  let [gap, timeDays, inside] = [0, 0, 0];
  times.forEach((time, k) => {
    const value = valueAt(synthetic, time);
    const difference = Math.abs(value - real.survival[k]!);
    if (difference > gap) [gap, timeDays] = [difference, time];
    if (value >= real.lower[k]! && value <= real.upper[k]!) inside++;
  });
  return { gap, timeDays, within: times.length === 0 ? 0 : inside / times.length };
}

function valueAt({ timesDays, survival }: Curve, time: number): number {
  const after = timesDays.findIndex((other) => other > time);
  return survival[(after === -1 ? timesDays.length : after) - 1] ?? 1;
}
