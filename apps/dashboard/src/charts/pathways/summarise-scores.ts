import type { SyntheticPatient } from "@osteon/contracts";

/** Where the scores of a gene set lie among patients. */
export interface ScoreSpread {
  readonly name: string;
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

/** Median and quartiles of every gene set's score; sets that nobody has a score of are left out. */
export function summariseScores(patients: readonly SyntheticPatient[]): readonly ScoreSpread[] {
  return Object.keys(patients[0]?.pathways ?? {}).flatMap((name) => {
    const scores = Float64Array.from(patients, ({ pathways }) => pathways[name] ?? Number.NaN)
      .filter((score) => !Number.isNaN(score))
      .toSorted();
    if (scores.length === 0) return [];
    return [{ name, lower: quantile(scores, 0.25), median: quantile(scores, 0.5), upper: quantile(scores, 0.75) }];
  });
}

/** Between the neighbours in proportion, as R's type 7. */
function quantile(sorted: Float64Array, probability: number): number {
  const place = probability * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  return below + (place - Math.floor(place)) * (sorted[Math.ceil(place)]! - below);
}
