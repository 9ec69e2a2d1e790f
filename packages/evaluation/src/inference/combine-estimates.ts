import { osteonError } from "@osteon/errors";
import { mean, sampleVariance, studentQuantile } from "@osteon/numerics";

/** How the replicates were made, which decides what their spread can tell. */
export type CombiningRule =
  | {
      /** One fitted model drew all replicates: Osteon's own exports. */
      readonly kind: "shared-model";
      /** Patients of each replicate. */
      readonly syntheticPatients: number;
      /** Effective sample size of the model for what is estimated. */
      readonly effectivePatients: number;
    }
  | {
      /** Each replicate has parameters of its own, drawn from their posterior. */
      readonly kind: "posterior-draws";
      readonly syntheticPatients: number;
      readonly trainingPatients: number;
    };

export interface ReplicateEstimates {
  /** What an analysis of each replicate gave, on a scale where it is about normal (log hazard ratio, not ratio). */
  readonly estimates: readonly number[];
  /** The squared standard errors that the analyses gave, each as if its patients were real. */
  readonly variances: readonly number[];
  readonly rule: CombiningRule;
  /** Default 0.95. */
  readonly coverage?: number;
}

export interface CombinedEstimate {
  readonly estimate: number;
  /** Of the estimate, about the value in the population that the training patients came from. */
  readonly variance: number;
  readonly degreesOfFreedom: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Combines the estimates of m replicates into one with an honest interval.
 *
 * `shared-model`: T = v̄ (N / n_eff + 1/m), t with n_eff − 1 degrees of freedom. Source: Raab, Nowok & Dibben 2016, §4,
 * "simple synthesis" from parameters that are not redrawn, with n of the training patients replaced by what they are
 * worth. What the training sample adds, v̄ N / n_eff, is the same in all replicates, so their spread cannot show it.
 *
 * `posterior-draws`: T = (1 + 1/m) b − v̄, ν = (m − 1)(1 − v̄ / ((1 + 1/m) b))². Source: Raghunathan, Reiter & Rubin
 * 2003; where T ≤ 0 Reiter's (2002) v̄ N / n, taken with n − 1 degrees of freedom. The rule that noise-aware synthesis
 * ends in too (Räisä, Jälkö, Kaski & Honkela 2023). With one shared model it is wrong: b is then about v̄, T about v̄ / m.
 *
 * @throws `evaluation.replicates`
 */
export function combineEstimates({
  estimates,
  variances,
  rule,
  coverage = 0.95,
}: ReplicateEstimates): CombinedEstimate {
  assertReplicates(estimates, variances, rule, coverage);
  const estimate = mean(estimates);
  const within = mean(variances);
  const { variance, degreesOfFreedom } =
    rule.kind === "shared-model"
      ? {
          variance: within * (rule.syntheticPatients / rule.effectivePatients + 1 / estimates.length),
          degreesOfFreedom: rule.effectivePatients - 1,
        }
      : combinePosteriorDraws(estimates, within, rule.syntheticPatients / rule.trainingPatients, rule.trainingPatients);
  const half = studentQuantile((1 + coverage) / 2, degreesOfFreedom) * Math.sqrt(variance);
  return { estimate, variance, degreesOfFreedom, lower: estimate - half, upper: estimate + half };
}

function combinePosteriorDraws(
  estimates: readonly number[],
  within: number,
  ratio: number,
  trainingPatients: number,
): Pick<CombinedEstimate, "variance" | "degreesOfFreedom"> {
  const others = estimates.length - 1;
  const spread = (1 + 1 / estimates.length) * sampleVariance(estimates);
  if (spread <= within) return { variance: within * ratio, degreesOfFreedom: trainingPatients - 1 };
  return { variance: spread - within, degreesOfFreedom: others * (1 - within / spread) ** 2 };
}

function assertReplicates(
  estimates: readonly number[],
  variances: readonly number[],
  rule: CombiningRule,
  coverage: number,
): void {
  const require = (field: string, allowed: string, isAllowed: boolean) => {
    if (!isAllowed) throw osteonError("evaluation.replicates", { field, allowed });
  };
  const fewest = rule.kind === "shared-model" ? 1 : 2;
  require("estimates", `${fewest} or more finite numbers`, estimates.length >= fewest &&
    estimates.every(Number.isFinite));
  require("variances", "a number above 0 for each estimate", variances.length === estimates.length &&
    variances.every((value) => Number.isFinite(value) && value > 0));
  require("syntheticPatients", "1 or more", Number.isFinite(rule.syntheticPatients) && rule.syntheticPatients >= 1);
  const source = rule.kind === "shared-model" ? "effectivePatients" : "trainingPatients";
  const patients = rule.kind === "shared-model" ? rule.effectivePatients : rule.trainingPatients;
  require(source, "more than 1 patient", Number.isFinite(patients) && patients > 1);
  require("coverage", "a number between 0 and 1", coverage > 0 && coverage < 1);
}
