import { osteonError } from "@osteon/errors";
import { assertFinite, assertLength } from "./observations.ts";
import { dot, splineBasis, splineBasisSlope } from "./restricted-cubic-spline.ts";
import type { RoystonParmarEstimate } from "./royston-parmar.ts";

/**
 * S(t | x), the probability of living past t days; 1 for t ≤ 0.
 * @param covariates those of one patient
 * @throws `survival.length`, `survival.value`
 */
export function flexibleSurvivalProbability(
  fit: RoystonParmarEstimate,
  timeDays: number,
  covariates: ArrayLike<number>,
): number {
  const effect = covariateEffect(fit, covariates);
  if (timeDays <= 0) return 1;
  return Math.exp(-Math.exp(splineAt(fit, Math.log(timeDays)) + effect));
}

/**
 * Deaths a day at t days.
 * @throws `survival.length`, `survival.value`, and `survival.option` unless timeDays is above 0: before the first
 * death the hazard is Weibull's, which at 0 may be infinite
 */
export function flexibleHazardRate(
  fit: RoystonParmarEstimate,
  timeDays: number,
  covariates: ArrayLike<number>,
): number {
  if (!(timeDays > 0 && timeDays < Infinity)) {
    throw osteonError("survival.option", { option: "timeDays", allowed: "a finite number above 0" });
  }
  const u = Math.log(timeDays);
  const slope = dot(fit.splineCoefficients, splineBasisSlope(fit.knotsLogDays, u));
  return slope * Math.exp(splineAt(fit, u) + covariateEffect(fit, covariates) - u);
}

/**
 * The day at which S(t | x) equals `survival`: the inverse of {@link flexibleSurvivalProbability}. Beyond the last
 * death the Weibull tail goes on; a day too late for a number is Infinity.
 * @throws `survival.length`, `survival.value`, and `survival.option` unless 0 < survival ≤ 1
 */
export function flexibleSurvivalQuantile(
  fit: RoystonParmarEstimate,
  survival: number,
  covariates: ArrayLike<number>,
): number {
  if (!(survival > 0 && survival <= 1)) {
    throw osteonError("survival.option", { option: "survival", allowed: "above 0 and at most 1" });
  }
  const target = Math.log(-Math.log(survival)) - covariateEffect(fit, covariates);
  let low = fit.knotsLogDays[0]!;
  let high = fit.knotsLogDays.at(-1)!;
  for (const end of [low, high]) {
    const beyond = target - splineAt(fit, end);
    const slope = dot(fit.splineCoefficients, splineBasisSlope(fit.knotsLogDays, end));
    if (end === low ? beyond <= 0 : beyond >= 0) return Math.exp(end + beyond / slope);
  }
  // The spline rises, so that halving the stretch finds the crossing to the last bit.
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return Math.exp(middle);
    if (splineAt(fit, middle) < target) low = middle;
    else high = middle;
  }
}

function splineAt(fit: RoystonParmarEstimate, u: number): number {
  return dot(fit.splineCoefficients, splineBasis(fit.knotsLogDays, u));
}

function covariateEffect(fit: RoystonParmarEstimate, covariates: ArrayLike<number>): number {
  assertLength("The patient's covariates", covariates.length, fit.coefficients.length);
  assertFinite("The patient's covariates", covariates);
  return dot(fit.coefficients, covariates);
}
