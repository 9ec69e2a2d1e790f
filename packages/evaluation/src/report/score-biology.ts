import { mean, sampleVariance } from "@osteon/numerics";
import { jackknifeError, type Calibration } from "./calibrate.ts";
import type { BiologicalScore, MetricReport } from "./validation-report.ts";

/** The seed's line on its raw score; kept here for the calibrated one. */
export const seedGate = 0.85;

/**
 * Mean calibrated value over the informative biological metrics. Each is held within 0 … 1: better than
 * real in one metric must not pay for worse in another.
 */
export function scoreBiology(metrics: readonly MetricReport[], calibrations: readonly Calibration[]): BiologicalScore {
  const chosen = calibrations.filter((_, k) => metrics[k]!.group === "biology" && metrics[k]!.calibrated.informative);
  const names = metrics
    .filter(({ group, calibrated }) => group === "biology" && calibrated.informative)
    .map(({ name }) => name);
  const composite = (role: "synthetic" | "freshReal", repeat: number) =>
    mean(chosen.map((calibration) => withinUnit(calibration[role][repeat] ?? calibration.result.value ?? 0)));
  const repeats = Array.from({ length: Math.max(0, ...chosen.map(({ freshReal }) => freshReal.length)) }, (_, r) => r);
  const synthetic = repeats.map((repeat) => composite("synthetic", repeat));
  const freshReal = repeats.map((repeat) => composite("freshReal", repeat));
  const seed = metrics.find(({ name }) => name === "overall_biological_score");
  const raw = seed?.wholeFile ?? null;
  const real = seed?.freshReal.value ?? null;
  return {
    calibrated: chosen.length === 0 ? null : mean(chosen.map(({ result }) => withinUnit(result.value ?? 0))),
    standardError: repeats.length < 2 ? null : Math.sqrt(sampleVariance(synthetic) + jackknifeError(freshReal) ** 2),
    metrics: names,
    seedRaw: raw,
    seedFreshReal: real,
    seedPhotocopy: seed?.photocopy.value ?? null,
    seedFloor: seed?.floor.value ?? null,
    meaning: explainSeedScore(real, seed?.photocopy.value ?? null),
  };
}

export function explainSeedScore(real: number | null, photocopy: number | null): string {
  if (real === null || photocopy === null)
    return "The seed's raw score cannot be computed among the real patients here.";
  const gate = real > seedGate ? "which fresh real patients pass here" : "which fresh real patients do not pass here";
  return (
    `The seed's gate on its raw score is ${seedGate}, ${gate} (they get ${real.toFixed(2)}; a photocopy of the training ` +
    `patients gets ${photocopy.toFixed(2)}). Judge by the calibrated score and the memorisation flags.`
  );
}

export function withinUnit(value: number): number {
  return Math.max(0, Math.min(1, value));
}
