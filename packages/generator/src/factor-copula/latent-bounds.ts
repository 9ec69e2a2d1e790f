import { COPY_NUMBER_UNKNOWN, UNKNOWN, type Cohort } from "@osteon/cohort";
import type { ClinicalVariable, Marginals } from "./marginals.ts";
import { quantileTableLatent } from "./quantile-table.ts";
import { latentOfTime } from "./survival-latent.ts";
import { latentInterval } from "./thresholds.ts";

/**
 * What is known of the latent normals of the anchors (clinical, mutations, copy number), patients in
 * rows, row-major: a point where `lower` equals `upper`, an interval for codes and censored times,
 * the whole line where unknown.
 */
export interface LatentBounds {
  readonly patients: number;
  readonly anchors: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

const wholeLine = [-Infinity, Infinity] as const;
type Interval = readonly [number, number];

/** Number of anchors of a model: clinical variables, then mutations, then copy number. */
export function anchorCount(marginals: Marginals): number {
  return marginals.clinical.length + marginals.mutationGenes.length + marginals.copyNumberGenes.length;
}

/**
 * The latent bounds of every patient under fitted marginals.
 *
 * @param clinical the clinical anchors, if not those of the marginals: one that they lack is unknown of everybody
 */
export function latentBoundsOf(cohort: Cohort, marginals: Marginals, clinical = marginals.clinical): LatentBounds {
  const patients = cohort.patientIds.length;
  const anchors = anchorCount({ ...marginals, clinical });
  const lower = new Float64Array(patients * anchors);
  const upper = new Float64Array(patients * anchors);
  const mutationCount = marginals.mutationGenes.length;
  const copyNumberCount = marginals.copyNumberGenes.length;
  for (let i = 0; i < patients; i++) {
    let at = i * anchors;
    const put = ([from, to]: Interval) => {
      lower[at] = from;
      upper[at++] = to;
    };
    for (const variable of clinical) {
      put(marginals.clinical.includes(variable) ? clinicalInterval(cohort, marginals, variable, i) : wholeLine);
    }
    for (let j = 0; j < mutationCount; j++) {
      const code = cohort.mutations.values[i * mutationCount + j]!;
      put(code === UNKNOWN ? wholeLine : latentInterval(marginals.mutationCuts[j]!, code));
    }
    for (let j = 0; j < copyNumberCount; j++) {
      const code = cohort.copyNumber.values[i * copyNumberCount + j]!;
      put(code === COPY_NUMBER_UNKNOWN ? wholeLine : latentInterval(marginals.copyNumberCuts[j]!, code + 2));
    }
  }
  return { patients, anchors, lower, upper };
}

function clinicalInterval(cohort: Cohort, marginals: Marginals, variable: ClinicalVariable, i: number): Interval {
  const { clinical } = cohort;
  switch (variable) {
    case "survival": {
      if (clinical.event[i] === UNKNOWN) return wholeLine;
      const timeDays = clinical.survivalTimeDays[i]!;
      // Dead on day 0 is dead within the first day: a point, where day 0 itself is minus infinity.
      if (clinical.event[i] === 1) return point(latentOfTime(marginals.deathHazard, Math.max(timeDays, 0.5)));
      return [latentOfTime(marginals.deathHazard, timeDays), Infinity];
    }
    case "age":
      return continuousInterval(marginals, marginals.ageTable, clinical.ageYears[i]!);
    case "necrosis":
      return continuousInterval(marginals, marginals.necrosisTable, clinical.necrosisPercent[i]!);
    case "metastasis":
      return codeInterval(marginals.metastasisCuts, clinical.metastasis[i]!);
    case "male":
      return codeInterval(marginals.maleCuts, clinical.male[i]!);
  }
}

function continuousInterval(marginals: Marginals, table: readonly number[], value: number): Interval {
  return Number.isNaN(value) ? wholeLine : point(quantileTableLatent(table, 0, marginals.grid, value));
}

function codeInterval(cuts: readonly number[], code: number): Interval {
  return code === UNKNOWN ? wholeLine : latentInterval(cuts, code);
}

function point(latent: number): Interval {
  return [latent, latent];
}
