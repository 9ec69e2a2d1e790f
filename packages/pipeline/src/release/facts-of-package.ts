import { osteonError } from "@osteon/errors";
import type { EvaluationReport } from "@osteon/evaluation";
import type { OpenedPackage, PackageFacts } from "@osteon/registry";

/**
 * What a package's signature tells in the clear, taken from its own sealed records.
 *
 * @throws `pipeline.package-content` for a package without an evaluation
 */
export function factsOfPackage({ manifest, records }: OpenedPackage): PackageFacts {
  const evaluation = records["validation"] as EvaluationReport | undefined;
  const score = evaluation?.families[0]?.biologicalScore;
  if (evaluation === undefined || score === undefined) {
    throw osteonError("pipeline.package-content", { what: "a package without an evaluation" });
  }
  const { calibrated, lower, upper } = score;
  const { modelVersion, contentDigest, family, createdAt, osteonVersion, training } = manifest;
  return {
    modelVersion,
    contentDigest,
    family,
    createdAt,
    osteonVersion,
    trainedOnSimulatedPatients: training.simulated,
    trainingPatients: training.patients,
    calibratedScore:
      calibrated === null || lower === null || upper === null ? null : { value: calibrated, lower, upper },
    gate: {
      passed: evaluation.gate.passed,
      reasons: evaluation.gate.checks.filter(({ passed }) => passed !== true).map(({ statement }) => statement),
    },
  };
}
