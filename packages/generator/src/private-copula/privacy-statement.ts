import { epsilonOfGaussian } from "./analytic-gaussian.ts";
import { epsilonOfRho } from "./concentrated-privacy.ts";
import type { PrivacyPlan, ReleasePlan } from "./privacy-plan.ts";

/** One noisy release, as it was made. */
interface ReleaseStatement extends ReleasePlan {
  readonly what: string;
  /** Standard deviation of the noise over the sensitivity. */
  readonly noiseMultiplier: number;
}

/** In what sense a model is differentially private; JSON-serialisable, for the manifest and the model card. */
export interface PrivacyStatement {
  readonly adjacency: "replace one patient";
  readonly mechanism: string;
  /** What was asked for. */
  readonly epsilon: number;
  readonly delta: number;
  /** Of both releases together, in zero-concentrated differential privacy. */
  readonly rho: number;
  /** ε that ρ guarantees at `delta`; at most `epsilon`. */
  readonly guaranteedEpsilon: number;
  /** Exact ε of continuous noise of the same size: how much the bound through ρ gives away. */
  readonly continuousEpsilon: number;
  readonly releases: readonly ReleaseStatement[];
  readonly clipNorm: number;
  readonly patients: number;
  readonly variables: number;
  readonly patientsNeeded: number;
  /** The signal that the noise was measured against. */
  readonly expectedCorrelation: number;
  readonly correlationError: number;
  readonly cellNoise: number;
  /** What the promise does not cover. */
  readonly assumptions: readonly string[];
}

/** Describes what a fit by this plan promises. */
export function statePrivacy(plan: PrivacyPlan): PrivacyStatement {
  const rho = plan.cells.rho + plan.moment.rho;
  const state = (what: string, release: ReleasePlan): ReleaseStatement => ({
    what,
    ...release,
    noiseMultiplier: release.noiseDeviation / release.sensitivity,
  });
  return {
    adjacency: "replace one patient",
    mechanism: "discrete Gaussian noise (Canonne, Kamath & Steinke 2020), composed by zCDP (Bun & Steinke 2016)",
    epsilon: plan.epsilon,
    delta: plan.delta,
    rho,
    guaranteedEpsilon: epsilonOfRho(rho, plan.delta),
    continuousEpsilon: epsilonOfGaussian(1 / Math.sqrt(2 * rho), plan.delta),
    releases: [
      state("patients in each cell of each variable", plan.cells),
      state("second moment of the patients' latent scores", plan.moment),
    ],
    clipNorm: plan.clipNorm,
    patients: plan.patients,
    variables: plan.variables,
    patientsNeeded: plan.patientsNeeded,
    expectedCorrelation: plan.expectedCorrelation,
    correlationError: plan.correlationError,
    cellNoise: plan.cellNoise,
    assumptions: [
      "The number of patients, the genes, the unit and the variables are public and were not chosen by looking at these patients",
      "A patient's values do not depend on the other patients: scaling, ranks or batch corrections over these patients put each of them in every value",
      "No other model or figure of these patients is released; what is, adds its own rho",
      "How long the fit took is not observed",
    ],
  };
}
