import { selectPatients, type Cohort } from "@osteon/cohort";
import { estimateKaplanMeier, fitCoxModel, readSurvivalAt } from "@osteon/survival";

/** A hazard ratio with its 95 % interval. */
export interface HazardRatio {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** Hazard ratio of metastasis at diagnosis alone, by Cox. All patients' survival and metastasis are known. */
export function estimateMetastasisHazardRatio({ clinical }: Cohort): HazardRatio {
  const fit = fitCoxModel(clinical.survivalTimeDays, clinical.event, Float64Array.from(clinical.metastasis), 1);
  if (fit.status !== "converged") throw new Error(`no hazard ratio of metastasis: ${fit.status}`);
  return { value: fit.hazardRatios[0]!, lower: fit.lower[0]!, upper: fit.upper[0]! };
}

/** Share of times at which the synthetic Kaplan–Meier estimate lies within the real one's 95 % band. */
export interface BandCoverage {
  readonly stratum: "all" | "metastatic" | "localised";
  readonly realPatients: number;
  /** At 100 times spaced evenly over the real follow-up. */
  readonly evenTimes: number;
  /** At the real times of death. */
  readonly deathTimes: number;
  /** Largest distance of the two estimates over the even times. */
  readonly largestDifference: number;
}

const evenTimeCount = 100;

/** Coverage overall and by metastasis. The band is pointwise, Greenwood on the log scale, as R's survfit. */
export function measureBandCoverage(real: Cohort, synthetic: Cohort): BandCoverage[] {
  return (["all", "metastatic", "localised"] as const).map((stratum) => {
    const realPart = takeStratum(real, stratum);
    const curve = estimateOf(realPart);
    const drawn = estimateOf(takeStratum(synthetic, stratum));
    const last = curve.timesDays.at(-1)!;
    const evenTimes = Float64Array.from({ length: evenTimeCount }, (_, k) => ((k + 1) / evenTimeCount) * last);
    const deathTimes = curve.timesDays.filter((_, k) => curve.deaths[k]! > 0);
    const insideAt = (times: Float64Array) => {
      const lower = readSurvivalAt(curve, times, "lower");
      const upper = readSurvivalAt(curve, times, "upper");
      const inside = readSurvivalAt(drawn, times).filter((value, k) => value >= lower[k]! && value <= upper[k]!);
      return inside.length / times.length;
    };
    const realValues = readSurvivalAt(curve, evenTimes);
    const differences = readSurvivalAt(drawn, evenTimes).map((value, k) => Math.abs(value - realValues[k]!));
    return {
      stratum,
      realPatients: realPart.patientIds.length,
      evenTimes: insideAt(evenTimes),
      deathTimes: insideAt(deathTimes),
      largestDifference: Math.max(...differences),
    };
  });
}

function takeStratum(cohort: Cohort, stratum: BandCoverage["stratum"]): Cohort {
  if (stratum === "all") return cohort;
  const wanted = stratum === "metastatic" ? 1 : 0;
  const rows = [...cohort.patientIds.keys()].filter((row) => cohort.clinical.metastasis[row] === wanted);
  return selectPatients(cohort, rows);
}

function estimateOf({ clinical }: Cohort) {
  return estimateKaplanMeier(clinical.survivalTimeDays, clinical.event);
}
