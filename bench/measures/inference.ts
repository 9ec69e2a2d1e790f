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
import { applyFeatures } from "@osteon/features";
import { fitFactorCopula } from "@osteon/generator";
import { normalQuantile } from "@osteon/numerics";

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

/** How an analyst comes by an interval. */
export const analyses = [
  "training patients",
  "one file as real",
  "posterior rule",
  "shared model, n",
  "shared model, n_eff",
] as const;
type Analysis = (typeof analyses)[number];

/** Kind of question, and those whose true answer is that there is no difference. */
type Scored = EstimandGroup | "true null";

interface Interval {
  readonly lower: number;
  readonly upper: number;
}

interface IntervalScore {
  /** Share of the 95 % intervals that hold the population's value; for true nulls 1 less the type-1 error. */
  readonly coverage: number;
  /** Median of the intervals' widths, each divided by that from the training patients. */
  readonly relativeWidth: number;
}

export interface InferenceMeasurement {
  readonly scores: ReadonlyMap<Scored, Readonly<Record<Analysis, IntervalScore>>>;
  /** As stated for each cohort. */
  readonly worths: readonly EffectiveSampleSize[];
}

/** Patients that stand for the population; their own error is a twentieth of a training cohort's. */
const populationPatients = 40_000;
const genes = 20;

/** Fits a model to each of many simulated cohorts, and asks how often the intervals of each analysis hold the truth. */
export async function measureInference(settings: InferenceSettings): Promise<InferenceMeasurement> {
  const { population, questions } = describePopulation();
  const outcomes = new Map<Scored, Record<Analysis, Outcome[]>>();
  const worths: EffectiveSampleSize[] = [];
  for (let index = 0; index < settings.cohorts; index++) {
    const { cohort } = simulateDemonstrationCohort({ patients: settings.patients, genes, seed: index, complete: true });
    const training = applyFeatures(population, cohort);
    const { worth, files } = await synthesise(training, index, questions, settings);
    worths.push(worth);
    for (const { estimand, value, isNull } of questions) {
      const intervals = analyse(estimand, training, files, worth);
      if (!intervals) continue;
      for (const scored of isNull ? ([estimand.group, "true null"] as const) : [estimand.group]) {
        if (!outcomes.has(scored))
          outcomes.set(
            scored,
            perAnalysis(() => []),
          );
        for (const analysis of analyses) {
          const { lower, upper } = intervals[analysis];
          const truth = scored === "true null" ? 0 : value;
          const real = intervals["training patients"];
          const relativeWidth = (upper - lower) / (real.upper - real.lower);
          outcomes.get(scored)![analysis].push({ holds: lower <= truth && truth <= upper, relativeWidth });
        }
      }
    }
    settings.onCohort?.(index + 1);
  }
  const scores = new Map(
    [...outcomes].map(([scored, row]) => [scored, perAnalysis((analysis) => summarise(row[analysis]))]),
  );
  return { scores, worths };
}

interface Outcome {
  readonly holds: boolean;
  readonly relativeWidth: number;
}

function summarise(outcomes: readonly Outcome[]): IntervalScore {
  return {
    coverage: outcomes.filter(({ holds }) => holds).length / outcomes.length,
    relativeWidth: median(outcomes.map(({ relativeWidth }) => relativeWidth)),
  };
}

/** The upper one of the two in the middle. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

interface Question {
  readonly estimand: Estimand;
  /** In the population. */
  readonly value: number;
  /** An effect that the simulation does not have. */
  readonly isNull: boolean;
}

function describePopulation() {
  const { cohort, truth } = simulateDemonstrationCohort({
    patients: populationPatients,
    genes,
    seed: 2 ** 40,
    complete: true,
  });
  const asked = selectAskedColumns(cohort);
  const questions = listStandardEstimands(asked).map((estimand): Question => {
    const [mutation, gene] = estimand.name.split(" on ");
    const isNull =
      estimand.group === "effect" && latentCorrelation(truth, `mutation:${mutation}`, `expression:${gene}`) === 0;
    return { estimand, value: estimand.estimate(asked)!.estimate, isNull };
  });
  const population = {
    mutationGenes: asked.mutations.genes,
    copyNumberGenes: [],
    expressionGenes: asked.expression.genes,
    expressionUnit: asked.expression.unit,
  };
  return { population, questions };
}

async function synthesise(
  training: Cohort,
  seed: number,
  questions: readonly Question[],
  { refits, replicates, syntheticPatients }: InferenceSettings,
) {
  const draw = (patients: Cohort, files: number) => {
    const { model } = fitFactorCopula(patients, { seed });
    return Array.from({ length: files }, (_, file) =>
      model.sample({ conditions: {}, seed, firstIndex: file * syntheticPatients, count: syntheticPatients }),
    );
  };
  const worth = await estimateEffectiveSampleSize({
    cohort: training,
    refits,
    seed,
    estimands: questions.map(({ estimand }) => estimand),
    generate: (sample) => Promise.resolve(draw(sample, 1)[0]!),
  });
  return { worth, files: draw(training, replicates) };
}

/** Null where the training patients or a file have no answer. */
function analyse(
  estimand: Estimand,
  training: Cohort,
  files: readonly Cohort[],
  worth: EffectiveSampleSize,
): Readonly<Record<Analysis, Interval>> | null {
  const real = estimand.estimate(training);
  const answers = files.flatMap((file) => estimand.estimate(file) ?? []);
  if (!real || answers.length < files.length) return null;
  const trainingPatients = training.patientIds.length;
  const syntheticPatients = files[0]!.patientIds.length;
  const worthOfGroup = worth.groups.find(({ group }) => group === estimand.group)?.effectivePatients;
  const effectivePatients = worthOfGroup ?? worth.effectivePatients ?? trainingPatients;
  const combine = (rule: CombiningRule) =>
    combineEstimates({
      estimates: answers.map((answer) => answer.estimate),
      variances: answers.map((answer) => answer.variance),
      rule,
    });
  return {
    "training patients": normalInterval(real),
    "one file as real": normalInterval(answers[0]!),
    "posterior rule": combine({ kind: "posterior-draws", syntheticPatients, trainingPatients }),
    "shared model, n": combine({ kind: "shared-model", syntheticPatients, effectivePatients: trainingPatients }),
    "shared model, n_eff": combine({ kind: "shared-model", syntheticPatients, effectivePatients }),
  };
}

function normalInterval({ estimate, variance }: AnalystEstimate): Interval {
  const half = normalQuantile(0.975) * Math.sqrt(variance);
  return { lower: estimate - half, upper: estimate + half };
}

function perAnalysis<T>(create: (analysis: Analysis) => T): Record<Analysis, T> {
  return Object.fromEntries(analyses.map((analysis) => [analysis, create(analysis)])) as Record<Analysis, T>;
}
