import { COPY_NUMBER_UNKNOWN, UNKNOWN } from "@osteon/cohort";
import { driverCopyNumberGenes, driverMutationGenes } from "@osteon/features";
import { regularisedIncompleteBeta } from "@osteon/numerics";
import type { EvaluationCohort } from "../input/evaluation-cohort.ts";
import { computed, missing, type Metric } from "./metric.ts";

/** Patients altered, of those measured. */
export interface AlterationCount {
  readonly altered: number;
  readonly measured: number;
}

const coverage = 0.95;

/**
 * Share of driver alterations (mutated, gained, lost) whose frequency in the candidate lies within the exact 95 %
 * binomial interval of the reference's. Real patients do not reach 0.95, as they have noise of their own.
 */
export const driverFrequenciesWithinInterval: Metric = {
  name: "driver_frequencies_within_interval",
  title: "drivers as frequent, within error",
  group: "biology",
  unit: "share",
  better: "higher",
  compute: ({ reference, candidate }) => {
    const real = countDrivers(reference.cohort);
    const other = countDrivers(candidate.cohort);
    let within = 0;
    let known = 0;
    real.forEach((count, k) => {
      const { altered, measured } = other[k]!;
      if (count.measured === 0 || measured === 0) return;
      known++;
      if (liesWithinInterval(altered / measured, count)) within++;
    });
    return known === 0 ? missing("no driver gene is measured in both") : computed(within / known);
  },
};

/**
 * Whether a frequency p lies within the exact binomial interval of a count: neither P(X ≥ k) nor P(X ≤ k) at p is
 * under 2.5 %. Source: Clopper and Pearson 1934, Biometrika 26:404.
 */
export function liesWithinInterval(frequency: number, { altered, measured }: AlterationCount): boolean {
  const tail = (1 - coverage) / 2;
  const asMany = altered === 0 ? 1 : regularisedIncompleteBeta(frequency, altered, measured - altered + 1);
  const asFew = altered === measured ? 1 : 1 - regularisedIncompleteBeta(frequency, altered + 1, measured - altered);
  return asMany >= tail && asFew >= tail;
}

function countDrivers({ mutations, copyNumber }: EvaluationCohort): readonly AlterationCount[] {
  const listed = new Set(driverCopyNumberGenes);
  return [
    ...countColumns(mutations, new Set(driverMutationGenes), UNKNOWN, (value) => value === 1),
    ...countColumns(copyNumber, listed, COPY_NUMBER_UNKNOWN, (value) => value >= 1),
    ...countColumns(copyNumber, listed, COPY_NUMBER_UNKNOWN, (value) => value <= -1),
  ];
}

function countColumns(
  { genes, values }: { readonly genes: readonly string[]; readonly values: Int8Array },
  drivers: ReadonlySet<string>,
  unknown: number,
  isAltered: (value: number) => boolean,
): readonly AlterationCount[] {
  return genes.flatMap((gene, j) => {
    if (!drivers.has(gene)) return [];
    const measured = values.filter((value, k) => k % genes.length === j && value !== unknown);
    return { altered: measured.filter(isAltered).length, measured: measured.length };
  });
}
