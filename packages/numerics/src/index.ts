export { normalCdf, normalDensity, normalQuantile, normalSurvival } from "./normal-distribution.ts";
export { smallestNormal } from "./smallest-normal.ts";
export { philox4x32 } from "./philox.ts";
export { RandomStream, streamId } from "./random-stream.ts";
export {
  choleskyFactor,
  factoriseCholesky,
  invertFactorised,
  invertPositiveDefinite,
  solveFactorised,
} from "./cholesky.ts";
export {
  solveLowerColumns,
  solveLowerInPlace,
  solveLowerTransposedColumns,
  solveLowerTransposedInPlace,
} from "./triangular-systems.ts";
export { decomposeSymmetric, type SymmetricEigen } from "./symmetric-eigen.ts";
export { normalInterval, truncatedNormalMean, truncatedNormalQuantile } from "./truncated-normal.ts";
export { pearsonCorrelation, spearmanCorrelation } from "./correlation.ts";
export { averageRanks } from "./ranks.ts";
export { dotProduct } from "./dot-product.ts";
export { mean, sampleVariance } from "./moments.ts";
export { rocArea, rocAreaNullRange } from "./roc-area.ts";
export { kolmogorovSmirnovDistance, wassersteinDistance } from "./two-sample-distances.ts";
export { Kernels } from "./kernels/instance.ts";
export { identityMatrix, multiplyMatrices, transposeMatrix } from "./matrix-product.ts";
export { logGamma, regularisedIncompleteBeta } from "./incomplete-beta.ts";
export { exactBinomialInterval, wilsonInterval, type ShareInterval } from "./binomial-interval.ts";
export { studentQuantile } from "./student-t.ts";
export { computeSquaredDistances, crossSquaredDistances } from "./squared-distances.ts";
export { computeLeadingComponents } from "./leading-components.ts";
export { adjustByBenjaminiHochberg, adjustByHolm } from "./adjust-p-values.ts";
export { computeGaussianKernel, createDiscrepancy, type Discrepancy } from "./maximum-mean-discrepancy.ts";
