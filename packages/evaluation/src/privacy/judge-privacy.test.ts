import { describe, expect, it } from "vitest";
import type { RankingOutcome } from "./attack-outcome.ts";
import { judgeAttack, judgeLikelihoodRatio } from "./judge-privacy.ts";
import type { LikelihoodRatioAttack } from "./likelihood-ratio-attack.ts";

const limits = {
  significance: 0.02,
  negligibleAuc: 0.55,
  noticeableAuc: 0.7,
  noticeableAdvantage: 0.3,
  worstPatient: 0.8,
};
const ranking = (value: number, half: number): RankingOutcome => ({
  kind: "ranking",
  members: 700,
  others: 300,
  pValue: 0.001,
  auc: { value, lower: value - half, upper: value + half },
  nullRange: [0.49, 0.51],
});
const shadowed = (value: number, half: number) =>
  ({
    auc: { value, lower: value - half, upper: value + half },
    meanNullRange: [0.49, 0.51],
  }) as unknown as LikelihoodRatioAttack;

describe.each([
  {
    what: "an attack on the file",
    judge: (value: number, half: number, p: number) => judgeAttack(ranking(value, half), p, limits),
  },
  {
    what: "LiRA",
    judge: (value: number, half: number, p: number) => judgeLikelihoodRatio(shadowed(value, half), p, limits),
  },
])("$what", ({ judge }) => {
  it("fails what it finds beyond chance", () => {
    expect(judge(0.6, 0.02, 0.001)).toEqual({ verdict: "fails", reading: "AUC 0.60, chance reaches 0.51" });
    // Small, and it cannot be excluded that it matters.
    expect(judge(0.54, 0.02, 0.001).verdict).toBe("fails");
  });
  it("passes what it finds beyond chance and is surely a trifle, and says so", () => {
    const { verdict, reading } = judge(0.52, 0.01, 0.001);
    expect(verdict).toBe("passes");
    expect(reading).toContain("surely under 0.55");
  });
  it("passes what chance explains", () => {
    expect(judge(0.505, 0.1, 0.4)).toEqual({ verdict: "passes", reading: "AUC 0.51, chance reaches 0.51" });
  });
});
