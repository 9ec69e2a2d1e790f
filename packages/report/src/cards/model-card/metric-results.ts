import type { FamilyEvaluation } from "../../evaluation-parts.ts";
import { capitalise } from "../../markup/format.ts";
import type { PrivacyFindings } from "../../privacy-findings.ts";
import { compareStrata } from "../../sections/survival.ts";

/** A result as the schema of CHAI's Applied Model Card 0.2 has it: a name, and a value written as JSON. */
export interface MetricResult {
  readonly Label: string;
  readonly ValueJson: string;
}

/** The calibrated score, then every informative metric on the same scale. */
export function listScores({ biologicalScore, metrics }: FamilyEvaluation): readonly MetricResult[] {
  const { calibrated, lower, upper } = biologicalScore;
  return [
    result("Calibrated biological score (0 no biology, 1 fresh real patients)", { value: calibrated, lower, upper }),
    ...metrics
      .filter(({ calibrated: { informative, value } }) => informative && value !== null)
      .map(({ title, calibrated: { value, lower: low, upper: high } }) =>
        result(`${capitalise(title)}, calibrated`, { value, lower: low, upper: high }),
      ),
  ];
}

/** Survival, by stratum. */
export function listStrata({ figures }: FamilyEvaluation): readonly MetricResult[] {
  return compareStrata(figures).map(({ name, comparison }) =>
    result(
      `Survival: ${name.toLowerCase()}`,
      typeof comparison === "string"
        ? { reason: comparison }
        : { shareInsideRealBand: comparison.within, widestGap: comparison.gap, atDays: comparison.timeDays },
    ),
  );
}

/** What is told of the training patients, each with what chance reaches. */
export function listPrivacy(
  { memorisation: { membershipAuc } }: FamilyEvaluation,
  privacy: PrivacyFindings | null,
): readonly MetricResult[] {
  const memory = result("Membership by the closest record, over the splits", {
    auc: membershipAuc.synthetic,
    chance: membershipAuc.nullRange,
  });
  if (privacy === null) return [memory];
  const { attacks, likelihoodRatio } = privacy;
  return [
    memory,
    ...attacks.map(({ title, outcome }) => result(capitalise(title), outcome)),
    result(
      "Likelihood ratio with shadow models",
      likelihoodRatio.result === null
        ? { reason: likelihoodRatio.reading }
        : { auc: likelihoodRatio.result.auc, chance: likelihoodRatio.result.meanNullRange },
    ),
  ];
}

/** Numbers to four decimals, as there is no more in them; what is not known is left out. */
function result(label: string, value: unknown): MetricResult {
  const ValueJson = JSON.stringify(value, (_, part: unknown) =>
    typeof part === "number" ? Number(part.toFixed(4)) : (part ?? undefined),
  );
  return { Label: label, ValueJson };
}
