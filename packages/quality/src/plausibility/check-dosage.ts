import type { Cohort } from "@osteon/cohort";
import { multiplyMatrices, RandomStream, streamId, transposeMatrix } from "@osteon/numerics";
import type { Finding } from "../quality-report.ts";
import { robustScores } from "../robust-score.ts";
import { checkDeletedGenes } from "./check-deleted-genes.ts";
import { listDosageGenes, type DosageGene } from "./dosage-profiles.ts";

const fewestGenes = 100;
const fewestPatients = 20;
const permutations = 199;
const level = 0.05;
/** Genes whose expression follows their copy number so well tell patients apart. */
const telling = 0.2;
const fewestTelling = 50;
/** A patient's own copy number among the worst tenth for their expression. */
const worst = 0.9;
/** Tumours with little tumour in them match badly as well; so many are nothing to be alarmed about. */
const usualShare = 0.05;
/** By how much, in robust scores, two patients' crosswise matches have to be better than both of their own. */
const clearlyBetter = 1;

/**
 * Do copy number and expression come from the same tumours? A gene with more copies is expressed more, so a patient's
 * expression fits their own copy number better than another's, unless samples were swapped or whole tables are out
 * of step. Source: Yi et al. 2021 (COSMO, Patterns 2:100245), Jiang et al. 2020 (DRAMS, PLoS Comput Biol 16:e1007522).
 */
export function checkDosage(cohort: Cohort): Finding[] {
  const { patients, genes } = listDosageGenes(cohort);
  if (genes.length < fewestGenes || patients < fewestPatients) return checkDeletedGenes(cohort);
  if (permuteDosage(genes, patients) > level) {
    return [
      {
        level: "warning",
        code: "dosage-absent",
        message:
          `copy number: expression does not follow it in ${genes.length} genes of ${patients} patients, as it does in every ` +
          "tumour. Check that both tables hold the same patients under the same ids",
      },
    ];
  }
  return [
    ...judgeMatches(
      genes.filter(({ correlation }) => correlation >= telling),
      patients,
    ),
    ...checkDeletedGenes(cohort),
  ];
}

/** P-value of the mean correlation of copy number and expression, against shuffled patients. */
function permuteDosage(genes: readonly DosageGene[], patients: number): number {
  const observed = genes.reduce((sum, { correlation }) => sum + correlation, 0);
  let reached = 0;
  for (let k = 0; k < permutations; k++) {
    const order = new RandomStream(0, streamId("quality/dosage"), k).permutation(patients);
    let sum = 0;
    for (const { expression, copyNumber } of genes) {
      for (let i = 0; i < patients; i++) sum += expression[i]! * copyNumber[order[i]!]!;
    }
    if (sum >= observed) reached++;
  }
  return (1 + reached) / (1 + permutations);
}

function judgeMatches(genes: readonly DosageGene[], patients: number): Finding[] {
  if (genes.length < fewestTelling) return [];
  const scores = scoreMatches(genes, patients);
  const crossed = scores.flatMap((_, a) => (scores.some((__, b) => isCrossed(scores, a, b)) ? [a] : [])).length;
  const fitsWorse = scores.filter(
    (row, i) => row.filter((score) => score > row[i]!).length >= worst * (patients - 1),
  ).length;
  const findings: Finding[] = [];
  if (crossed > 0) {
    findings.push({
      level: "warning",
      code: "swapped-tumours",
      message:
        `copy number: ${crossed} of ${patients} patients have the copy number that fits the expression of another, whose copy ` +
        "number fits theirs. Their samples were probably swapped in one of the tables: follow them back",
    });
  }
  if (fitsWorse > 0) {
    findings.push({
      level: fitsWorse > usualShare * patients ? "warning" : "info",
      code: "foreign-copy-number",
      message:
        `copy number: in ${fitsWorse} of ${patients} patients the copy number of nine in ten others fits the expression better ` +
        "than their own. Check these samples for tumour content, and for having been swapped",
    });
  }
  return findings;
}

/** Whether the expression of each of two patients clearly fits the other's copy number better than either fits their own. */
function isCrossed(scores: readonly Float64Array[], a: number, b: number): boolean {
  const own = Math.max(scores[a]![a]!, scores[b]![b]!);
  return a !== b && Math.min(scores[a]![b]!, scores[b]![a]!) > own + clearlyBetter;
}

/** Of each patient's expression with every patient's copy number: correlation over genes, as a robust score. */
function scoreMatches(genes: readonly DosageGene[], patients: number): Float64Array[] {
  const stack = (table: "expression" | "copyNumber") => {
    const rows = new Float64Array(genes.length * patients);
    genes.forEach((gene, k) => rows.set(gene[table], k * patients));
    return unitColumns(rows, genes.length, patients);
  };
  const byPatient = transposeMatrix(stack("expression"), genes.length, patients);
  const products = multiplyMatrices(byPatient, stack("copyNumber"), patients, genes.length, patients);
  return Array.from({ length: patients }, (_, i) => robustScores(products.subarray(i * patients, (i + 1) * patients)));
}

function unitColumns(values: Float64Array, rows: number, columns: number): Float64Array {
  const squares = new Float64Array(columns);
  for (let k = 0; k < rows * columns; k++) squares[k % columns]! += values[k]! ** 2;
  return values.map((value, k) => (squares[k % columns]! > 0 ? value / Math.sqrt(squares[k % columns]!) : 0));
}
