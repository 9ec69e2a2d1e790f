import { osteonError } from "@osteon/errors";
import type { FamilyEvaluation } from "./evaluation-parts.ts";
import type { ReportInput } from "./report-input.ts";

/**
 * Checks what drawing relies on, and gives the released family.
 *
 * @throws report.input naming the field
 */
export function assertReportInput(input: ReportInput): FamilyEvaluation {
  const { evaluation } = input;
  refuse(evaluation.formatVersion !== 2, "evaluation.formatVersion", "2");
  assertFinite(input, "report");
  const [released] = evaluation.families;
  if (released === undefined)
    throw osteonError("report.input", { field: "evaluation.families", allowed: "at least one family" });
  const { survival, pathwayCorrelations: correlations, projection } = released.figures;
  const sets = correlations.names.length ** 2;
  assertLength(correlations.real, sets, "pathwayCorrelations.real");
  assertLength(correlations.synthetic, sets, "pathwayCorrelations.synthetic");
  assertLength(projection.real, projection.bins ** 2, "projection.real");
  assertLength(projection.synthetic, projection.bins ** 2, "projection.synthetic");
  for (const { stratum, real, synthetic } of survival) {
    for (const [file, curve] of Object.entries({ real, synthetic })) {
      if (curve === null) continue;
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
