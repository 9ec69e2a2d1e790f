import { assertReportInput } from "./assert-report-input.ts";
import { countOf } from "./markup/format.ts";
import { html, Markup, type Content } from "./markup/html.ts";
import type { ReportInput } from "./report-input.ts";
import { renderAlterations } from "./sections/alterations.ts";
import { renderCorrelations } from "./sections/correlations.ts";
import { readDataQuality, renderDataQuality } from "./sections/data-quality.ts";
import { renderDifferentialPrivacy } from "./sections/differential-privacy.ts";
import { renderHazards } from "./sections/hazards.ts";
import { renderInference } from "./sections/inference.ts";
import { renderLimits } from "./sections/limits.ts";
import { renderLinks } from "./sections/links.ts";
import { renderMemory } from "./sections/memory.ts";
import { renderFamilies, renderNumbers, renderSeedScores } from "./sections/numbers.ts";
import { renderOncoprint } from "./sections/oncoprint.ts";
import { renderPrivacy } from "./sections/privacy.ts";
import { renderProjection } from "./sections/projection.ts";
import { renderScores } from "./sections/scores.ts";
import { renderSurvival } from "./sections/survival.ts";
import { renderVerdict } from "./sections/verdict.ts";
import { formatDeaths } from "./suppress-cells.ts";
import { style } from "./style.ts";

/** Nothing is loaded and nothing runs: the file may be opened anywhere, and sent. */
const contentPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The evaluation as one HTML page that needs no network and runs no script. Deterministic; holds sums over
 * patients and never a patient.
 *
 * @throws report.input where the evaluation is incomplete or holds what is no number
 */
export function renderReport(input: ReportInput): string {
  const released = assertReportInput(input);
  const { evaluation, privacy, run } = input;
  const { figures } = released;
  const sections: readonly Section[] = [
    {
      id: "scores",
      title: "How like real patients",
      body: [
        html`<p>
          Every score compares a file with real patients that its model has not seen, and so do its references: fresh
          real patients (the ceiling), a photocopy of the training patients (perfect memory), and patients drawn gene by
          gene without any structure (the floor).
        </p>`,
        renderScores(released),
        renderLinks(released),
      ],
    },
    { id: "survival", title: "Survival", body: [renderSurvival(figures), renderHazards(figures)] },
    {
      id: "alterations",
      title: "Altered genes",
      body: [
        html`<p>
          Shares of patients, gene by gene, then which alterations meet. The columns of the oncoprint are groups of
          patients: one for each patient would show real ones one by one, and this page holds none.
        </p>`,
        renderAlterations(figures),
        renderOncoprint(figures),
      ],
    },
    { id: "expression", title: "Gene expression", body: [renderCorrelations(figures), renderProjection(figures)] },
    {
      id: "privacy",
      title: "What the file gives away",
      body: [renderMemory(released), renderPrivacy(privacy), renderDifferentialPrivacy(input.differentialPrivacy)],
    },
    {
      id: "inference",
      title: "What an analyst may do with the file",
      body: renderInference(run.inference, released),
    },
    {
      id: "numbers",
      title: "All the numbers",
      body: [
        renderNumbers(released),
        html`<h3>The seed’s raw scores</h3>`,
        renderSeedScores(released),
        html`<h3>Families</h3>`,
        renderFamilies(evaluation),
      ],
    },
    ...(input.quality === undefined
      ? []
      : [{ id: "data", title: "The data behind it", body: renderDataQuality(readDataQuality(input.quality)) }]),
    { id: "limits", title: "What cannot be said", body: renderLimits(evaluation, run.inference) },
  ];
  return html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Markup(contentPolicy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Osteon evaluation: ${run.family}, run ${run.runId}</title>
        <style>
          ${new Markup(style)}
        </style>
      </head>
      <body>
        ${renderHeader(input)}
        <main>
          ${renderVerdict(input)}
          <nav aria-label="Sections">
            <ol>
              ${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
            </ol>
          </nav>
          ${sections.map(renderSection)}
        </main>
        ${renderFooter(input)}
      </body>
    </html> `.text;
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Content;
}

function renderSection({ id, title, body }: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${body}
  </section>`;
}

function renderHeader({ run, evaluation: { design } }: ReportInput): Markup {
  const facts = [
    ["Run", run.runId],
    ["Model", run.modelVersion === null ? run.family : `${run.family}, version ${run.modelVersion}`],
    ["Source", run.sourceKind],
    ["Patients", `${design.patients}, ${formatDeaths(design.deaths)}`],
    [
      "Design",
      `${countOf(design.splits, "split")}: ${design.trainPatients} to train, ${design.holdOutPatients} held out, ${design.candidatePatients} compared`,
    ],
    [
      "Measured",
      `${design.genes.mutations} genes for mutations, ${design.genes.copyNumber} for copy number, ${design.genes.expression} for expression; ${design.geneSets.measured} of ${countOf(design.geneSets.given, "gene set")}`,
    ],
  ];
  return html`<header>
    <p class="eyebrow">Osteon evaluation report</p>
    <h1>Synthetic osteosarcoma patients, beside real ones</h1>
    <dl class="facts">
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt>${name!}</dt>
            <dd>${value!}</dd>
          </div>`,
      )}
    </dl>
  </header>`;
}

function renderFooter({ run, evaluation }: ReportInput): Markup {
  return html`<footer>
    <p>
      Made by Osteon ${run.osteonVersion} at ${run.createdAt}, seed ${evaluation.seed}. The page holds sums over
      patients and no patient; it loads nothing and runs no script. The same content for machines stands in
      <code>report.json</code>.
    </p>
  </footer>`;
}
