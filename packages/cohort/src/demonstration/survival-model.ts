import { RandomStream, streamId } from "@osteon/numerics";

/**
 * Conditional hazard ratios of the simulation: each with the others held fixed.
 * Metastasis at diagnosis carries most of the prognosis in every osteosarcoma series (Bielack 2002;
 * 4.7 unadjusted in TARGET-OS); immune infiltration protects (Scott 2018, Niu 2020); older patients do worse.
 */
export const demonstrationHazardRatios = {
  metastasis: 3.5,
  /** For ten years more at diagnosis. */
  ageTenYears: 1.25,
  /** For one standard deviation of the pathway's activity. */
  immuneResponse: 0.7,
} as const;

/**
 * Deaths a day of a patient without metastasis, aged 15, of average immune response: few deaths during
 * the first treatment, most between half a year and three years, few after five.
 */
export const demonstrationBaseline = {
  knotsDays: [0, 180, 1096, 1826],
  hazards: [0.6e-4, 2.35e-4, 1.3e-4, 0.3e-4],
} as const;

export interface SurvivalDraw {
  readonly timeDays: number;
  readonly event: 0 | 1;
}

const deathStream = streamId("demonstration death");
const accrualStream = streamId("demonstration accrual");
const lossStream = streamId("demonstration loss to follow-up");

/**
 * Survival of patient `index`: the day of death by inversion of the cumulative hazard (Bender 2005),
 * seen only if it comes before the end of the study (patients joined evenly over ten years) and before
 * the patient was lost (one in twenty-five a year). Whole days, at least 1.
 */
export function drawSurvival(logHazardRatio: number, seed: number, index: number): SurvivalDraw {
  const exposure = -Math.log(new RandomStream(seed, deathStream, index).nextUniform());
  const death = invertBaseline(exposure / Math.exp(logHazardRatio));
  const studyEnd = 365 + 3650 * new RandomStream(seed, accrualStream, index).nextUniform();
  const lost = (-Math.log(new RandomStream(seed, lossStream, index).nextUniform()) * 365.25) / 0.04;
  const censoring = Math.min(studyEnd, lost);
  return death <= censoring
    ? { timeDays: Math.ceil(death), event: 1 }
    : { timeDays: Math.max(1, Math.floor(censoring)), event: 0 };
}

/** Sum of the effects on the log hazard. */
export function logHazardRatioOf(metastatic: boolean, ageYears: number, immuneResponse: number): number {
  return (
    (metastatic ? Math.log(demonstrationHazardRatios.metastasis) : 0) +
    (Math.log(demonstrationHazardRatios.ageTenYears) * (ageYears - 15)) / 10 +
    Math.log(demonstrationHazardRatios.immuneResponse) * immuneResponse
  );
}

/** The day by which the baseline's cumulative hazard reaches `target`. */
function invertBaseline(target: number): number {
  const { knotsDays, hazards } = demonstrationBaseline;
  let remaining = target;
  for (let k = 0; k + 1 < knotsDays.length; k++) {
    const width = knotsDays[k + 1]! - knotsDays[k]!;
    if (remaining <= hazards[k]! * width) return knotsDays[k]! + remaining / hazards[k]!;
    remaining -= hazards[k]! * width;
  }
  return knotsDays.at(-1)! + remaining / hazards.at(-1)!;
}
