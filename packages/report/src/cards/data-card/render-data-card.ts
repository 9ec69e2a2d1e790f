import type { CohortSummary } from "@osteon/cohort";
import type { DeidentificationRecord } from "@osteon/deidentification";
import type { QualityReport } from "@osteon/quality";
import { escapeMarkdown, renderSections, type CardSection, type RenderedCard } from "../card.ts";
import { writeDataSections } from "./data-sections.ts";

/** Facts of a cohort that its card tells. */
export interface DataCardInput {
  /** In words, such as "cBioPortal study". */
  readonly sourceKind: string;
  readonly createdAt: string;
  readonly osteonVersion: string;
  /** Of the cohort that the model was trained on. */
  readonly cohort: CohortSummary;
  readonly cohortDigest: string;
  readonly quality: QualityReport;
  readonly deidentification: DeidentificationRecord;
  /** True where the model is differentially private, of which these figures are not a part. */
  readonly outsideGuarantee?: boolean;
}

export interface DataCard {
  readonly format: "osteon-data-card/1";
  readonly title: string;
  readonly sections: readonly CardSection[];
}

/** The data card of a run's cohort; counts of fewer than five are suppressed. Deterministic; holds no patient. */
export function renderDataCard(input: DataCardInput): RenderedCard<DataCard> {
  const json: DataCard = {
    format: "osteon-data-card/1",
    title: `Data card: training cohort ${input.cohortDigest.slice(0, 16)}`,
    sections: writeDataSections(input),
  };
  return { markdown: `# ${escapeMarkdown(json.title)}\n\n${renderSections(json.sections)}\n`, json };
}
