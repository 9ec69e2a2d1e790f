import type { FeatureState } from "@osteon/features";
import type { PrivacyStatement } from "@osteon/generator";
import type { OpenedPackage } from "@osteon/registry";
import type { DifferentialPrivacy } from "@osteon/report";

/** Name of the package's record. */
export const guaranteeRecord = "differential_privacy";

/** What the differential privacy of a run's model holds of: the package and what is drawn from it. ADR 6 says why. */
export function stateGuarantee(
  privacy: PrivacyStatement,
  { mutationGenes, copyNumberGenes, expressionGenes }: FeatureState,
): DifferentialPrivacy {
  return {
    ...privacy,
    panel: {
      mutations: mutationGenes.length,
      copyNumber: copyNumberGenes.length,
      expression: expressionGenes.length,
    },
    covered: [
      "every number of the model, and the patients drawn from it, with any profile and however many",
      "which profiles may be asked for, the count of deaths in the manifest and the effective sample size: they are told of patients drawn from the model, so they spend nothing",
      "the model card and everything else in the sealed package",
    ],
    notCovered: [
      "who was trained on at all: which patients have the parts that were asked for, and how many they are",
      "what stands in the run directory and not in the package: validation, privacy attacks, report, quality, de-identification record, data card and manifest.json hold exact figures of the patients, and are for those who may see these",
      "the decision to release this model and not another one, where it was made by such figures",
    ],
  };
}

/** What a package says of its model's differential privacy; null where it was trained without. */
export function guaranteeOf({ records }: Pick<OpenedPackage, "records">): DifferentialPrivacy | null {
  return (records[guaranteeRecord] as DifferentialPrivacy | undefined) ?? null;
}
