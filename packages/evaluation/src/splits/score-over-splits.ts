import { mean } from "@osteon/numerics";
import type { CalibratedScore, MetricEvaluation } from "../report/evaluation-report.ts";
import { explainSeedScore, withinUnit } from "../report/score-biology.ts";
import type { SplitCalibration } from "./calibrate-over-splits.ts";
import { averageOverSplits, halfInterval, type SplitDesign } from "./split-mean.ts";

/**
 * Groups whose floor has something right: independent marginals have the distributions of single variables, and fresh
 * real patients of stratified splits have the hold-out's very share of deaths. Nothing is called lost there.
 */
const withRightFloor: readonly string[] = ["distribution", "survival", "seed"];

/**
 * Mean calibrated value over the informative biological metrics, each held within 0 … 1: better than real in one
 * metric must not pay for worse in another. The interval is of the mean without that hold, which only narrows it, and
 * is held within 0 … 1 in turn.
 */
export function scoreOverSplits(
  metrics: readonly MetricEvaluation[],
  calibrations: readonly SplitCalibration[],
  design: SplitDesign,
): CalibratedScore {
  const chosen = metrics.flatMap(({ name, group, calibrated }, k) =>
    group === "biology" && calibrated.informative ? [{ name, calibration: calibrations[k]! }] : [],
  );
  const seed = metrics.find(({ name }) => name === "overall_biological_score");
  const [real, photocopy] = [seed?.freshReal.value ?? null, seed?.photocopy.value ?? null];
  const shared = {
    metrics: chosen.map(({ name }) => name),
    lost: metrics
      .filter(({ group }, k) => !withRightFloor.includes(group) && calibrations[k]!.lost)
      .map(({ name }) => name),
    seedRaw: seed?.synthetic.value ?? null,
    seedFreshReal: real,
    seedPhotocopy: photocopy,
    seedFloor: seed?.floor.value ?? null,
    meaning: explainSeedScore(real, photocopy),
  };
  if (chosen.length === 0) return { calibrated: null, standardError: null, lower: null, upper: null, ...shared };
  const calibrated = mean(chosen.map(({ calibration }) => withinUnit(calibration.result.value ?? 0)));
  const spread = averageOverSplits(
    chosen[0]!.calibration.bySplit.map((_, split) =>
      mean(chosen.map(({ calibration }) => calibration.bySplit[split]!)),
    ),
    design,
  );
  const half = halfInterval(spread);
  return {
    calibrated,
    standardError: spread.standardError,
    lower: withinUnit(calibrated - half),
    upper: withinUnit(calibrated + half),
    ...shared,
  };
}
