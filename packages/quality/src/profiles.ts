import { hasPart, type Cohort } from "@osteon/cohort";
import { multiplyMatrices, transposeMatrix } from "@osteon/numerics";

/** Expression of the patients who have it, on the genes chosen for comparing patients. */
export interface Profiles {
  readonly patients: number;
  /** Their rows in the cohort. */
  readonly rows: readonly number[];
  readonly genes: number;
  /** Patients × genes, row-major; a missing value is its gene's mean. */
  readonly values: Float64Array;
  /** Mean of each gene. */
  readonly means: Float64Array;
}

const mostGenes = 1000;
/** Products of all pairs of patients over all genes stay under this, by taking fewer genes. */
const mostProducts = 4e9;
const fewestGenes = 50;

/** The genes that vary most, at most 1,000, known in at least 80 % of the patients. */
export function chooseProfiles(cohort: Cohort): Profiles {
  const { genes, values } = cohort.expression;
  const width = genes.length;
  const rows = [...cohort.patientIds.keys()].filter((row) => hasPart(cohort, "expression", row));
  const known = new Uint32Array(width);
  const sums = new Float64Array(width);
  const squares = new Float64Array(width);
  for (const row of rows) {
    for (let j = 0; j < width; j++) {
      const value = values[row * width + j]!;
      if (!Number.isFinite(value)) continue;
      known[j]!++;
      sums[j]! += value;
      squares[j]! += value * value;
    }
  }
  const variance = sums.map((sum, j) => (known[j]! > 0 ? squares[j]! / known[j]! - (sum / known[j]!) ** 2 : 0));
  const affordable = Math.floor(mostProducts / Math.max(1, rows.length * rows.length));
  const wanted = Math.min(mostGenes, Math.max(fewestGenes, affordable));
  const chosen = [...variance.keys()]
    .filter((j) => known[j]! >= 0.8 * rows.length && variance[j]! > 1e-9)
    .sort((a, b) => variance[b]! - variance[a]! || a - b)
    .slice(0, wanted);
  const means = Float64Array.from(chosen, (j) => sums[j]! / known[j]!);
  const picked = new Float64Array(rows.length * chosen.length);
  rows.forEach((row, i) =>
    chosen.forEach((j, k) => {
      const value = values[row * width + j]!;
      picked[i * chosen.length + k] = Number.isFinite(value) ? value : means[k]!;
    }),
  );
  return { patients: rows.length, rows, genes: chosen.length, values: picked, means };
}

/**
 * Correlations across genes between patients, handed over a block of rows at a time so that memory
 * stays linear in patients: `visit(first, block)` gets rows first … of the matrix, row-major, with one
 * column for each of `against`. A patient whose profile does not vary correlates 0 with everybody.
 *
 * @param centred whether each gene's mean is taken off first
 */
export function visitCorrelations(
  profiles: Profiles,
  centred: boolean,
  against: readonly number[],
  visit: (firstPatient: number, block: Float64Array) => void,
): void {
  const { patients, genes } = profiles;
  const unit = toUnitVectors(profiles, centred);
  const right = new Float64Array(against.length * genes);
  against.forEach((row, i) => right.set(unit.subarray(row * genes, (row + 1) * genes), i * genes));
  const transposed = transposeMatrix(right, against.length, genes);
  const blockRows = 256;
  for (let first = 0; first < patients; first += blockRows) {
    const rows = Math.min(blockRows, patients - first);
    const left = unit.subarray(first * genes, (first + rows) * genes);
    visit(first, multiplyMatrices(left, transposed, rows, genes, against.length));
  }
}

function toUnitVectors({ patients, genes, values, means }: Profiles, centred: boolean): Float64Array {
  const unit = Float64Array.from(values);
  for (let i = 0; i < patients; i++) {
    const row = unit.subarray(i * genes, (i + 1) * genes);
    if (centred) for (let k = 0; k < genes; k++) row[k]! -= means[k]!;
    const mean = row.reduce((a, b) => a + b, 0) / genes;
    let length = 0;
    for (let k = 0; k < genes; k++) {
      row[k]! -= mean;
      length += row[k]! ** 2;
    }
    const scale = length > 1e-12 ? 1 / Math.sqrt(length) : 0;
    for (let k = 0; k < genes; k++) row[k]! *= scale;
  }
  return unit;
}
