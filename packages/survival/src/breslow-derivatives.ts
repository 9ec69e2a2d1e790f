import type { EventIndicators } from "./observations.ts";

/** Breslow's log partial likelihood with its derivative by each patient's linear predictor. */
export interface PredictorDerivatives {
  readonly logLikelihood: number;
  /** Events less cumulative hazards: the martingale residuals. */
  readonly residuals: Float64Array;
}

/**
 * O(patients), by one pass down and one pass up the times. Source: Breslow 1974; Simon et al. 2011, section 2.
 *
 * @param timesDays descending
 */
export function differentiateByPredictor(
  timesDays: Float64Array,
  events: EventIndicators,
  predictor: Float64Array,
): PredictorDerivatives {
  const n = timesDays.length;
  const largest = predictor.reduce((a, b) => Math.max(a, b), -Infinity);
  // No risk set vanishes, however far a proposed step has thrown its patients behind.
  const relative = predictor.map((eta) => Math.exp(Math.max(eta - largest, -300)));
  const hazardSteps = new Float64Array(n);
  let logLikelihood = 0;
  let atRisk = 0;
  for (let row = 0; row < n;) {
    const time = timesDays[row]!;
    const firstOfDay = row;
    let deaths = 0;
    for (; row < n && timesDays[row] === time; row++) {
      atRisk += relative[row]!;
      if (events[row] !== 1) continue;
      deaths++;
      logLikelihood += predictor[row]! - largest;
    }
    if (deaths === 0) continue;
    logLikelihood -= deaths * Math.log(atRisk);
    hazardSteps[firstOfDay] = deaths / atRisk;
  }
  const residuals = new Float64Array(n);
  let hazard = 0;
  for (let end = n; end > 0;) {
    let start = end - 1;
    while (start > 0 && timesDays[start - 1] === timesDays[end - 1]) start--;
    hazard += hazardSteps[start]!;
    for (let row = start; row < end; row++) residuals[row] = events[row]! - hazard * relative[row]!;
    end = start;
  }
  return { logLikelihood, residuals };
}

/** The log likelihood of a model that gives every day's deaths all the risk: −Σ d log d. */
export function saturatedLogLikelihood(timesDays: Float64Array, events: EventIndicators): number {
  const deaths = new Map<number, number>();
  timesDays.forEach((time, i) => deaths.set(time, (deaths.get(time) ?? 0) + events[i]!));
  let sum = 0;
  for (const count of deaths.values()) if (count > 0) sum -= count * Math.log(count);
  return sum;
}
