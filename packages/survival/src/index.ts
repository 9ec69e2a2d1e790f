export { computeBrierScore, integrateBrierScore } from "./brier-score.ts";
export { computeConcordance, type Concordance } from "./concordance.ts";
export { estimateCoxBaseline, predictCoxSurvival, type CoxBaseline } from "./cox-baseline.ts";
export { evaluatePartialLikelihood, linearPredictor, type CoxDesign, type TieMethod } from "./cox-likelihood.ts";
export { fitCoxModel, type CoxEstimate, type CoxFailure, type CoxFit, type CoxOptions } from "./cox-model.ts";
export type { GlobalTest } from "./global-tests.ts";
export { estimateKaplanMeier, type BandScale, type KaplanMeierCurve, type KaplanMeierOptions } from "./kaplan-meier.ts";
export { testLogRank, type LogRankTest } from "./log-rank.ts";
export type { EventIndicators } from "./observations.ts";
export {
  cumulativeHazard,
  fitPiecewiseExponential,
  hazardRate,
  survivalProbability,
  survivalQuantile,
  type PiecewiseExponential,
  type PiecewiseExponentialOptions,
} from "./piecewise-exponential.ts";
export { estimateMedianFollowUp, readQuantile, readSurvivalAt, type SurvivalQuantile } from "./read-curve.ts";
export {
  compareRestrictedMeans,
  estimateRestrictedMean,
  type RestrictedMean,
  type RestrictedMeanDifference,
} from "./restricted-mean.ts";
export { flexibleHazardRate, flexibleSurvivalProbability, flexibleSurvivalQuantile } from "./royston-parmar-curve.ts";
export {
  fitRoystonParmar,
  type RoystonParmarEstimate,
  type RoystonParmarFailure,
  type RoystonParmarFit,
  type RoystonParmarOptions,
} from "./royston-parmar.ts";
export {
  crossValidateRegularisedCox,
  type CrossValidatedCox,
  type CrossValidationFailure,
  type CrossValidationOptions,
} from "./cross-validate-cox.ts";
export {
  fitRegularisedCox,
  type RegularisedCoxFailure,
  type RegularisedCoxFit,
  type RegularisedCoxOptions,
  type RegularisedCoxPath,
} from "./regularised-cox.ts";
