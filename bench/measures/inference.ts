import { latentCorrelation, simulateDemonstrationCohort, type Cohort } from "@osteon/cohort";
import {
  combineEstimates,
  estimateEffectiveSampleSize,
  listStandardEstimands,
  selectAskedColumns,
  type AnalystEstimate,
  type CombiningRule,
  type EffectiveSampleSize,
  type Estimand,
  type EstimandGroup,
} from "@osteon/evaluation";
import { fitFactorCopula } from "@osteon/generator";

export interface InferenceSettings {
  /** Training cohorts that the simulation repeats over. */
  readonly cohorts: number;
  /** Patients of each. */
  readonly patients: number;
  readonly syntheticPatients: number;
  readonly replicates: number;
  /** Bootstrap refits behind each cohort's effective sample size. */
  readonly refits: number;
  readonly onCohort?: (done: number) => void;
}

/** How an analyst gets an interval. */
export type Analysis = "training patients" | "one file as real" | "posterior rule" | "n of training" | "effective n";

export const analyses: readonly Analysis[] = [
  "training patients",
  "one file as real",
  "posterior rule",
  "n of training",
  "effective n",
];

/** Intervals of one kind of question by one analysis, all of a nominal 95 %. */
export interface IntervalScore {
  readonly group: EstimandGroup | "true nulls";
  readonly analysis: Analysis;
  readonly intervals: number;
  /** Share that holds the population's value; of true nulls, 1 less the type-1 error. */
  readonly coverage: number;
}

export interface InferenceMeasurement {
  readonly scores: readonly IntervalScore[];
  /** As stated for each cohort. */
  readonly worths: readonly EffectiveSampleSize[];
}

/** Patients that stand for the population. Their own error is a twentieth of a training cohort's. */
const populationPatients = 40_000;
const genes = 20;

/** Fits a model to each of many simulated cohorts, and asks by each analysis how often its intervals hold the truth. */
export async function measureInference(settings: InferenceSettings): Promise<InferenceMeasurement> {
  const { patients, syntheticPatients, replicates, refits } = settings;
  const { cohort: everybody, truth } = simulateDemonstrationCohort({
    patients: populationPatients,
    genes,
    seed: 9_999,
    complete: true,
  });
  const population = selectAskedColumns(everybody);
  const questions = listStandardEstimands(population).map((estimand) => ({
    estimand,
    value: estimand.estimate(population)!.estimate,
    isNull: isNull(estimand, (mutation, gene) =>
      latentCorrelation(truth, `mutation:${mutation}`, `expression:${gene}`),
    ),
  }));
  const held = new Map<string, boolean[]>();
  const worths: EffectiveSampleSize[] = [];
  for (let index = 0; index < settings.cohorts; index++) {
    const cohort = columnsOf(population, simulate(patients, index));
    const fit = (training: Cohort, seed: number) => fitFactorCopula(training, { seed, folds: 5 }).model;
    const draw = (model: ReturnType<typeof fit>, replicate: number) =>
      model.sample({
        conditions: {},
        seed: index,
        firstIndex: replicate * syntheticPatients,
        count: syntheticPatients,
      });
    const worth = await estimateEffectiveSampleSize({
      cohort,
      refits,
      seed: index,
      generate: (sample) => Promise.resolve(draw(fit(sample, index), 0)),
    });
    worths.push(worth);
    const model = fit(cohort, index);
    const files = Array.from({ length: replicates }, (_, replicate) => draw(model, replicate));
    for (const { estimand, value, isNull: tested } of questions) {
      const real = estimand.estimate(cohort);
      const estimates = files.flatMap((file) => estimand.estimate(file) ?? []);
      if (!real || estimates.length === 0) continue;
      const effectivePatients =
        worth.groups.find(({ group }) => group === estimand.group)!.effectivePatients ?? worth.effectivePatients!;
      const intervals: Record<Analysis, { lower: number; upper: number }> = {
        "training patients": normalInterval(real),
        "one file as real": normalInterval(estimates[0]!),
        "posterior rule": combine(estimates, {
          kind: "posterior-draws",
          syntheticPatients,
          trainingPatients: patients,
        }),
        "n of training": combine(estimates, { kind: "shared-model", syntheticPatients, effectivePatients: patients }),
        "effective n": combine(estimates, { kind: "shared-model", syntheticPatients, effectivePatients }),
      };
      for (const analysis of analyses) {
        const { lower, upper } = intervals[analysis];
        const holds = (truthValue: number) => lower <= truthValue && truthValue <= upper;
        note(held, estimand.group, analysis, holds(value));
        if (tested) note(held, "true nulls", analysis, holds(0));
      }
    }
    settings.onCohort?.(index + 1);
  }
  const scores = [...held].map(([key, outcomes]): IntervalScore => {
    const [group, analysis] = key.split("|") as [IntervalScore["group"], Analysis];
    return { group, analysis, intervals: outcomes.length, coverage: outcomes.filter(Boolean).length / outcomes.length };
  });
  return { scores, worths };
}

function note(held: Map<string, boolean[]>, group: IntervalScore["group"], analysis: Analysis, outcome: boolean): void {
  const key = `${group}|${analysis}`;
  held.set(key, [...(held.get(key) ?? []), outcome]);
}
