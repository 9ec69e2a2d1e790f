import { linearPredictor } from "@osteon/survival";
import type { EvaluationInput } from "../input/evaluation-input.ts";
import { rowsOfKnownSurvival } from "../input/known-survival.ts";
import { describeScale, readCovariates, rowsWithCovariates, standardiseRows } from "./covariates.ts";
import { fitRidgeCox } from "./ridge-cox.ts";

/** Risk of death inferred from a patient's record; higher is worse. */
export interface RiskModel {
  /** One value a row, in the order of the rows. */
  predict(input: EvaluationInput, rows: readonly number[]): Float64Array;
  /** Of the rows, those with anything to infer from. */
  usableRows(input: EvaluationInput, rows: readonly number[]): number[];
}

/** Learns a risk model from one file's survival; null where nobody died or nothing varies. */
export type FitRiskModel = (input: EvaluationInput) => RiskModel | null;

/** Prior precision of a standardised log hazard ratio: metastasis and age are known to matter … */
const clinicalPenalty = 1;
/** … a single pathway hardly does: 95 % of its hazard ratios lie within 0.76 … 1.32. */
const pathwayPenalty = 50;

/** Ridge Cox on metastasis, age and pathway scores. */
export const fitClinicalRisk: FitRiskModel = (input) => fitRisk(input, true);

/** Ridge Cox on pathway scores alone: what the tumour says. */
export const fitTumourRisk: FitRiskModel = (input) => fitRisk(input, false);

function fitRisk(input: EvaluationInput, clinical: boolean): RiskModel | null {
  const table = readCovariates(input, clinical);
  const { survivalTimeDays, event } = input.cohort.clinical;
  const rows = rowsWithCovariates(table, rowsOfKnownSurvival(input.cohort.clinical)).sort(
    (a, b) => survivalTimeDays[b]! - survivalTimeDays[a]!,
  );
  const scale = describeScale(table, rows);
  if (scale.deviations.every((deviation) => deviation === 0)) return null;
  const coefficients = fitRidgeCox(
    {
      timesDays: Float64Array.from(rows, (row) => survivalTimeDays[row]!),
      events: Int8Array.from(rows, (row) => event[row]!),
      covariates: standardiseRows(table, scale, rows),
      width: table.width,
    },
    Float64Array.from({ length: table.width }, (_, j) => (j < table.clinicalWidth ? clinicalPenalty : pathwayPenalty)),
  );
  if (coefficients === null) return null;
  return {
    predict: (other, chosen) =>
      linearPredictor(standardiseRows(readCovariates(other, clinical), scale, chosen), coefficients, chosen.length),
    usableRows: (other, chosen) => rowsWithCovariates(readCovariates(other, clinical), chosen),
  };
}
