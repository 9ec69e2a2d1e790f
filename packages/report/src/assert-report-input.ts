import { osteonError } from "@osteon/errors";
import type { EvaluationReport } from "@osteon/evaluation";
import type { FamilyEvaluation } from "./evaluation-parts.ts";
import type { ReportInput } from "./report-input.ts";

/**
 * Checks what drawing relies on, and gives the released family.
 *
 * @throws report.input naming the field
 */
export function assertReportInput({ evaluation, privacy, run }: ReportInput): FamilyEvaluation {
  assertFinite(privacy, "privacy");
  assertFinite(run, "run");
  return assertEvaluation(evaluation, run.family);
}

/** The same for an evaluation alone, of a model of the given family. */
export function assertEvaluation(evaluation: EvaluationReport, family: string): FamilyEvaluation {
  refuse(evaluation.formatVersion !== 4, "evaluation.formatVersion", "4");
  assertFinite(evaluation, "evaluation");
  const released = evaluation.families.find((_, place) => place === 0);
  if (released?.family !== family)
    throw osteonError("report.input", { field: "evaluation.families[0]", allowed: family });
  const { survival, pathwayCorrelations: correlations, projection } = released.figures;
  const sets = correlations.names.length ** 2;
  assertLength(correlations.real, sets, "pathwayCorrelations.real");
  assertLength(correlations.synthetic, sets, "pathwayCorrelations.synthetic");
  assertLength(projection.real, projection.bins ** 2, "projection.real");
  assertLength(projection.synthetic, projection.bins ** 2, "projection.synthetic");
  for (const { stratum, real, synthetic } of survival) {
    for (const [file, curve] of Object.entries({ real, synthetic })) {
      if (curve === null) continue;
      refuse(curve.timesDays.length === 0, `survival of ${stratum}, ${file}.timesDays`, "at least one day");
      for (const part of ["survival", "lower", "upper"] as const) {
        assertLength(curve[part], curve.timesDays.length, `survival of ${stratum}, ${file}.${part}`);
      }
    }
  }
  return released;
}

function assertLength(values: readonly number[], length: number, field: string): void {
  refuse(values.length !== length, field, `${length} numbers`);
}

function refuse(wrong: boolean, field: string, allowed: string): void {
  if (wrong) throw osteonError("report.input", { field, allowed });
}

function assertFinite(value: unknown, field: string): void {
  if (typeof value === "number") refuse(!Number.isFinite(value), field, "a finite number");
  else if (typeof value === "object" && value !== null) {
    for (const [key, part] of Object.entries(value)) assertFinite(part, `${field}.${key}`);
  }
}
