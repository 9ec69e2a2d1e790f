import { UNKNOWN } from "@osteon/cohort";
import { linearPredictor } from "@osteon/survival";
import type { EvaluationInput } from "../input/evaluation-input.ts";
import { fitLogisticRegression } from "./logistic-regression.ts";
import { describeScale, readCovariates, rowsWithCovariates, standardiseRows } from "./covariates.ts";
import type { RiskModel } from "./risk-model.ts";

/** Prior precision of a standardised log-odds ratio of one pathway, of order as in the survival model. */
const penalty = 20;

/**
 * Ridge logistic regression of metastasis at diagnosis on pathway scores.
 *
 * @returns null where one of the two groups is empty or no score varies
 */
export function fitMetastasisModel(input: EvaluationInput): RiskModel | null {
  const { metastasis } = input.cohort.clinical;
  const table = readCovariates(input, false);
  const rows = rowsWithCovariates(
    table,
    Array.from(metastasis.keys()).filter((row) => metastasis[row] !== UNKNOWN),
  );
  const scale = describeScale(table, rows);
  const labels = Uint8Array.from(rows, (row) => metastasis[row]!);
  if (!labels.includes(0) || !labels.includes(1)) return null;
  if (scale.deviations.every((deviation) => deviation === 0)) return null;
  const { width } = table;
  const standardised = standardiseRows(table, scale, rows);
  const design = new Float64Array(rows.length * (width + 1));
  rows.forEach((_, i) => {
    design[i * (width + 1)] = 1;
    design.set(standardised.subarray(i * width, (i + 1) * width), i * (width + 1) + 1);
  });
  const places = Uint32Array.from(rows, (_, i) => i);
  const coefficients = fitLogisticRegression(design, width + 1, labels, places, penalty).subarray(1);
  return {
    predict: (other, chosen) =>
      linearPredictor(standardiseRows(readCovariates(other, false), scale, chosen), coefficients, chosen.length),
    usableRows: (other, chosen) => rowsWithCovariates(readCovariates(other, false), chosen),
  };
}
