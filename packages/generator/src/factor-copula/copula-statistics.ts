import { multiplyMatrices, transposeMatrix } from "@osteon/numerics";
import { sketchRows, type Sketch } from "./sketch.ts";

/**
 * All that fitting needs of the patients once the marginals and the anchors' correlation are fixed.
 * Every array is a sum over patients: hospitals may add theirs, and subtracting one patient's gives
 * exactly the statistics of the cohort without that patient.
 *
 * It is close to the data themselves while patients are fewer than the sketch is wide: patient-level
 * data, to be kept as such, and no part of a model.
 */
export interface CopulaStatistics {
  readonly patients: number;
  readonly anchors: number;
  readonly sketch: Sketch;
  /** Patients measured, by gene. */
  readonly measured: Float64Array;
  /** Σ expected-anchor × expected-anchorᵀ, anchors × anchors. */
  readonly anchorMoment: Float64Array;
  /** Σ h zᵀ with h = (expected anchors, Ωᵀ z) and z the genes' latents: (anchors + width) × genes, row-major. */
  readonly crossMoment: Float64Array;
}

/** Patients whose data enter, by what was computed of them. */
export interface PatientLatents {
  /** Expected latents of the anchors, patients × anchors. */
  readonly anchorLatents: Float64Array;
  readonly anchors: number;
  /** Latents of the genes, patients × genes, NaN where not measured. */
  readonly geneLatents: Float32Array;
  readonly genes: number;
}

const blockGenes = 512;

/** Sums over the patients in `rows`. Cost: patients × genes × (anchors + 2 × width). */
export function computeStatistics(
  { anchorLatents, anchors, geneLatents, genes }: PatientLatents,
  rows: ArrayLike<number>,
  sketch: Sketch,
): CopulaStatistics {
  const patients = rows.length;
  const { width } = sketch;
  const height = anchors + width;
  const measured = new Float64Array(genes);

  const blockOf = (from: number, to: number, count: boolean) => {
    const block = new Float64Array(patients * (to - from));
    for (let i = 0; i < patients; i++) {
      const row = rows[i]! * genes;
      for (let j = from; j < to; j++) {
        const value = geneLatents[row + j]!;
        if (Number.isNaN(value)) continue;
        block[i * (to - from) + j - from] = value;
        if (count) measured[j]!++;
      }
    }
    return block;
  };

  // First pass: each patient's sketch Ωᵀ z, beside the anchors.
  const features = new Float64Array(patients * height);
  for (let i = 0; i < patients; i++) {
    features.set(anchorLatents.subarray(rows[i]! * anchors, (rows[i]! + 1) * anchors), i * height);
  }
  for (let from = 0; from < genes; from += blockGenes) {
    const to = Math.min(from + blockGenes, genes);
    const part = multiplyMatrices(blockOf(from, to, true), sketchRows(sketch, from, to), patients, to - from, width);
    for (let i = 0; i < patients; i++) {
      for (let l = 0; l < width; l++) features[i * height + anchors + l]! += part[i * width + l]!;
    }
  }

  // Second pass: their products with the genes.
  const transposed = transposeMatrix(features, patients, height);
  const crossMoment = new Float64Array(height * genes);
  for (let from = 0; from < genes; from += blockGenes) {
    const to = Math.min(from + blockGenes, genes);
    const part = multiplyMatrices(transposed, blockOf(from, to, false), height, patients, to - from);
    for (let h = 0; h < height; h++) {
      crossMoment.set(part.subarray(h * (to - from), (h + 1) * (to - from)), h * genes + from);
    }
  }

  const anchorRows = features.filter((_, k) => k % height < anchors);
  return {
    patients,
    anchors,
    sketch,
    measured,
    anchorMoment: multiplyMatrices(transposed.slice(0, anchors * patients), anchorRows, anchors, patients, anchors),
    crossMoment,
  };
}

/** Statistics of two disjoint groups of patients together. */
export function addStatistics(a: CopulaStatistics, b: CopulaStatistics): CopulaStatistics {
  return combine(a, b, 1);
}

/** Statistics of the patients of `all` who are not in `part`. */
export function subtractStatistics(all: CopulaStatistics, part: CopulaStatistics): CopulaStatistics {
  return combine(all, part, -1);
}

function combine(a: CopulaStatistics, b: CopulaStatistics, sign: 1 | -1): CopulaStatistics {
  const sum = (x: Float64Array, y: Float64Array) => x.map((value, k) => value + sign * y[k]!);
  return {
    patients: a.patients + sign * b.patients,
    anchors: a.anchors,
    sketch: a.sketch,
    measured: sum(a.measured, b.measured),
    anchorMoment: sum(a.anchorMoment, b.anchorMoment),
    crossMoment: sum(a.crossMoment, b.crossMoment),
  };
}
