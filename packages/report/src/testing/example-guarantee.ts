import type { DifferentialPrivacy } from "../differential-privacy.ts";

/** A promise as a fit by the generator's plan states it; all made up. */
export const exampleGuarantee: DifferentialPrivacy = {
  adjacency: "replace one patient",
  mechanism: "discrete Gaussian noise, composed by zCDP",
  epsilon: 4,
  delta: 1e-6,
  rho: 0.31,
  guaranteedEpsilon: 3.99,
  continuousEpsilon: 3.7,
  releases: [
    { what: "patients in each cell", rho: 0.15, sensitivity: 11.7, noiseDeviation: 21, noiseMultiplier: 1.8 },
    { what: "second moment", rho: 0.16, sensitivity: 122, noiseDeviation: 219, noiseMultiplier: 1.8 },
  ],
  clipNorm: 9.3,
  patients: 2735,
  variables: 69,
  patientsNeeded: 774,
  expectedCorrelation: 0.2,
  correlationError: 0.06,
  cellNoise: 0.008,
  assumptions: ["The panel is public"],
  panel: { mutations: 20, copyNumber: 20, expression: 26 },
  covered: ["every number of the model"],
  notCovered: ["what stands in the run directory"],
};
