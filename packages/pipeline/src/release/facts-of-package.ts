import { osteonError } from "@osteon/errors";
import type { OpenedPackage, PackageFacts } from "@osteon/registry";
import { evaluationOf, gateVerdictOf } from "./evaluation-of-package.ts";

/**
 * What a package's signature tells in the clear, taken from its own sealed records.
 *
 * @throws `pipeline.package-content` for a package without an evaluation
 */
export function factsOfPackage(opened: OpenedPackage): PackageFacts {
  const evaluation = evaluationOf(opened);
  const score = evaluation?.families[0]?.biologicalScore;
  if (evaluation === null || score === undefined) {
    throw osteonError("pipeline.package-content", { what: "a package without an evaluation" });
  }
  const { calibrated, lower, upper } = score;
  return {
    ...factsOfManifest(opened),
    calibratedScore:
      calibrated === null || lower === null || upper === null ? null : { value: calibrated, lower, upper },
    gate: gateVerdictOf(evaluation),
  };
}

/** Also of a package without an evaluation, as one with differential privacy is: then nothing is said of the gate. */
export function factsOfAnyPackage(opened: OpenedPackage): PackageFacts {
  if (evaluationOf(opened) !== null) return factsOfPackage(opened);
  return {
    ...factsOfManifest(opened),
    calibratedScore: null,
    gate: { passed: null, reasons: ["The package holds no evaluation."] },
  };
}

function factsOfManifest({ manifest }: OpenedPackage): Omit<PackageFacts, "calibratedScore" | "gate"> {
  const { modelVersion, contentDigest, family, createdAt, osteonVersion, training } = manifest;
  return {
    modelVersion,
    contentDigest,
    family,
    createdAt,
    osteonVersion,
    trainedOnSimulatedPatients: training.simulated,
    trainingPatients: training.patients,
  };
}
