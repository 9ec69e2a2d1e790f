import { testLogRank } from "@osteon/survival";
import { rowsOfKnownSurvival, takeSurvival } from "../input/known-survival.ts";
import { computed, missing, type Metric } from "./metric.ts";

/** Log-rank chi-square, 1 degree of freedom, of the candidate's patients against the reference's. Source: Mantel 1966. */
export const logRankDistance: Metric = {
  name: "log_rank_chi_square",
  title: "deaths come as fast",
  group: "survival",
  unit: "χ²",
  better: "lower",
  compute: ({ reference, candidate }) => {
    const [real, other] = [reference, candidate].map(({ cohort: { clinical } }) =>
      takeSurvival(clinical, rowsOfKnownSurvival(clinical)),
    );
    if (real!.events.length === 0 || other!.events.length === 0)
      return missing("a side has no patient with known survival");
    const result = testLogRank(
      Float64Array.from([...real!.timesDays, ...other!.timesDays]),
      Int8Array.from([...real!.events, ...other!.events]),
      [...real!.events.map(() => 0), ...other!.events.map(() => 1)],
    );
    return result.degreesOfFreedom === 0
      ? missing("nobody died while both sides were at risk")
      : computed(result.chiSquare);
  },
};
