import { worthInRealPatients } from "@osteon/evaluation";
import type { FamilyEvaluation } from "../evaluation-parts.ts";
import { renderFigure, renderLegend, renderRow, sampleDot, sampleLine } from "../figures/figure.ts";
import { createStripAxis, markDot, markLine, markRange, renderStrip, renderStripScale } from "../figures/strip.ts";
import { chooseTicks } from "../figures/ticks.ts";
import { capitalise, countOf, formatCount } from "../markup/format.ts";
import { html, type Markup } from "../markup/html.ts";
import type { InferenceFacts } from "../run-facts.ts";
import type { Reading } from "./reading.ts";

/** A large file, and replicates as the documentation makes them: what the model is worth is shown on these. */
const largeFile = 10_000;
const replicates = { count: 5, patients: 1000 };

/** What an analyst may do with the file, how, and what to refuse. */
export interface AnalystAdvice {
  readonly may: readonly string[];
  readonly withReplicates: readonly string[];
  readonly refuse: readonly string[];
}

/** What a large file is worth, as a limit to any result from it. */
export function stateWorth({ trainingPatients, effectiveSampleSize }: InferenceFacts): string {
  const effective = effectiveSampleSize?.effectivePatients ?? null;
  const worth = countOf(worthInRealPatients(effective ?? trainingPatients, largeFile), "real one");
  return (
    `${countOf(largeFile, "synthetic patient")} are worth ${effective === null ? "at most" : "about"} ${worth} to an analyst` +
    `${effective === null ? " (how many was not estimated)" : ""}: tests and intervals that take their number at face value are wrong.`
  );
}

/** Whom a request is refused, and where nothing refuses. */
export function stateFloor({ smallestCell }: InferenceFacts): string {
  const floor =
    smallestCell === null
      ? "Patients are generated without conditions alone, as the package does not say how many patients are behind each."
      : smallestCell === 1
        ? "No profile is refused, however few training patients have it: the floor on conditions was set to 1."
        : `Service and command line refuse a profile that fewer than ${smallestCell} training patients have; that bounds no sum of many answers.`;
  return `${floor} An export of the model as an ONNX file has no such floor: whoever runs it gets patients for any condition.`;
}

/** What the file is worth, in a line. */
export function readInference({ trainingPatients, effectiveSampleSize }: InferenceFacts): Reading {
  const effective = effectiveSampleSize?.effectivePatients ?? null;
  if (effective === null) {
    return {
      line: `What the file is worth was not estimated: at most ${countOf(trainingPatients, "real patient")}.`,
      detail: "",
    };
  }
  return {
    line: `${countOf(largeFile, "synthetic patient")} are worth ${countOf(worthInRealPatients(effective, largeFile), "real one")}, for the kind of question they answer worst.`,
    detail:
      `The model saw ${countOf(trainingPatients, "patient")}, and no number of synthetic ones knows more. Estimated by ` +
      `${countOf(effectiveSampleSize!.refits, "refit")} to bootstrap samples; bias counts as error.`,
  };
}

