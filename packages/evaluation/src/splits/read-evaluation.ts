import type { Estimate } from "../report/validation-report.ts";
import type { SplitCalibration } from "./calibrate-over-splits.ts";

/** What a metric's figures mean, in at most 22 characters: the table has room for no more. */
export function readEvaluation({ result, lost, beyondReal }: SplitCalibration, synthetic: Estimate): string {
  if (synthetic.value === null) return result.informative ? "missing, unlike real" : "not computable";
  if (beyondReal) return "better than real (!)";
  if (!result.informative || result.value === null) return "not informative here";
  if (lost) return result.value < 0.15 ? "no better than floor" : "lost";
  if (result.value >= 0.85) return "as good as real";
  if (result.value >= 0.5) return "mostly like real";
  return result.value >= 0.15 ? "partly like real" : "no better than floor";
}
