import type { EvaluationReport } from "@osteon/evaluation";
import { assertReportInput } from "./assert-report-input.ts";
import type { PrivacyFindings } from "./privacy-findings.ts";
import type { ReportInput } from "./report-input.ts";
import type { RunFacts } from "./run-facts.ts";
import { readAlterations } from "./sections/alterations.ts";
import { readCorrelations } from "./sections/correlations.ts";
import { readDataQuality, type DataQualityReading } from "./sections/data-quality.ts";
import { readHazards } from "./sections/hazards.ts";
import { adviseAnalyst, readInference, type AnalystAdvice } from "./sections/inference.ts";
import { listLimits } from "./sections/limits.ts";
import { readOncoprint } from "./sections/oncoprint.ts";
import { readPrivacy } from "./sections/privacy.ts";
import type { Reading } from "./sections/reading.ts";
import { readProjection } from "./sections/projection.ts";
import { readScores } from "./sections/scores.ts";
import { readSurvival } from "./sections/survival.ts";
import { stateVerdict, type Verdict } from "./sections/verdict.ts";

/** The content of the page for machines: the same sentences, and the figures that they are of. */
export interface ReportDocument {
  readonly format: "osteon-report/1";
  readonly verdict: Verdict;
  readonly readings: Readonly<
    Record<
      | "survival"
      | "alterations"
      | "oncoprint"
      | "correlations"
      | "projection"
      | "hazards"
      | "scores"
      | "privacy"
      | "inference",
      Reading
    >
  >;
  /** What an analyst may do with the file, how, and what to refuse. */
  readonly analysis: AnalystAdvice;
  readonly limits: readonly string[];
  readonly dataQuality: DataQualityReading | null;
  readonly run: RunFacts;
  readonly evaluation: EvaluationReport;
  readonly privacy: PrivacyFindings | null;
}

/**
 * The report as JSON. Deterministic.
 *
 * @throws report.input where the evaluation is incomplete or holds what is no number
 */
export function composeReport(input: ReportInput): ReportDocument {
  const released = assertReportInput(input);
  const { figures } = released;
  const { quality, ...rest } = input;
  return {
    format: "osteon-report/1",
    verdict: stateVerdict(input),
    readings: {
      survival: readSurvival(figures),
      alterations: readAlterations(figures),
      oncoprint: readOncoprint(figures),
      correlations: readCorrelations(figures),
      projection: readProjection(figures),
      hazards: readHazards(figures),
      scores: readScores(released),
      privacy: readPrivacy(input.privacy),
      inference: readInference(input.run.inference),
    },
    analysis: adviseAnalyst(input.run.inference, released),
    limits: listLimits(input.evaluation, input.run.inference),
    dataQuality: quality === undefined ? null : readDataQuality(quality),
    ...rest,
  };
}
