import { multiplyMatrices, transposeMatrix } from "@osteon/numerics";
import { describe, expect, it } from "vitest";
import { fitFactorCopula } from "../factor-copula/fit.ts";
import { plantCohort } from "../testing/planted-cohort.ts";
import { createLatentSpace } from "./latent-space.ts";

const { parameters } = fitFactorCopula(plantCohort({ patients: 120 }), { seed: 1 }).model;
const space = createLatentSpace(parameters);
const { genomic, clinical, turn, turnBack, law } = space;
const anchors = genomic + clinical;
const dimensions = genomic + space.factors;
const correlation = (a: number, b: number) => parameters.correlation[a * anchors + b]!;
const product = (a: Float64Array, b: Float64Array, rows: number, inner: number, columns: number) =>
  multiplyMatrices(a, b, rows, inner, columns);

describe("createLatentSpace", () => {
  it("turns forth and back", () => {
    const identity = product(turn, turnBack, genomic, genomic, genomic);
    identity.forEach((value, at) => expect(value).toBeCloseTo(at % (genomic + 1) === 0 ? 1 : 0, 10));
  });

  it("makes the coordinates of the genomic latents uncorrelated, of variance 1", () => {
    const covariance = product(turnBack, transposeMatrix(turnBack, genomic, genomic), genomic, genomic, genomic);
    covariance.forEach((value, at) => {
      const [a, b] = [Math.floor(at / genomic), at % genomic];
      expect(value).toBeCloseTo(correlation(clinical + a, clinical + b), 10);
    });
  });

  it("has a law that gives back the copula's dependence on the clinical variables", () => {
    const clinicalCovariance = Float64Array.from({ length: clinical * clinical }, (_, at) =>
      correlation(Math.floor(at / clinical), at % clinical),
    );
    const regression = Float64Array.from(
      { length: clinical * genomic },
      (_, at) => law.regression[Math.floor(at / genomic) * dimensions + (at % genomic)]!,
    );
    // Cov(clinical, genomic) = Σ_cc · regression · turnBackᵀ.
    const cross = product(
      product(clinicalCovariance, regression, clinical, clinical, genomic),
      transposeMatrix(turnBack, genomic, genomic),
      clinical,
      genomic,
      genomic,
    );
    cross.forEach((value, at) => {
      expect(value).toBeCloseTo(correlation(Math.floor(at / genomic), clinical + (at % genomic)), 5);
    });
    // Explained and remaining variance of each coordinate make 1, and explained parts do not overlap.
    const explained = product(
      transposeMatrix(regression, clinical, genomic),
      product(clinicalCovariance, regression, clinical, clinical, genomic),
      genomic,
      clinical,
      genomic,
    );
    explained.forEach((value, at) => {
      const [a, b] = [Math.floor(at / genomic), at % genomic];
      expect(value + (a === b ? law.variances[a]! : 0)).toBeCloseTo(a === b ? 1 : 0, 5);
    });
  });

  it("leaves the factors as they are: independent of the clinical variables under the copula", () => {
    for (let k = genomic; k < dimensions; k++) {
      expect(law.variances[k]).toBe(1);
      for (let c = 0; c < clinical; c++) expect(law.regression[c * dimensions + k]).toBe(0);
    }
  });
});
