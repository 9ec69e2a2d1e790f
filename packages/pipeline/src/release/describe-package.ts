import { modelCardSchema, type ModelCardDocument, type PackageDescription } from "@osteon/contracts";
import type { EvaluationReport } from "@osteon/evaluation";
import type { OpenedPackage } from "@osteon/registry";
import { evaluationOf, gateVerdictOf } from "./evaluation-of-package.ts";

/** What may be told of a model to those who may generate from it. */
export interface ToldOfModel {
  readonly description: PackageDescription;
  /** Null in packages from before there were cards. */
  readonly card: { readonly markdown: string; readonly json: ModelCardDocument } | null;
}

/**
 * What a sealed package tells of its model: as much as its model card publishes, from its manifest and records. Of a
 * model with differential privacy no scores, as these are exact figures of its patients.
 */
export function describePackage(opened: OpenedPackage): ToldOfModel {
  const { manifest, records } = opened;
  const { family, createdAt, osteonVersion, training, differentialPrivacy } = manifest;
  const evaluation = evaluationOf(opened);
  return {
    description: {
      family,
      trained_at: createdAt,
      osteon_version: osteonVersion,
      training_patients: training.patients,
      evaluation: differentialPrivacy || evaluation === null ? null : summarise(evaluation),
      differential_privacy: differentialPrivacy ?? null,
    },
    card: readCard(records["model_card"]),
  };
}

function summarise(evaluation: EvaluationReport): PackageDescription["evaluation"] {
  const released = evaluation.families[0];
  const score = released?.biologicalScore;
  return {
    gate: gateVerdictOf(evaluation),
    biological_score:
      score === undefined || score.calibrated === null
        ? null
        : { value: score.calibrated, lower: score.lower, upper: score.upper },
    scores: Object.fromEntries(
      (released?.metrics ?? []).flatMap(({ name, calibrated: { informative, value, lower, upper } }) =>
        informative && value !== null ? [[name, { value, lower, upper }]] : [],
      ),
    ),
  };
}

function readCard(record: unknown): ToldOfModel["card"] {
  const { markdown, json } = (record ?? {}) as { readonly markdown?: unknown; readonly json?: unknown };
  const parsed = modelCardSchema.safeParse(json);
  return typeof markdown === "string" && parsed.success ? { markdown, json: parsed.data } : null;
}
