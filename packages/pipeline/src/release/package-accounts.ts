import type { ModelDetail, ModelReference, ModelScore, ModelSummary } from "@osteon/contracts";
import type { EvaluationReport, PrivacyReport } from "@osteon/evaluation";
import type { QualityReport } from "@osteon/quality";
import { renderReport } from "@osteon/report";
import type { OpenedPackage, PackageFacts } from "@osteon/registry";
import { guaranteeOf } from "../guarantee.ts";
import { conditionFloorOf } from "../load-synthesiser.ts";
import { worthOfModel } from "../model-worth.ts";
import { readLearningCurve } from "../training/learning-curve.ts";
import { evaluationOf } from "./evaluation-of-package.ts";

/** A version as a list tells of it, from what its signature covers. */
export function summariseFacts(facts: PackageFacts, onAir: boolean): ModelSummary {
  return {
    version: facts.modelVersion,
    on_air: onAir,
    family: facts.family,
    created_at: facts.createdAt,
    osteon_version: facts.osteonVersion,
    training_patients: facts.trainingPatients,
    trained_on_simulated_patients: facts.trainedOnSimulatedPatients,
    calibrated_score: facts.calibratedScore,
    gate: { passed: facts.gate.passed, reasons: [...facts.gate.reasons] },
  };
}

/** What is known of a model from its opened package; counts and scores, nothing of a patient. */
export function accountOfPackage(opened: OpenedPackage, summary: ModelSummary): ModelDetail {
  const { manifest, records } = opened;
  const { training } = manifest;
  const evaluation = evaluationOf(opened);
  const privacy = manifest.differentialPrivacy;
  return {
    ...summary,
    training: {
      patients: training.patients,
      deaths: training.events,
      expression_genes: training.genes,
      mutation_genes: training.mutationGenes,
      copy_number_genes: training.copyNumberGenes,
      expression_unit: training.expressionUnit,
    },
    differential_privacy: privacy === undefined ? null : { epsilon: privacy.epsilon, delta: privacy.delta },
    effective_patients: worthOfModel(opened).effectiveSampleSize?.effectivePatients ?? null,
    checks: evaluation?.gate.checks.map(({ name, passed, statement }) => ({ name, passed, statement })) ?? [],
    scores: evaluation === null ? [] : describeScores(evaluation),
    learning_curve: readLearningCurve(opened),
    has_report: evaluation !== null,
    has_card: records["model_card"] !== undefined,
  };
}

/** The model card's text; null where the package has none. */
export function cardOfPackage({ records }: OpenedPackage): string | null {
  const card = records["model_card"] as { readonly markdown?: unknown } | undefined;
  return typeof card?.markdown === "string" ? card.markdown : null;
}

/** The evaluation's report, drawn again from the package's records; null where it has no evaluation. */
export function reportOfPackage(opened: OpenedPackage): string | null {
  const evaluation = evaluationOf(opened);
  if (evaluation === null) return null;
  const { manifest, records } = opened;
  const { smallestCell } = conditionFloorOf(opened);
  const { family, modelVersion, createdAt, osteonVersion, training } = manifest;
  const quality = records["quality"] as QualityReport | undefined;
  return renderReport({
    evaluation,
    privacy: (records["privacy"] as PrivacyReport | undefined) ?? null,
    differentialPrivacy: guaranteeOf(opened),
    ...(quality && { quality }),
    run: {
      runId: modelVersion,
      createdAt,
      osteonVersion,
      family,
      modelVersion,
      sourceKind: training.simulated ? "simulated demonstration cohort" : "real cohort",
      inference: { ...worthOfModel(opened), smallestCell: Number.isFinite(smallestCell) ? smallestCell : null },
    },
  });
}

/** How the real cohort is distributed, as the evaluation's figures show it; null where there is no evaluation. */
export function referenceOfPackage(opened: OpenedPackage): ModelReference | null {
  const evaluation = evaluationOf(opened);
  const figures = evaluation?.families[0]?.figures;
  if (evaluation === null || figures === undefined) return null;
  return {
    patients: evaluation.design.patients,
    simulated_patients: evaluation.design.simulatedPatients,
    survival: figures.survival.map(({ stratum, real }) => ({ stratum, real: real && describeCurve(real) })),
    alterations: figures.alterations.flatMap(({ gene, alteration, real, realLower, realUpper }) =>
      real === null || realLower === null || realUpper === null
        ? []
        : [{ gene, alteration, real, lower: realLower, upper: realUpper }],
    ),
    pathways: (figures.pathwayScores ?? []).flatMap(({ name, real }) =>
      real.length === 0 ? [] : [{ name, real: real.map(({ probability, value }) => ({ probability, value })) }],
    ),
  };
}

type RealCurve = NonNullable<EvaluationReport["families"][number]["figures"]["survival"][number]["real"]>;

function describeCurve({ patients, deaths, timesDays, survival, lower, upper }: RealCurve) {
  return {
    patients,
    deaths,
    times_days: [...timesDays],
    survival: [...survival],
    lower: [...lower],
    upper: [...upper],
  };
}

function describeScores({ families }: EvaluationReport): ModelScore[] {
  return (families[0]?.metrics ?? []).map(
    ({ name, title, group, unit, synthetic, freshReal, photocopy, floor, calibrated, reading }) => ({
      name,
      title,
      group,
      unit,
      synthetic: synthetic.value,
      fresh_real: freshReal.value,
      photocopy: photocopy.value,
      floor: floor.value,
      calibrated:
        calibrated.informative && calibrated.value !== null && calibrated.lower !== null && calibrated.upper !== null
          ? { value: calibrated.value, lower: calibrated.lower, upper: calibrated.upper }
          : null,
      reading,
    }),
  );
}
