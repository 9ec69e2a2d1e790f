import { COPY_NUMBER_UNKNOWN, UNKNOWN, type Cohort } from "@osteon/cohort";
import { fitPiecewiseExponential, type PiecewiseExponential } from "@osteon/survival";
import { latentGridFor, QuantileTableFitter, tableWidth, type LatentGrid } from "./quantile-table.ts";
import { fitThresholds } from "./thresholds.ts";

/** Clinical variables of the copula beside survival, each present if enough patients have it. */
const clinicalVariables = ["survival", "age", "metastasis", "male", "necrosis"] as const;
export type ClinicalVariable = (typeof clinicalVariables)[number];

/**
 * The distribution of each variable alone, without any dependence. What is fitted afterwards is
 * additive over patients given these.
 */
export interface Marginals {
  /** In the order of {@link clinicalVariables}; survival, age and metastasis are always there. */
  readonly clinical: readonly ClinicalVariable[];
  readonly deathHazard: PiecewiseExponential;
  /** Hazard of the end of follow-up, taken as independent of death. */
  readonly censoringHazard: PiecewiseExponential;
  readonly grid: LatentGrid;
  /** Quantile tables of age in years and of necrosis in percent; absent where the variable is. */
  readonly ageTable: readonly number[];
  readonly necrosisTable: readonly number[];
  readonly metastasisCuts: readonly number[];
  readonly maleCuts: readonly number[];
  readonly mutationGenes: readonly string[];
  /** One cut a gene. */
  readonly mutationCuts: readonly (readonly number[])[];
  readonly copyNumberGenes: readonly string[];
  /** Four cuts a gene: codes −2, −1, 0, 1, 2. */
  readonly copyNumberCuts: readonly (readonly number[])[];
}

/** Fewer known values than this, and an optional clinical variable is left out. */
const minimumKnown = 10;

/** Weight of the priors below, in patients: enough that no probability is 0, too little to move a frequency. */
export const priorStrength = 0.5;

/** Expected frequencies of the codes, of other patients. */
export const codePriors = {
  // Marinoff et al. 2020: 37 % metastatic at diagnosis in a referral panel, 20 to 25 % in population series.
  metastasis: [0.75, 0.25],
  male: [0.44, 0.56],
  // Most genes of a paediatric tumour are mutated in about 2 % of patients.
  mutation: [0.98, 0.02],
  // Osteosarcoma genomes are among the most rearranged; the prior of a gene's copy number is the average
  // over genes of TARGET-like cohorts, rounded.
  copyNumber: [0.02, 0.16, 0.6, 0.18, 0.04],
} as const;

/** Fits every clinical, mutation and copy-number marginal of a cohort of n patients. */
export function fitMarginals(cohort: Cohort): Marginals {
  const { clinical, mutations, copyNumber } = cohort;
  const patients = cohort.patientIds.length;
  const grid = latentGridFor(patients);
  const fitter = new QuantileTableFitter(grid);
  const known = (values: Float64Array) => values.filter((value) => !Number.isNaN(value)).sort();
  const age = known(clinical.ageYears);
  const necrosis = known(clinical.necrosisPercent);
  const male = countCodes(clinical.male, 1, 0, UNKNOWN, 0, 2);
  const present: ClinicalVariable[] = ["survival", "age", "metastasis"];
  if (male[0]! + male[1]! >= minimumKnown) present.push("male");
  if (necrosis.length >= minimumKnown) present.push("necrosis");

  const followed = Array.from({ length: patients }, (_, i) => i).filter((i) => clinical.event[i] !== UNKNOWN);
  const timesDays = Float64Array.from(followed, (i) => clinical.survivalTimeDays[i]!);
  const died = Int8Array.from(followed, (i) => clinical.event[i]!);

  return {
    clinical: present,
    deathHazard: fitPiecewiseExponential(timesDays, died),
    censoringHazard: fitPiecewiseExponential(
      timesDays,
      died.map((event) => 1 - event),
    ),
    grid,
    ageTable: fitTable(fitter, age),
    necrosisTable: present.includes("necrosis") ? fitTable(fitter, necrosis) : [],
    metastasisCuts: fitThresholds(
      countCodes(clinical.metastasis, 1, 0, UNKNOWN, 0, 2),
      codePriors.metastasis,
      priorStrength,
    ),
    maleCuts: fitThresholds(male, codePriors.male, priorStrength),
    mutationGenes: mutations.genes,
    mutationCuts: mutations.genes.map((_, j) =>
      fitThresholds(
        countCodes(mutations.values, mutations.genes.length, j, UNKNOWN, 0, 2),
        codePriors.mutation,
        priorStrength,
      ),
    ),
    copyNumberGenes: copyNumber.genes,
    copyNumberCuts: copyNumber.genes.map((_, j) =>
      fitThresholds(
        countCodes(copyNumber.values, copyNumber.genes.length, j, COPY_NUMBER_UNKNOWN, -2, 5),
        codePriors.copyNumber,
        priorStrength,
      ),
    ),
  };
}

function fitTable(fitter: QuantileTableFitter, sorted: Float64Array): number[] {
  const table = new Float64Array(tableWidth(fitter.grid));
  // Neither years nor percents are below 0.
  fitter.fit(sorted, table, 0);
  return [...table];
}

/** How often each code lowest … lowest + categories − 1 stands in one column of a row-major table. */
function countCodes(
  values: Int8Array,
  columns: number,
  column: number,
  unknown: number,
  lowest: number,
  categories: number,
): number[] {
  const counts = Array.from({ length: categories }, () => 0);
  for (let at = column; at < values.length; at += columns) {
    const code = values[at]!;
    if (code !== unknown) counts[code - lowest]!++;
  }
  return counts;
}
