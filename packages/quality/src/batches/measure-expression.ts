import { adjustByBenjaminiHochberg, RandomStream, regularisedIncompleteBeta, streamId } from "@osteon/numerics";
import type { Profiles } from "../profiles.ts";
import type { ExpressionBatchEffect } from "./batch-report.ts";
import type { ClinicalColumn } from "./clinical-columns.ts";
import { orthonormalise, removeProjection } from "./orthonormal-basis.ts";
import { permuteResiduals, sumOfSquares } from "./permute-residuals.ts";
import { round } from "./relabelling.ts";

/** Patients compared at most, drawn without regard to their batch: memory and time go with the square. */
const mostPatients = 400;
/** Patients beyond batches and clinical variables under which the rest has no variance to speak of. */
const fewestSpare = 5;
const falseDiscoveryRate = 0.05;

/**
 * Share of the expression's variance that batches explain: all of it, and of what the clinical variables leave, the
 * latter against patients shuffled among those residuals. Source: McArdle & Anderson 2001 (the share by traces of
 * the patients' cross-products); Freedman & Lane 1983 (shuffled residuals); Li et al. 2009 (principal components'
 * share by batch, PVCA).
 *
 * @param codes batch of each patient of the cohort, negative where there is none to compare
 * @param clinical taken out first
 * @returns null where fewer than two batches, or too few patients, have expression
 */
export function measureExpression(
  profiles: Profiles,
  codes: Int16Array,
  clinical: readonly ClinicalColumn[],
): ExpressionBatchEffect | null {
  const places = drawPlaces(profiles.rows, codes);
  const labels = places.map((place) => codes[profiles.rows[place]!]!);
  const batches = [...new Set(labels)].sort((a, b) => a - b);
  const n = places.length;
  const genes = scaleGenes(profiles, places);
  if (batches.length < 2 || genes.length < 2 || n < fewestSpare + batches.length + clinical.length) return null;
  const ones = orthonormalise([new Float64Array(n).fill(1)]);
  const indicators = batches.map((batch) => Float64Array.from(labels, (label) => Number(label === batch)));
  const total = sumOfSquares(genes);
  const share = explainedBy(orthonormalise(indicators, ones), genes) / total;
  const used = clinical
    .map(({ variable, values }) => ({ variable, column: fillUnknown(places.map((at) => values[profiles.rows[at]!]!)) }))
    .filter(({ column }) => column.some((value) => value !== column[0]));
  const columns = used.map(({ column }) => column);
  const known = [...ones, ...orthonormalise(columns, ones)];
  const beyond = orthonormalise(indicators, known);
  const described = {
    patients: n,
    genes: genes.length,
    share: round(share),
    adjustedFor: used.map(({ variable }) => variable),
  };
  if (beyond.length === 0) return { ...described, beyondClinical: null, components: [], genesAffected: 0 };
  for (const gene of genes) removeProjection(gene, known);
  return {
    ...described,
    ...permuteResiduals(genes, known, beyond),
    genesAffected: countAffected(genes, beyond, n - known.length),
  };
}

/** Places among the profiles of the patients with a batch to compare. */
function drawPlaces(rows: readonly number[], codes: Int16Array): readonly number[] {
  const places = [...rows.keys()].filter((place) => codes[rows[place]!]! >= 0);
  if (places.length <= mostPatients) return places;
  const order = new RandomStream(0, streamId("quality/batch-patients")).permutation(places.length);
  return [...order.subarray(0, mostPatients)].sort((a, b) => a - b).map((k) => places[k]!);
}

/** A column a gene, of mean 0 and one variance; genes that these patients do not vary in are left out. */
function scaleGenes({ genes, values }: Profiles, places: readonly number[]): Float64Array[] {
  return Array.from({ length: genes }, (_, k) => {
    const column = Float64Array.from(places, (place) => values[place * genes + k]!);
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    const length = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0));
    return column.map((value) => (length > 1e-9 ? (value - mean) / length : 0));
  }).filter((column) => column.some((value) => value !== 0));
}

/** An unknown value stands at the mean of the others, where it pulls nothing. */
function fillUnknown(values: readonly number[]): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  return Float64Array.from(values, (value) => (Number.isNaN(value) ? mean : value));
}

function explainedBy(basis: readonly Float64Array[], genes: readonly Float64Array[]): number {
  const rest = genes.map((gene) => Float64Array.from(gene));
  for (const gene of rest) removeProjection(gene, basis);
  return sumOfSquares(genes) - sumOfSquares(rest);
}

/** By the F test of each gene's residuals, as the share R² follows a beta distribution without an effect. */
function countAffected(residuals: readonly Float64Array[], beyond: readonly Float64Array[], freedom: number): number {
  const pValues = residuals.map((gene) => {
    const left = Float64Array.from(gene);
    removeProjection(left, beyond);
    const ofAll = sumOfSquares([gene]);
    if (!(ofAll > 1e-9)) return 1;
    return regularisedIncompleteBeta(sumOfSquares([left]) / ofAll, (freedom - beyond.length) / 2, beyond.length / 2);
  });
  return adjustByBenjaminiHochberg(pValues).filter((qValue) => qValue <= falseDiscoveryRate).length;
}
