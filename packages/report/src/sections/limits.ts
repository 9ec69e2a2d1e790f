import type { EvaluationReport } from "@osteon/evaluation";
import { asSentence, countOf } from "../markup/format.ts";
import { html, type Markup } from "../markup/html.ts";
import type { InferenceFacts } from "../run-facts.ts";
import { formatDeaths } from "../suppress-cells.ts";
import { stateFloor, stateWorth } from "./inference.ts";

/** Patients under which every figure asks for its interval. */
const smallCohort = 200;

/** What must be said of any result from so few patients; null where they are many. */
function stateSmallCohort({ patients, deaths, holdOutPatients }: EvaluationReport["design"]): string | null {
  if (patients >= smallCohort) return null;
  return (
    `${countOf(patients, "patient")} with ${formatDeaths(deaths)} stand behind every figure, ${holdOutPatients} of them held out in ` +
    "each split. At this number intervals are wide, rare subgroups are all but absent, and a figure without its interval says nothing."
  );
}

/** The limits of what can be said, as a list. */
export function listLimits({ design, limits }: EvaluationReport, inference: InferenceFacts): readonly string[] {
  const small = stateSmallCohort(design);
  return [
    ...(design.simulatedPatients
      ? [
          "The “real” patients of this run are themselves simulated: the figures test the instrument and say nothing of people.",
        ]
      : []),
    ...(small === null ? [] : [small]),
    ...limits.map(asSentence),
    stateWorth(inference),
    stateFloor(inference),
    "What the file gives away was tried with the attacks named here; an attack not yet thought of was not.",
    "Synthetic patients carry what the real ones taught the model and nothing more: no new finding can be confirmed on them alone.",
  ];
}

export function renderLimits(evaluation: EvaluationReport, inference: InferenceFacts): Markup {
  return html`<ul class="limits">
    ${listLimits(evaluation, inference).map((limit) => html`<li>${limit}</li>`)}
  </ul>`;
}
