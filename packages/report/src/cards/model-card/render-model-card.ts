import { assertEvaluation } from "../../assert-report-input.ts";
import { escapeMarkdown, renderSections, type CardSection, type RenderedCard } from "../card.ts";
import type { ModelCardInput } from "./model-card-input.ts";
import { writeAppliedModelCard, type AppliedModelCard, type MetricResult } from "./applied-model-card.ts";
import { writeMitchellSections } from "./mitchell-sections.ts";
import { withholdFields, withholdSections } from "./withhold-exact-figures.ts";

export interface ModelCard {
  readonly format: "osteon-model-card/1";
  readonly title: string;
  /** Mitchell et al. 2019. */
  readonly sections: readonly CardSection[];
  /** Coalition for Health AI, Applied Model Card 0.2. */
  readonly appliedModelCard: AppliedModelCard;
}

/**
 * The model card of a run, every statement from its facts. Deterministic; holds counts and scores, no patient. That of
 * a differentially private model holds nothing that its promise does not cover, so no scores.
 *
 * @throws report.input where the evaluation is incomplete, holds what is no number, or is of another family
 */
export function renderModelCard(input: ModelCardInput): RenderedCard<ModelCard> {
  assertEvaluation(input.evaluation, input.manifest.family);
  const { manifest, differentialPrivacy: guarantee } = input;
  const sections = writeMitchellSections(input);
  const applied = writeAppliedModelCard(input);
  const json: ModelCard = {
    format: "osteon-model-card/1",
    title: `Model card: ${manifest.family} ${manifest.modelVersion}`,
    sections: guarantee ? withholdSections(sections, guarantee, input) : sections,
    appliedModelCard: guarantee ? withholdFields(applied, guarantee) : applied,
  };
  return { markdown: renderMarkdown(json), json };
}

function renderMarkdown({ title, sections, appliedModelCard }: ModelCard): string {
  const groups = Object.entries(appliedModelCard).map(([group, fields]) =>
    [
      `### ${group}`,
      typeof fields === "string"
        ? escapeMarkdown(fields)
        : Object.entries(fields)
            .map(([field, content]) => `- **${field}**:${renderContent(content)}`)
            .join("\n"),
    ].join("\n\n"),
  );
  return `${[`# ${escapeMarkdown(title)}`, renderSections(sections), "## Applied Model Card (CHAI)", ...groups].join("\n\n")}\n`;
}

function renderContent(content: string | readonly MetricResult[]): string {
  if (typeof content === "string") return ` ${escapeMarkdown(content)}`;
  return content.map(({ Label, ValueJson }) => `\n  - ${escapeMarkdown(Label)}: ${escapeMarkdown(ValueJson)}`).join("");
}
