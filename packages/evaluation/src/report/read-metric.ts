import type { Calibration } from "./calibrate.ts";
import type { Estimate } from "./validation-report.ts";

/** What a metric's figures mean, in at most 20 characters: the table has room for no more. */
export function readMetric({ result, againstReal }: Calibration, synthetic: Estimate): string {
  if (synthetic.value === null) {
    return result.informative ? "missing, unlike real" : "not computable";
  }
  if (!result.informative) {
    if (againstReal === "worse") return "worse than real";
    if (againstReal === "better") return "better than real (!)";
    return "not informative";
  }
  const value = result.value ?? 0;
  if (againstReal === "better") return "better than real (!)";
  if (value >= 0.85) return "as good as real";
  if (value >= 0.5) return "mostly like real";
  if (value >= 0.15) return "partly like real";
  return "no better than floor";
}
