import type { SyntheticPatient } from "@osteon/contracts";
import { estimateKaplanMeier, readQuantile } from "@osteon/survival";

export const daysPerYear = 365.25;

/** A Kaplan–Meier curve to be drawn. */
export interface SurvivalSeries {
  readonly name: string;
  readonly kind: "real" | "synthetic";
  readonly patients: number;
  readonly deaths: number;
  readonly timesDays: readonly number[];
  readonly survival: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** Times of those censored, with the height of the curve there; empty where that is not known. */
  readonly censored: readonly { readonly timeDays: number; readonly survival: number }[];
  /** Everybody's own time, for the table of numbers at risk; empty where that is not told. */
  readonly followUpDays: readonly number[];
  /** Undefined where fewer than half died. */
  readonly medianDays: number | undefined;
}

/** Later nobody is followed in most cohorts, years. */
const longestAxis = 15;

/** Where an axis of time ends on which all of the curves are seen, years. */
export function yearsOf(curves: readonly SurvivalSeries[]): number {
  const longest = Math.max(1, ...curves.map(({ timesDays }) => (timesDays.at(-1) ?? 0) / daysPerYear));
  return Math.min(longest, longestAxis);
}

/** Fewer make no curve. */
const fewestPatients = 5;

/** The curve of generated patients with known survival; null where there are too few. */
export function estimateSeries(name: string, patients: readonly SyntheticPatient[]): SurvivalSeries | null {
  const known = patients.flatMap(({ clinical: { survival_days, event_occurred } }) =>
    survival_days === null || event_occurred === null ? [] : [{ time: survival_days, event: event_occurred }],
  );
  if (known.length < fewestPatients) return null;
  const curve = estimateKaplanMeier(
    Float64Array.from(known, ({ time }) => time),
    Int8Array.from(known, ({ event }) => event),
    { bandScale: "log-log" },
  );
  const steps = [...curve.timesDays.keys()];
  return {
    name,
    kind: "synthetic",
    patients: known.length,
    deaths: known.reduce((sum, { event }) => sum + event, 0),
    // The curve begins at 1.
    timesDays: [0, ...curve.timesDays],
    survival: [1, ...curve.survival],
    lower: [1, ...curve.lower],
    upper: [1, ...curve.upper],
    censored: steps.flatMap((k) =>
      curve.censored[k]! > 0 ? [{ timeDays: curve.timesDays[k]!, survival: curve.survival[k]! }] : [],
    ),
    followUpDays: known.map(({ time }) => time),
    medianDays: readQuantile(curve, 0.5).days,
  };
}
