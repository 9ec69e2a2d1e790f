import type { Cohort } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import { RandomStream, streamId, studentQuantile } from "@osteon/numerics";
import { takePatients, type EvaluationCohort } from "../input/evaluation-cohort.ts";
import { resampleRows } from "../references/choose-rows.ts";
import { estimandGroups, type AnalystEstimate, type Estimand, type EstimandGroup } from "./estimand.ts";
import { listStandardEstimands } from "./standard-estimands.ts";

export interface EffectiveSampleSizeRequest {
  /** The training patients. */
  readonly cohort: Cohort;
  /** Fits a model to the patients and draws from it; null where no model can be fitted to them. */
  readonly generate: (patients: Cohort, refit: number) => Promise<EvaluationCohort | null>;
  /** Bootstrap samples of the training patients, at least 5. */
  readonly refits: number;
  readonly seed: number;
  /** Default {@link listStandardEstimands} of the cohort. */
  readonly estimands?: readonly Estimand[];
}

/** What synthetic patients of a model are worth for one kind of question. */
export interface GroupWorth {
  readonly group: EstimandGroup;
  readonly title: string;
  readonly estimands: number;
  /** Null where no question of the group could be answered often enough. */
  readonly effectivePatients: number | null;
  /** 95 % interval by the jackknife over refits. */
  readonly lower: number | null;
  readonly upper: number | null;
}

/** How many real patients any number of synthetic patients of a model is worth. */
export interface EffectiveSampleSize {
  readonly trainingPatients: number;
  /** Refits that gave patients. */
  readonly refits: number;
  /** The least of the groups: what a question of no group should be answered with. Null where none could be told. */
  readonly effectivePatients: number | null;
  readonly groups: readonly GroupWorth[];
}

const fewestRefits = 5;

/**
 * Estimates the effective sample size of a generator fitted to a cohort: the number of real patients whose estimate
 * would err as much as that of endlessly many synthetic ones.
 *
 * n_eff = n · E(q̂* − q̂)² / E(q̃* − q̂)², where q̂ is the estimate from the n training patients, q̂* that from a bootstrap
 * sample of them (Efron 1979), and q̃* that from patients of a model fitted to the same sample, less the noise of drawing
 * finitely many. So bias, by which a model draws effects towards nothing, counts like variance. The squares of a group
 * are summed over its questions, each divided by the variance of its q̂. Never stated above n: what a model assumes
 * beyond the patients is not counted as patients. The ratio of variances is Kish's (1965) effective sample size.
 *
 * @throws `evaluation.option` for fewer than 5 refits
 */
export async function estimateEffectiveSampleSize({
  cohort,
  generate,
  refits,
  seed,
  estimands = listStandardEstimands(cohort),
}: EffectiveSampleSizeRequest): Promise<EffectiveSampleSize> {
  if (!(Number.isInteger(refits) && refits >= fewestRefits)) {
    const allowed = `a whole number of ${fewestRefits} or more`;
    throw osteonError("evaluation.option", { option: "refits", actual: refits, allowed });
  }
  const questions = estimands.flatMap((estimand) => {
    const real = estimand.estimate(cohort);
    return real ? [{ estimand, real }] : [];
  });
  const patients = cohort.patientIds.length;
  const errors: Record<EstimandGroup, SquaredErrors>[] = [];
  for (let refit = 0; refit < refits; refit++) {
    const random = new RandomStream(seed, streamId("effective-sample-size/bootstrap"), refit);
    const sample = takePatients(cohort, resampleRows(patients, patients, random));
    const patientIds = cohort.patientIds.map((_, i) => `REFIT-${refit}-${i}`);
    const synthetic = await generate({ ...sample, patientIds, simulated: cohort.simulated }, refit);
    if (!synthetic) continue;
    const sums = mapGroups((): SquaredErrors => ({ real: 0, synthetic: 0, answers: 0 }));
    for (const { estimand, real } of questions) {
      addErrors(sums[estimand.group], real, estimand.estimate(sample), estimand.estimate(synthetic));
    }
    errors.push(sums);
  }
  const groups = Object.entries(estimandGroups).map(([name, title]): GroupWorth => {
    const group = name as EstimandGroup;
    const asked = questions.filter(({ estimand }) => estimand.group === group).length;
    const ofGroup = errors.map((sums) => sums[group]).filter(({ answers }) => answers > 0);
    return { group, title, estimands: asked, ...valueGroup(patients, ofGroup) };
  });
  const worths = groups.flatMap(({ effectivePatients }) => effectivePatients ?? []);
  return {
    trainingPatients: patients,
    refits: errors.length,
    effectivePatients: worths.length === 0 ? null : Math.min(...worths),
    groups,
  };
}

/** Sums over the questions of a group in one refit, each error in standard errors of the training patients' estimate. */
interface SquaredErrors {
  real: number;
  synthetic: number;
  answers: number;
}

/** Counts a question where both the sample and its synthetic patients answer it, so that both sums stand for the same. */
function addErrors(
  sums: SquaredErrors,
  truth: AnalystEstimate,
  sample: AnalystEstimate | null,
  synthetic: AnalystEstimate | null,
): void {
  if (!sample || !synthetic) return;
  sums.real += (sample.estimate - truth.estimate) ** 2 / truth.variance;
  sums.synthetic += ((synthetic.estimate - truth.estimate) ** 2 - synthetic.variance) / truth.variance;
  sums.answers++;
}

/** n over the ratio of the sums; its interval by linearising the ratio (Cochran 1977, §6.4). */
function valueGroup(
  patients: number,
  errors: readonly SquaredErrors[],
): Pick<GroupWorth, "effectivePatients" | "lower" | "upper"> {
  const real = errors.reduce((sum, error) => sum + error.real, 0);
  const refits = errors.length;
  if (refits < fewestRefits || real === 0) return { effectivePatients: null, lower: null, upper: null };
  const inflation = errors.reduce((sum, error) => sum + error.synthetic, 0) / real;
  const squares = errors.reduce((sum, error) => sum + (error.synthetic - inflation * error.real) ** 2, 0);
  const half = (studentQuantile(0.975, refits - 1) * Math.sqrt((refits / (refits - 1)) * squares)) / real;
  // To a tenth of a patient, and never none: people read it and divide by it, and its error is larger.
  const worthAt = (ratio: number) => Math.max(1, Math.round((10 * patients) / Math.max(1, ratio))) / 10;
  return {
    effectivePatients: worthAt(inflation),
    lower: worthAt(inflation + half),
    upper: worthAt(inflation - half),
  };
}

function mapGroups<T>(create: () => T): Record<EstimandGroup, T> {
  return { hazard: create(), survival: create(), frequency: create(), mean: create(), effect: create() };
}
