import type { ModelDetail, ModelReference, ModelSummary } from "@osteon/contracts";
import { accountOfPackage, cardOfPackage, referenceOfPackage, reportOfPackage } from "@osteon/pipeline";
import type { OpenedPackage } from "@osteon/registry";

/** What the catalogue shows of one package; made at once, so that the package itself need not be kept. */
export interface PackageViews {
  readonly detail: Omit<ModelDetail, "on_air">;
  readonly report: string | null;
  readonly card: string | null;
  readonly reference: ModelReference | null;
}

export function viewPackage(opened: OpenedPackage, summary: ModelSummary): PackageViews {
  return {
    detail: accountOfPackage(opened, summary),
    report: reportOfPackage(opened),
    card: cardOfPackage(opened),
    reference: referenceOfPackage(opened),
  };
}
