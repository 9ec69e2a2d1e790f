import type { Configuration, Manifest } from "@osteon/contracts";
import type { DeidentificationRecord } from "@osteon/deidentification";
import type { EvaluationReport, PrivacyReport } from "@osteon/evaluation";
import type { QualityReport } from "@osteon/quality";
import type { DifferentialPrivacy } from "../differential-privacy.ts";

/** What the system knows of a model and of how it is run; null where it does not. No patient is in it. */
export interface ComplianceFacts {
  /** ISO 8601, of the documents. */
  readonly createdAt: string;
  readonly osteonVersion: string;
  readonly nodeVersion: string;
  readonly manifest: Manifest;
  /** Null for a model with differential privacy, whose package holds no exact figure of its patients. */
  readonly evaluation: EvaluationReport | null;
  readonly privacy: PrivacyReport | null;
  readonly deidentification: DeidentificationRecord | null;
  readonly quality: QualityReport | null;
  readonly guarantee: DifferentialPrivacy | null;
  /** Fewest training patients behind a profile that is answered; null where the package has no such floor. */
  readonly smallestCell: number | null;
  readonly modelCard: string | null;
  /** Null for a model that is not of a registry. */
  readonly registry: RegistryState | null;
  /** Null where none was given: defaults are not what a site runs. */
  readonly configuration: Configuration | null;
}

export interface RegistryState {
  readonly onAir: boolean;
  readonly moves: number;
  /** Why it is on air in spite of a gate; null where no gate was overridden. */
  readonly overrideReason: string | null;
}
