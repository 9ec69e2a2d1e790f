import type { EvaluationReport } from "@osteon/evaluation";
import type { QualityReport } from "@osteon/quality";
import type { DifferentialPrivacy } from "./differential-privacy.ts";
import type { PrivacyFindings } from "./privacy-findings.ts";
import type { RunFacts } from "./run-facts.ts";

/** What a report is made of; all of it counts, scores and names, nothing of a patient. */
export interface ReportInput {
  readonly evaluation: EvaluationReport;
  /** Null where privacy was not assessed: the report says so. */
  readonly privacy: PrivacyFindings | null;
  /** Null or left out where the model was trained without. */
  readonly differentialPrivacy?: DifferentialPrivacy | null;
  /** What was found in the real patients; left out where it is not known. */
  readonly quality?: Pick<QualityReport, "findings" | "batches">;
  readonly run: RunFacts;
}
