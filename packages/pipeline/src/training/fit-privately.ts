import type { Cohort } from "@osteon/cohort";
import type { Configuration } from "@osteon/contracts";
import { fitPrivateFactorCopula, type PrivateCopulaFit } from "@osteon/generator";
import type { FamilyFit } from "./fit-family.ts";

/**
 * Fits the factor copula with the configured differential privacy; null where none is configured.
 *
 * @param evenIfUseless for models that are judged and not released, which have fewer patients
 * @throws `generator.privacy-useless`, `generator.option`
 */
export function fitPrivately(
  cohort: Cohort,
  { training: { differential_privacy: asked } }: Configuration,
  evenIfUseless: boolean,
): (FamilyFit & PrivateCopulaFit) | null {
  if (asked === undefined) return null;
  const { epsilon, delta } = asked;
  const { model, privacy } = fitPrivateFactorCopula(cohort, { epsilon, delta, evenIfUseless });
  // The number of factors follows from the noisy sums: leaving patients out would look at them again.
  return { model, privacy, rankChoice: { rank: model.parameters.expression.rank, candidates: [] } };
}
