import type { Manifest } from "@osteon/contracts";
import type { DeidentificationRecord } from "@osteon/deidentification";
import type { EvaluationReport } from "@osteon/evaluation";
import type { QualityReport } from "@osteon/quality";
import type { DifferentialPrivacy } from "../../differential-privacy.ts";
import type { PrivacyFindings } from "../../privacy-findings.ts";
import type { InferenceFacts } from "../../run-facts.ts";

/** Facts of a run that a model card tells. */
export interface ModelCardInput {
  readonly manifest: Pick<
    Manifest,
    "family" | "modelVersion" | "createdAt" | "osteonVersion" | "seed" | "options" | "training"
  >;
  readonly evaluation: EvaluationReport;
  readonly privacy: PrivacyFindings | null;
  /** Null or left out where the model was trained without; else the card holds nothing that it does not cover. */
  readonly differentialPrivacy?: DifferentialPrivacy | null;
  readonly quality: QualityReport;
  readonly deidentification: DeidentificationRecord;
  /** In words, such as "cBioPortal study". */
  readonly sourceKind: string;
  /** Patients of another cohort that the network was trained on first; null where there was none. */
  readonly pretrainingPatients: number | null;
  /** Null where the family was configured and not chosen. */
  readonly architecture: ArchitectureEvidence | null;
  readonly inference: InferenceFacts;
  /** What no run knows of itself; null where nobody has said it. */
  readonly publisher: Publisher | null;
}

/** How the families did on held-out patients, and why one was chosen. */
export interface ArchitectureEvidence {
  readonly chosen: string;
  readonly splits: number;
  readonly reason: string;
  readonly families: readonly {
    readonly family: string;
    readonly mean: number | null;
    readonly splitsWithCopies: number;
    readonly membershipAuc: number | null;
  }[];
}

/** Who releases the model. */
export interface Publisher {
  readonly developer: string;
  readonly contact: string;
  readonly fundingSource: string;
  readonly stakeholdersConsulted: string;
  readonly patientConsent: string;
  readonly licence: string;
}
