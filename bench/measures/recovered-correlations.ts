import { latentCorrelation, type Cohort, type DemonstrationTruth } from "@osteon/cohort";
import type { FactorCopulaFit } from "@osteon/generator";
import { multiplyMatrices, transposeMatrix } from "@osteon/numerics";

/** How well a group of correlations is recovered. */
export interface RecoveredCorrelations {
  readonly group: string;
  readonly pairs: number;
  /** Pairs whose true correlation is 0.2 or more, either way. */
  readonly strongPairs: number;
  readonly rootMeanSquareError: number;
  readonly largestError: number;
  /** Least-squares slope of the found on the true ones over the strong pairs: 1 where none fade or swell. */
  readonly slope: number;
}

const strong = 0.2;
/** Mutations rarer than this are seen in too few of 2,000 patients for their correlations to be known. */
const rarest = 0.05;

/** Errors over one group of pairs. */
class CorrelationGroup {
  readonly #name: string;
  #pairs = 0;
  #strongPairs = 0;
  #squares = 0;
  #largest = 0;
  #products = 0;
  #strongSquares = 0;

  constructor(name: string) {
    this.#name = name;
  }

  add(truth: number, found: number): void {
    this.#pairs++;
    this.#squares += (found - truth) ** 2;
    this.#largest = Math.max(this.#largest, Math.abs(found - truth));
    if (Math.abs(truth) < strong) return;
    this.#strongPairs++;
    this.#products += truth * found;
    this.#strongSquares += truth * truth;
  }

  summarise(): RecoveredCorrelations {
    return {
      group: this.#name,
      pairs: this.#pairs,
      strongPairs: this.#strongPairs,
      rootMeanSquareError: Math.sqrt(this.#squares / this.#pairs),
      largestError: this.#largest,
      slope: this.#products / this.#strongSquares,
    };
  }
}

/** Latent correlations that a fitted model states: among clinical variables and alterations, and with genes. */
export function compareModelCorrelations(
  { model }: FactorCopulaFit,
  truth: DemonstrationTruth,
): { readonly anchors: RecoveredCorrelations; readonly genes: RecoveredCorrelations } {
  const { marginals, correlation, expression } = model.parameters;
  const names = [
    ...marginals.clinical.map((variable) => `clinical:${variable === "male" ? "sex" : variable}`),
    ...marginals.mutationGenes.map((gene) => `mutation:${gene}`),
    ...marginals.copyNumberGenes.map((gene) => `copyNumber:${gene}`),
  ];
  const known = names.flatMap((name, position) => (isKnown(name, truth) ? [{ name, position }] : []));
  const size = names.length;
  const anchors = new CorrelationGroup("clinical, mutations, copy number: latent correlation of the model");
  for (const [k, a] of known.entries()) {
    for (const b of known.slice(0, k)) {
      anchors.add(latentCorrelation(truth, a.name, b.name), correlation[a.position * size + b.position]!);
    }
  }

  const padded = expression.noiseDeviations.length;
  const effects = Float64Array.from(expression.weights.subarray(0, size * padded));
  const implied = multiplyMatrices(correlation, effects, size, size, padded);
  const genes = new CorrelationGroup("the same with pathway genes: latent correlation of the model");
  for (const { gene, column } of pathwayColumns(expression.genes, truth)) {
    for (const { name, position } of known) {
      genes.add(latentCorrelation(truth, name, `expression:${gene}`), implied[position * padded + column]!);
    }
  }
  return { anchors: anchors.summarise(), genes: genes.summarise() };
}

/** Gene–gene correlations that patients show, over the pathway genes. Their latents differ by a straight line. */
export function compareGeneCorrelations(
  name: string,
  cohort: Cohort,
  truth: DemonstrationTruth,
): RecoveredCorrelations {
  const columns = pathwayColumns(cohort.expression.genes, truth);
  const found = correlateColumns(
    cohort,
    columns.map(({ column }) => column),
  );
  const group = new CorrelationGroup(name);
  for (const [k, a] of columns.entries()) {
    for (const [l, b] of columns.slice(0, k).entries()) {
      const expected = latentCorrelation(truth, `expression:${a.gene}`, `expression:${b.gene}`);
      group.add(expected, found[k * columns.length + l]!);
    }
  }
  return group.summarise();
}

function isKnown(name: string, truth: DemonstrationTruth): boolean {
  if (!truth.latentNames.includes(name)) return false;
  return !name.startsWith("mutation:") || truth.mutationFrequencies[name.slice("mutation:".length)]! >= rarest;
}

function pathwayColumns(genes: readonly string[], truth: DemonstrationTruth) {
  const wanted = new Set(Object.values(truth.pathways).flat());
  return genes.flatMap((gene, column) => (wanted.has(gene) ? [{ gene, column }] : []));
}

/** Correlations of some genes' expression, a value that is not known counting as the gene's mean. */
function correlateColumns({ patientIds, expression }: Cohort, columns: readonly number[]): Float64Array {
  const patients = patientIds.length;
  const rows = new Float64Array(columns.length * patients);
  columns.forEach((column, k) => {
    const row = rows.subarray(k * patients, (k + 1) * patients);
    for (let i = 0; i < patients; i++) row[i] = expression.values[i * expression.genes.length + column]!;
    const known = row.filter((value) => !Number.isNaN(value));
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    const norm = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0));
    row.forEach((value, i) => {
      row[i] = Number.isNaN(value) ? 0 : (value - mean) / norm;
    });
  });
  const size = columns.length;
  return multiplyMatrices(rows, transposeMatrix(rows, size, patients), size, patients, size);
}
