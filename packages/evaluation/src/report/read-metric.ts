import type { Calibration } from "./calibrate.ts";
import type { Estimate } from "./validation-report.ts";

/** One line on what a metric's figures mean. */
export function readMetric({ result, againstReal }: Calibration, synthetic: Estimate): string {
  if (synthetic.value === null) {
    return result.informative ? "none here, though real patients have one" : "cannot be computed here";
  }
  if (!result.informative) {
    if (againstReal === "worse") return "worse than fresh real patients";
    if (againstReal === "better") return "better than fresh real patients: look why";
    return "not informative here: the floor is no worse";
  }
  const value = result.value ?? 0;
  if (againstReal === "better") return "better than fresh real patients: look why";
  if (value >= 0.85) return "as good as fresh real patients";
  if (value >= 0.5) return "most of what real patients show";
  if (value >= 0.15) return "part of what real patients show";
  return "no better than independent marginals";
}
