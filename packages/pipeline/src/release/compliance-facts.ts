import type { Configuration } from "@osteon/contracts";
import type { DeidentificationRecord } from "@osteon/deidentification";
import type { PrivacyReport } from "@osteon/evaluation";
import type { QualityReport } from "@osteon/quality";
import type { ComplianceFacts, RegistryState } from "@osteon/report";
import type { OpenedPackage } from "@osteon/registry";
import { guaranteeOf } from "../guarantee.ts";
import { conditionFloorOf } from "../load-synthesiser.ts";
import { evaluationOf } from "./evaluation-of-package.ts";
import { cardOfPackage } from "./package-accounts.ts";

interface Surroundings {
  readonly createdAt: string;
  readonly osteonVersion: string;
  readonly nodeVersion: string;
  readonly registry: RegistryState | null;
  readonly configuration: Configuration | null;
}

/** What the documents of a compliance pack are filled in with: records of the sealed package, and its surroundings. */
export function complianceFactsOf(opened: OpenedPackage, surroundings: Surroundings): ComplianceFacts {
  const { manifest, records } = opened;
  const { smallestCell } = conditionFloorOf(opened);
  return {
    ...surroundings,
    manifest,
    evaluation: evaluationOf(opened),
    privacy: (records["privacy"] as PrivacyReport | undefined) ?? null,
    deidentification: (records["deidentification"] as DeidentificationRecord | undefined) ?? null,
    quality: (records["quality"] as QualityReport | undefined) ?? null,
    guarantee: guaranteeOf(opened),
    smallestCell: Number.isFinite(smallestCell) ? smallestCell : null,
    modelCard: cardOfPackage(opened),
  };
}
