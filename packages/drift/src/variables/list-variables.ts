import { COPY_NUMBER_UNKNOWN, hasPart, UNKNOWN, type Cohort, type CohortPart } from "@osteon/cohort";
import { driverCopyNumberGenes, driverMutationGenes, type GeneSet } from "@osteon/features";
import { createDistributionVariable } from "./distribution-variable.ts";
import type { DriftVariable } from "./drift-variable.ts";
import { listExpressionVariables } from "./expression-variables.ts";
import { listPathwayVariables } from "./pathway-variables.ts";
import { createSurvivalVariable } from "./survival-variable.ts";

/** Genes mutated in fewer pooled patients could not show a difference. */
const fewestMutated = 3;
const mostMutationGenes = 100;

/** A value of every pooled patient: those of the reference first. */
type Column = (read: (cohort: Cohort, row: number) => number) => Float64Array;

/** See `DriftOptions`. */
interface ListedOptions {
  readonly genes: number;
  readonly geneSets?: readonly GeneSet[];
  readonly areArrivals?: boolean;
}

/**
 * What two cohorts can be compared on: clinical variables, how complete they are, mutations, copy number of
 * the drivers, pathways, expression. Which genes is decided on the pooled patients, so that the choice knows no
 * side.
 */
export function listVariables(reference: Cohort, current: Cohort, options: ListedOptions): DriftVariable[] {
  const cohorts = [reference, current];
  const column = columnsOf(cohorts);
  return [
    ...listClinical(column, options.areArrivals ?? false),
    ...listCompleteness(cohorts),
    ...listMutations(cohorts, column),
    ...listCopyNumber(cohorts, column),
    ...listPathwayVariables(reference, current, options.geneSets ?? []),
    ...listExpressionVariables(reference, current, options.genes),
  ].filter((variable) => variable !== undefined);
}

function columnsOf(cohorts: readonly Cohort[]): Column {
  return (read) => Float64Array.from(cohorts.flatMap((cohort) => cohort.patientIds.map((_, row) => read(cohort, row))));
}

function listClinical(column: Column, areArrivals: boolean) {
  const times = column(({ clinical }, row) => (isFollowed(clinical, row) ? clinical.survivalTimeDays[row]! : NaN));
  const events = Int8Array.from(column(({ clinical }, row) => Math.max(0, clinical.event[row]!)));
  const code = (name: "metastasis" | "male") =>
    column(({ clinical }, row) => (clinical[name][row] === UNKNOWN ? NaN : clinical[name][row]!));
  return [
    createSurvivalVariable("survival", times, events),
    areArrivals
      ? undefined
      : createSurvivalVariable(
          "follow-up",
          times,
          events.map((event) => 1 - event),
        ),
    createDistributionVariable(
      "age",
      "clinical",
      column(({ clinical }, row) => clinical.ageYears[row]!),
    ),
    createDistributionVariable("metastasis", "clinical", code("metastasis")),
    createDistributionVariable("male", "clinical", code("male")),
    createDistributionVariable(
      "necrosis",
      "clinical",
      column(({ clinical }, row) => clinical.necrosisPercent[row]!),
    ),
  ];
}

function isFollowed({ survivalTimeDays, event }: Cohort["clinical"], row: number): boolean {
  return survivalTimeDays[row]! >= 0 && survivalTimeDays[row]! < Infinity && event[row] !== UNKNOWN;
}

/** Parts of a record that may be missing, and how it is said that they are there. */
export const completenessParts = [
  ["survival", "survival known"],
  ["age", "age known"],
  ["metastasis", "metastasis known"],
  ["mutations", "sequenced"],
  ["copyNumber", "with copy number"],
  ["expression", "with expression"],
] as const satisfies readonly (readonly [CohortPart, string])[];

/** Which parts of the record there are. */
export function listCompleteness(cohorts: readonly Cohort[]): DriftVariable[] {
  const column = columnsOf(cohorts);
  return [
    ...completenessParts.map(([part, name]) =>
      createDistributionVariable(
        name,
        "completeness",
        column((cohort, row) => (hasPart(cohort, part, row) ? 1 : 0)),
      ),
    ),
    createDistributionVariable(
      "sex known",
      "completeness",
      column(({ clinical }, row) => (clinical.male[row] === UNKNOWN ? 0 : 1)),
    ),
    createDistributionVariable(
      "necrosis known",
      "completeness",
      column(({ clinical }, row) => (Number.isNaN(clinical.necrosisPercent[row]!) ? 0 : 1)),
    ),
  ].filter((variable) => variable !== undefined);
}

/** A mutation table lists genes with a call: one that it does not list is not mutated where sequenced. */
function listMutations(cohorts: readonly Cohort[], column: Column) {
  const drivers = new Set(driverMutationGenes);
  const carriers = new Map<string, number>();
  for (const { mutations } of cohorts) {
    mutations.values.forEach((value, k) => {
      const gene = mutations.genes[k % mutations.genes.length]!;
      if (value === 1) carriers.set(gene, (carriers.get(gene) ?? 0) + 1);
    });
  }
  return [...carriers]
    .filter(([, count]) => count >= fewestMutated)
    .sort(([a, m], [b, n]) => Number(drivers.has(b)) - Number(drivers.has(a)) || n - m || (a < b ? -1 : 1))
    .slice(0, mostMutationGenes)
    .map(([gene]) => {
      const places = new Map(cohorts.map((cohort) => [cohort, cohort.mutations.genes.indexOf(gene)]));
      const values = column((cohort, row) => {
        const place = places.get(cohort)!;
        if (place < 0) return hasPart(cohort, "mutations", row) ? 0 : NaN;
        const value = cohort.mutations.values[row * cohort.mutations.genes.length + place]!;
        return value === UNKNOWN ? NaN : value;
      });
      return createDistributionVariable(`mutation of ${gene}`, "mutations", values);
    });
}

function listCopyNumber(cohorts: readonly Cohort[], column: Column) {
  return driverCopyNumberGenes.flatMap((gene) => {
    const places = new Map(cohorts.map((cohort) => [cohort, cohort.copyNumber.genes.indexOf(gene)]));
    if ([...places.values()].includes(-1)) return [];
    const values = column((cohort, row) => {
      const value = cohort.copyNumber.values[row * cohort.copyNumber.genes.length + places.get(cohort)!]!;
      return value === COPY_NUMBER_UNKNOWN ? NaN : value;
    });
    return [createDistributionVariable(`copy number of ${gene}`, "copy number", values)];
  });
}
