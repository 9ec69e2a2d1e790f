import { mean, normalCdf } from "@osteon/numerics";
import type { FactorCopulaParameters } from "../factor-copula/parameters.ts";
import type { LatentDrawer } from "./latent-drawer.ts";

/** From coordinates back to raw latents of mean 0 and variance 1: turned, then shifted and scaled. */
export interface LatentCalibration {
  /** genomic × genomic, row-major. */
  readonly turnBack: Float64Array;
  /** Of the raw latents, genomic then factors. */
  readonly centres: Float64Array;
  readonly deviations: Float64Array;
}

/** The calibration of a network that draws the copula's own law. */
export function trivialCalibration(turnBack: Float64Array, dimensions: number): LatentCalibration {
  return { turnBack, centres: new Float64Array(dimensions), deviations: new Float64Array(dimensions).fill(1) };
}

/** Writes one patient's calibrated genomic latents and factors. */
export function applyCalibration(
  { turnBack, centres, deviations }: LatentCalibration,
  coordinates: Float32Array,
  genomic: Float64Array,
  factors: Float64Array,
): void {
  const size = genomic.length;
  for (let k = 0; k < size; k++) {
    let value = 0;
    for (let l = 0; l < size; l++) value += turnBack[k * size + l]! * coordinates[l]!;
    genomic[k] = (value - centres[k]!) / deviations[k]!;
  }
  for (let k = 0; k < factors.length; k++) {
    factors[k] = (coordinates[size + k]! - centres[size + k]!) / deviations[size + k]!;
  }
}

const calibrationPatients = 8192;
/** A cut with fewer calibration patients beyond it stays where it was. */
const fewestBeyond = 20;

/**
 * Draws patients without conditions and finds what brings their latents back to what the decoder takes for granted:
 * mean 0, variance 1, and each mutation and copy-number code as frequent as in the marginals. A network learns the
 * dependence; of a single variable the marginals know more.
 */
export async function calibrateLatents(
  copula: FactorCopulaParameters,
  drawer: LatentDrawer,
  turnBack: Float64Array,
  seed: number,
): Promise<{ readonly copula: FactorCopulaParameters; readonly calibration: LatentCalibration }> {
  const { marginals, expression } = copula;
  const genomic = Math.sqrt(turnBack.length);
  const dimensions = genomic + expression.rank;
  const { coordinates } = await drawer.draw({ conditions: {}, seed, firstIndex: 0, count: calibrationPatients });
  const raw = Array.from({ length: dimensions }, () => new Float64Array(calibrationPatients));
  const anchors = new Float64Array(genomic);
  const factors = new Float64Array(expression.rank);
  const trivial = trivialCalibration(turnBack, dimensions);
  for (let i = 0; i < calibrationPatients; i++) {
    applyCalibration(trivial, coordinates.subarray(i * dimensions, (i + 1) * dimensions), anchors, factors);
    anchors.forEach((value, k) => (raw[k]![i] = value));
    factors.forEach((value, k) => (raw[genomic + k]![i] = value));
  }
  const centres = Float64Array.from(raw, (values) => mean(values));
  const deviations = Float64Array.from(raw, (values, k) =>
    Math.sqrt(mean(values.map((value) => (value - centres[k]!) ** 2))),
  );
  const recut = (cuts: readonly number[], k: number) => {
    const sorted = raw[k]!.map((value) => (value - centres[k]!) / deviations[k]!).sort();
    return cuts.map((cut) => quantileNear(sorted, cut));
  };
  const mutations = marginals.mutationCuts.length;
  return {
    calibration: { turnBack, centres, deviations },
    copula: {
      ...copula,
      marginals: {
        ...marginals,
        mutationCuts: marginals.mutationCuts.map(recut),
        copyNumberCuts: marginals.copyNumberCuts.map((cuts, k) => recut(cuts, mutations + k)),
      },
    },
  };
}

/** The value with as large a share of `sorted` below it as a standard normal has below `cut`. */
function quantileNear(sorted: Float64Array, cut: number): number {
  const rank = normalCdf(cut) * sorted.length;
  if (Math.min(rank, sorted.length - rank) < fewestBeyond) return cut;
  const below = Math.floor(rank);
  return (sorted[below - 1]! + sorted[below]!) / 2;
}
