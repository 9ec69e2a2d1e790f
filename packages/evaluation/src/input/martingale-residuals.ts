import type { ClinicalTable } from "@osteon/cohort";
import { estimateKaplanMeier } from "@osteon/survival";
import { rowsOfKnownSurvival, takeSurvival } from "./known-survival.ts";

/**
 * By patient: event − Λ(time), with Nelson and Aalen's Λ of all patients of the file; NaN where survival is
 * unknown. Positive in who died early, negative in who lived long. Source: Therneau, Grambsch and
 * Fleming 1990, Biometrika 77:147.
 */
export function computeMartingaleResiduals(clinical: ClinicalTable): Float64Array {
  const residuals = new Float64Array(clinical.event.length).fill(Number.NaN);
  const rows = rowsOfKnownSurvival(clinical);
  if (rows.length === 0) return residuals;
  const { timesDays, events } = takeSurvival(clinical, rows);
  const curve = estimateKaplanMeier(timesDays, events);
  const hazardAt = new Map<number, number>();
  let hazard = 0;
  curve.timesDays.forEach((time, k) => {
    hazard += curve.deaths[k]! / curve.atRisk[k]!;
    hazardAt.set(time, hazard);
  });
  rows.forEach((row, k) => (residuals[row] = events[k]! - hazardAt.get(timesDays[k]!)!));
  return residuals;
}
