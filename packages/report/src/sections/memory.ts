import type { FamilyEvaluation } from "../evaluation-parts.ts";
import { renderRow, renderTable } from "../figures/figure.ts";
import { asSentence, countOf, formatCount, formatFigure, formatRange } from "../markup/format.ts";
import { html, type Markup } from "../markup/html.ts";

type Copies = FamilyEvaluation["memorisation"]["copies"]["synthetic"];

/** What the scores themselves say of memory: copies, and training patients told by their nearest record. */
export function renderMemory({ memorisation: { membershipAuc, copies }, memorisationFlags }: FamilyEvaluation): Markup {
  const row = (name: string, role: "synthetic" | "photocopy" | "floor") =>
    renderRow(name, [formatFigure(membershipAuc[role]), describeCopies(copies[role])]);
  const flags =
    memorisationFlags.length === 0
      ? "Nothing in the scores points to memory."
      : memorisationFlags.map(asSentence).join(" ");
  return html`<p>${flags}</p>
    ${renderTable(
      `Memory, over the splits: chance alone gives a single file an area of ${formatRange(...membershipAuc.nullRange)}`,
      ["file", "training patients told apart (area under the curve)", "near copies of training patients"],
      [row("synthetic", "synthetic"), row("photocopy", "photocopy"), row("independent marginals (floor)", "floor")],
    )}`;
}

function describeCopies(copies: Copies): string {
  return copies === null
    ? "not looked for: there is no expression"
    : `${formatCount(copies.near)} of ${countOf(copies.candidates, "record")}, ${formatCount(copies.exact)} of them exact`;
}
