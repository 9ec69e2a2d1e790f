import {
  choleskyFactor,
  decomposeSymmetric,
  identityMatrix,
  multiplyMatrices,
  solveLowerColumns,
  transposeMatrix,
} from "@osteon/numerics";
import { conditionGaussian } from "../factor-copula/gaussian-conditional.ts";
import { anchorCount } from "../factor-copula/latent-bounds.ts";
import type { FactorCopulaParameters } from "../factor-copula/parameters.ts";
import type { LinearLaw } from "./latent-training-set.ts";

/**
 * The coordinates in which neural families learn. A patient's raw latents are those of the genomic anchors, then the
 * factors of expression; the coordinates turn the genomic ones so that under the fitted copula they are independent
 * of each other, both overall and given the clinical variables (the canonical correlation basis; Hotelling 1936).
 */
export interface LatentSpace {
  readonly clinical: number;
  readonly genomic: number;
  readonly factors: number;
  /** Coordinates = this · genomic latents, genomic × genomic, row-major. */
  readonly turn: Float64Array;
  /** Its inverse. */
  readonly turnBack: Float64Array;
  readonly law: LinearLaw;
}

/** No coordinate is taken as known better than this given the conditions. */
const smallestVariance = 1e-3;

/** The coordinates of a fitted factor copula. */
export function createLatentSpace({ marginals, correlation, expression }: FactorCopulaParameters): LatentSpace {
  const anchors = anchorCount(marginals);
  const clinical = marginals.clinical.length;
  const genomic = anchors - clinical;
  const { rank: factors } = expression;
  const clinicalAnchors = marginals.clinical.map((_, k) => k);
  const genomicAnchors = Array.from({ length: genomic }, (_, k) => clinical + k);

  const overall = choleskyFactor(
    Float64Array.from(genomicAnchors.flatMap((a) => genomicAnchors.map((b) => correlation[a * anchors + b]!))),
    genomic,
  );
  if (!overall) throw new RangeError("the anchor correlation is not positive definite");
  const { regression, factor } = conditionGaussian(correlation, anchors, genomicAnchors, clinicalAnchors);
  const whitened = solveLowerColumns(overall, genomic, factor);
  const remaining = multiplyMatrices(whitened, transposeMatrix(whitened, genomic, genomic), genomic, genomic, genomic);
  const { values, vectors } = decomposeSymmetric(remaining, genomic);

  const turn = multiplyMatrices(
    vectors,
    solveLowerColumns(overall, genomic, identityMatrix(genomic)),
    genomic,
    genomic,
    genomic,
  );
  const turnBack = multiplyMatrices(overall, transposeMatrix(vectors, genomic, genomic), genomic, genomic, genomic);
  const means = multiplyMatrices(turn, regression, genomic, genomic, clinical);
  const dimensions = genomic + factors;
  const law = {
    regression: new Float32Array(clinical * dimensions),
    variances: new Float32Array(dimensions).fill(1),
  };
  for (let k = 0; k < genomic; k++) {
    law.variances[k] = Math.min(1, Math.max(smallestVariance, values[k]!));
    for (let c = 0; c < clinical; c++) law.regression[c * dimensions + k] = means[k * clinical + c]!;
  }
  return { clinical, genomic, factors, turn, turnBack, law };
}
