import { hasPart, type Cohort } from "@osteon/cohort";
import { RandomStream, streamId } from "@osteon/numerics";

/** Patients compared at most, drawn evenly: time goes with the square. */
const mostPatients = 400;
const mostGenes = 1_000;
const fewestKnown = 0.8;

/** One gene over the patients: expression and copy number, each of mean 0 and length 1; unknown values are 0. */
export interface DosageGene {
  readonly expression: Float64Array;
  readonly copyNumber: Float64Array;
  /** Correlation of the two. */
  readonly correlation: number;
}

/** The genes that both tables have and in which both vary, at most 1,000, evenly spaced in the table. */
export function listDosageGenes(cohort: Cohort): { readonly patients: number; readonly genes: readonly DosageGene[] } {
  const rows = choosePatients(cohort);
  const { expression, copyNumber } = cohort;
  const places = new Map(copyNumber.genes.map((gene, j) => [gene, j]));
  const shared = expression.genes.flatMap((gene, j) => (places.has(gene) ? [[j, places.get(gene)!] as const] : []));
  const step = Math.max(1, shared.length / mostGenes);
  const genes = Array.from({ length: Math.min(shared.length, mostGenes) }, (_, k) => shared[Math.floor(k * step)]!)
    .map(([j, k]) => ({
      expression: scale(rows.map((row) => expression.values[row * expression.genes.length + j]!)),
      copyNumber: scale(rows.map((row) => levelOf(copyNumber.values[row * copyNumber.genes.length + k]!))),
    }))
    .filter((gene) => gene.expression !== undefined && gene.copyNumber !== undefined)
    .map((gene) => ({ expression: gene.expression!, copyNumber: gene.copyNumber! }))
    .map((gene) => ({ ...gene, correlation: correlate(gene.expression, gene.copyNumber) }));
  return { patients: rows.length, genes };
}

function choosePatients(cohort: Cohort): readonly number[] {
  const rows = [...cohort.patientIds.keys()].filter(
    (row) => hasPart(cohort, "copyNumber", row) && hasPart(cohort, "expression", row),
  );
  if (rows.length <= mostPatients) return rows;
  const order = new RandomStream(0, streamId("quality/dosage")).permutation(rows.length);
  return [...order.subarray(0, mostPatients)].sort((a, b) => a - b).map((k) => rows[k]!);
}

function levelOf(level: number): number {
  return level < -2 ? NaN : level;
}

/** Undefined where too little is known or nothing varies. */
function scale(values: readonly number[]): Float64Array | undefined {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length < fewestKnown * values.length || known.length < 3) return undefined;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const length = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0));
  if (!(length > 1e-9)) return undefined;
  return Float64Array.from(values, (value) => (Number.isNaN(value) ? 0 : (value - mean) / length));
}

function correlate(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