/** Advice for this model, with its own figures. */
export function adviseAnalyst(
  { trainingPatients, effectiveSampleSize, smallestCell }: InferenceFacts,
  { metrics }: FamilyEvaluation,
): AnalystAdvice {
  const effective = effectiveSampleSize?.effectivePatients ?? trainingPatients;
  const { count, patients } = replicates;
  const single = Math.sqrt(patients / effective + 1);
  const factor = patients / effective + 1 / count;
  const absent = metrics.filter(({ reading }) => reading === "no better than floor").map(({ title }) => title);
  return {
    may: [
      "Write, test and teach an analysis; find its mistakes before it sees a real patient.",
      "Plan a study: which questions, which tables, roughly which numbers.",
      "Estimate, with replicates and the rule below, where the question is of a kind that was valued above.",
    ],
    withReplicates: [
      `Make replicates: osteon generate --count ${patients} --replicates ${count}. Analyse each as if it were real, on a scale where the estimate is about normal.`,
      "The estimate is the mean of the replicates' estimates.",
      "Its variance is the mean of their squared standard errors × (N / n + 1 / m), with N patients in each of m replicates and n what the model is worth for the question (Raab, Nowok and Dibben 2016).",
      `The interval takes Student's t with n − 1 degrees of freedom. Here, with ${count} replicates of ${formatCount(patients)} and n = ${effective.toFixed(0)}, the variance is multiplied by ${factor.toFixed(1)}.`,
      "The spread between replicates does not show the error of the training sample: all of them come from one fitted model.",
    ],
    refuse: [
      `A test or an interval that takes the patients for real ones: from one file of ${formatCount(patients)} it is ${single.toFixed(1)} times too narrow.`,
      "Synthetic patients added to real ones to enlarge a cohort.",
      "Questions of another kind: interactions, subgroups of a few patients, whatever the model does not represent. No rule brings that back.",
      ...(absent.length === 0
        ? []
        : [
            `What this model does no better than no biology at all: ${absent.map((title) => title.toLowerCase()).join("; ")}.`,
          ]),
      smallestCell === null
        ? "Patients of a given profile: this package generates none."
        : "The figures above for patients drawn under conditions: these are worth less, as fewer training patients are like them.",
      "A finding that was not confirmed on real patients, and any decision about a patient.",
    ],
  };
}

/** Worth by kind of question, then what may be done, how, and what not. */
export function renderInference(inference: InferenceFacts, family: FamilyEvaluation): Markup {
  const { may, withReplicates, refuse } = adviseAnalyst(inference, family);
  const list = (items: readonly string[]) =>
    html`<ul>
      ${items.map((item) => html`<li>${item}</li>`)}
    </ul>`;
  return html`${renderWorth(inference)}
    <h3>What the file is good for</h3>
    ${list(may)}
    <h3>An honest interval</h3>
    ${list(withReplicates)}
    <h3>What to refuse</h3>
    ${list([...refuse, stateFloor(inference)])}`;
}

function renderWorth(inference: InferenceFacts): Markup {
  const { trainingPatients, effectiveSampleSize } = inference;
  const reading = readInference(inference);
  if (effectiveSampleSize?.effectivePatients == null) return html`<p class="absent">${reading.line}</p>`;
  const ticks = chooseTicks(trainingPatients, 4);
  const axis = createStripAxis(0, ticks.at(-1)!, ticks);
  const rows = effectiveSampleSize.groups.map(({ title, effectivePatients, lower, upper }) => {
    if (effectivePatients === null || lower === null || upper === null) {
      return html`<tr class="muted">
        <th scope="row">${capitalise(title)}</th>
        <td colspan="2">Cannot be told: too few of its questions can be answered.</td>
      </tr>`;
    }
    const [worth, low, high] = [effectivePatients, lower, upper].map((value) => value.toFixed(0)) as [
      string,
      string,
      string,
    ];
    return renderRow(capitalise(title), [
      renderStrip(axis, `${title}: worth ${worth} real patients, ${low} to ${high}`, [
        markLine(axis, trainingPatients, "ceiling"),
        markRange(axis, lower, upper, "range synthetic"),
        markDot(axis, effectivePatients, "synthetic"),
      ]),
      html`<span class="number">${worth}<small>${low} to ${high}</small></span>`,
    ]);
  });
  const legend = renderLegend([
    { mark: sampleDot("synthetic"), name: "real patients that the model's are worth" },
    { mark: sampleLine("range synthetic"), name: "its 95 % interval" },
    {
      mark: html`<line class="ceiling" x1="13" x2="13" y1="0" y2="14" />`,
      name: `the ${trainingPatients} training patients`,
    },
  ]);
  const table = html`<table class="strips scores worth">
    <caption class="unseen">
      Worth in real patients by kind of question
    </caption>
    <thead>
      <tr>
        <th scope="col">kind of question</th>
        <td>${renderStripScale(axis, String)}</td>
        <th scope="col">worth (95 %)</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
  return renderFigure("How many real patients the file is worth", [legend, table], reading);
}
