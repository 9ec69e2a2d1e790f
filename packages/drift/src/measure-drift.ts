import { assertCohortShape, type Cohort } from "@osteon/cohort";
import type { DriftReport } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import type { GeneSet } from "@osteon/features";
import { judgeVariables, settleJudgement, type JudgementOptions } from "./judge-variables.ts";
import { listVariables } from "./variables/list-variables.ts";

export interface DriftOptions extends JudgementOptions {
  /** Expression genes looked at, those that vary most; default 200. */
  readonly genes?: number;
  /** Sets whose scores are compared; default none. */
  readonly geneSets?: readonly GeneSet[];
  /** Patients who have come in since are followed for a shorter time: that is no drift, and is left out. */
  readonly areArrivals?: boolean;
}

/** Sides of fewer patients are not compared. */
export const fewestPatients = 5;

/**
 * Have the patients changed? Compares two cohorts of *different* patients, variable by variable, each by its
 * statistics against relabelled patients; adjusted for the number of variables; with what these numbers of
 * patients could have shown. The same cohorts, options and seed give the same report.
 *
 * @throws drift.too-few-patients, .option; `cohort.shape`, `cohort.value` for a cohort that is not well formed
 * @example measureDrift(training, newPatients).state; // "cannot tell yet"
 */
export function measureDrift(reference: Cohort, current: Cohort, options: DriftOptions = {}): DriftReport {
  assertCohortShape(reference);
  assertCohortShape(current);
  const sides = { reference: reference.patientIds.length, current: current.patientIds.length };
  const fewest = Math.min(sides.reference, sides.current);
  if (fewest < fewestPatients) throw osteonError("drift.too-few-patients", { actual: fewest, minimum: fewestPatients });
  const genes = options.genes ?? 200;
  if (!(Number.isInteger(genes) && genes >= 0)) {
    throw osteonError("drift.option", { option: "genes", allowed: "a whole number of 0 or more" });
  }
  const settled = settleJudgement(sides.reference + sides.current, options);
  const variables = listVariables(reference, current, { ...options, genes });
  const judged = judgeVariables([{ ...sides, variables }], settled);
  return { format: "osteon-drift/1", ...sides, ...judged, notes: describeTables(reference, current) };
}

/** What no comparison of patients shows: other units, other genes. */
function describeTables(reference: Cohort, current: Cohort): string[] {
  const notes: string[] = [];
  const [before, now] = [reference.expression, current.expression];
  if (before.genes.length > 0 && now.genes.length > 0 && before.unit !== now.unit) {
    notes.push(`Expression is in ${now.unit}, and was in ${before.unit}: it is not compared.`);
  }
  for (const [table, words] of [
    ["copyNumber", "copy number"],
    ["expression", "expression"],
  ] as const) {
    const earlier = new Set(reference[table].genes);
    const later = new Set(current[table].genes);
    const gone = [...earlier].filter((gene) => !later.has(gene)).length;
    const added = [...later].filter((gene) => !earlier.has(gene)).length;
    if (gone + added > 0) notes.push(`Of the genes with ${words}, ${gone} are no longer there and ${added} are new.`);
  }
  return notes;
}
