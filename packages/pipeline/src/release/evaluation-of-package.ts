import type { EvaluationReport } from "@osteon/evaluation";
import type { OpenedPackage } from "@osteon/registry";

/** Null where the package has none. */
export function evaluationOf({ records }: Pick<OpenedPackage, "records">): EvaluationReport | null {
  return (records["validation"] as EvaluationReport | undefined) ?? null;
}

/** Whether the release gate was passed, and every check that it was not. */
export function gateVerdictOf({ gate }: Pick<EvaluationReport, "gate">) {
  return {
    passed: gate.passed,
    reasons: gate.checks.filter(({ passed }) => passed !== true).map(({ statement }) => statement),
  };
}
