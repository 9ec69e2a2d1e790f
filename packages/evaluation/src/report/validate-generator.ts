import type { Cohort } from "@osteon/cohort";
import { osteonError } from "@osteon/errors";
import type { GeneSet } from "@osteon/features";
import { RandomStream, streamId } from "@osteon/numerics";
import { alignCohorts } from "../input/align-cohorts.ts";
import { Comparison } from "../input/comparison.ts";
import { countPatients, takePatients } from "../input/evaluation-cohort.ts";
import { EvaluationInput } from "../input/evaluation-input.ts";
import { createEvaluationPanel } from "../input/evaluation-panel.ts";
import { allMetrics } from "../metrics/all-metrics.ts";
import { testMaximumMeanDiscrepancy } from "../metrics/maximum-mean-discrepancy.ts";
import { chooseRows } from "../references/choose-rows.ts";
import { assessMemorisation } from "./assess-memorisation.ts";
import { calibrate, estimate, type Calibration } from "./calibrate.ts";
import { measureRepeats, sizesPerRepeat } from "./measure-repeats.ts";
import { readMetric } from "./read-metric.ts";
import { scoreBiology } from "./score-biology.ts";
import type { MetricReport, ValidationReport } from "./validation-report.ts";

export interface ValidationRequest {
  /** The patients that the generator was fitted on. */
  readonly train: Cohort;
  /** Real patients that it never saw. */
  readonly holdOut: Cohort;
  /** What it generated, unconditionally. */
  readonly synthetic: Cohort;
  readonly geneSets: readonly GeneSet[];
  readonly seed: number;
  /** Default 20. */
  readonly repeats?: number;
}

const minimumPatients = 10;
const wholeFilePatients = 500;
const discrepancyPermutations = 200;

/**
 * Judges a synthetic file by held-out real patients, beside what fresh real patients, a photocopy of the
 * training patients and independent marginals get at the same size. Deterministic for a seed.
 *
 * @throws evaluation.too-few-patients (under 10 in any cohort), evaluation.no-shared-genes,
 *   evaluation.unit, evaluation.option
 */
export function validateGenerator(request: ValidationRequest): ValidationReport {
  const { seed, repeats = 20 } = request;
  requireUsable(request, repeats);
  const cohorts = alignCohorts(request);
  const panel = createEvaluationPanel(cohorts.train, cohorts.holdOut, request.geneSets, seed);
  const repeated = measureRepeats(cohorts, panel, allMetrics, { seed, repeats });
  const calibrations = allMetrics.map((metric, k) => calibrate(metric, repeated[k]!));

  const fileRows = chooseRows(
    countPatients(cohorts.synthetic),
    wholeFilePatients,
    new RandomStream(seed, streamId("evaluation/whole-file")),
  );
  const file = new EvaluationInput(takePatients(cohorts.synthetic, fileRows), panel);
  const wholeFile = new Comparison(new EvaluationInput(cohorts.holdOut, panel), file);
  const metrics = allMetrics.map((metric, k): MetricReport => {
    const values = repeated[k]!;
    const synthetic = estimate(values.synthetic);
    const calibrated = calibrations[k]!.result;
    return {
      name: metric.name,
      title: metric.title,
      group: metric.group,
      unit: metric.unit,
      better: metric.better,
      synthetic,
      freshReal: estimate(values.freshReal),
      photocopy: estimate(values.photocopy),
      floor: estimate(values.floor),
      calibrated,
      wholeFile: metric.compute(wholeFile).value,
      reading: readMetric(calibrations[k]!, synthetic),
    };
  });
  const beyondReal = metrics
    .filter(({ group }, k) => group !== "seed" && isBeyondReal(calibrations[k]!))
    .map(({ name }) => name);
  const size = sizesPerRepeat(cohorts);
  return {
    formatVersion: 1,
    seed,
    repeats,
    patients: {
      train: countPatients(cohorts.train),
      holdOut: countPatients(cohorts.holdOut),
      synthetic: countPatients(cohorts.synthetic),
      referencePerRepeat: size.reference,
      candidatePerRepeat: size.candidate,
    },
    genes: {
      mutations: cohorts.train.mutations.genes.length,
      copyNumber: cohorts.train.copyNumber.genes.length,
      expression: cohorts.train.expression.genes.length,
      correlated: panel.correlationColumns.length,
    },
    geneSets: { given: request.geneSets.length, measured: panel.measuredSets.length },
    metrics,
    discrepancyTest: testMaximumMeanDiscrepancy(
      wholeFile,
      discrepancyPermutations,
      new RandomStream(seed, streamId("evaluation/discrepancy-test")),
    ),
    biologicalScore: scoreBiology(metrics, calibrations),
    memorisation: assessMemorisation(cohorts, panel, file, { seed, beyondReal }),
  };
}

/** Better than fresh real patients, as a photocopy is: a sign of memory, not of quality. */
function isBeyondReal({ againstReal, photocopyBetter }: Calibration): boolean {
  return againstReal === "better" && photocopyBetter;
}

function requireUsable(request: ValidationRequest, repeats: number): void {
  if (!Number.isInteger(repeats) || repeats < 2) {
    throw osteonError("evaluation.option", { option: "repeats", actual: repeats, allowed: "a whole number from 2 on" });
  }
  for (const [role, cohort] of [
    ["training", request.train],
    ["held-out", request.holdOut],
    ["synthetic", request.synthetic],
  ] as const) {
    const actual = cohort.patientIds.length;
    if (actual < minimumPatients) {
      throw osteonError("evaluation.too-few-patients", { role, actual, minimum: minimumPatients });
    }
  }
}
