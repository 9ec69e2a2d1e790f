export { computeConcordance, type Concordance } from "./concordance.ts";
export type { TieMethod } from "./cox-likelihood.ts";
export { fitCoxModel, type CoxEstimate, type CoxFailure, type CoxFit, type CoxOptions } from "./cox-model.ts";
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
