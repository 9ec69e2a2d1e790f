import { expect, it } from "vitest";
import { summariseScores } from "./summarise-scores.ts";

it("gives R's quartiles of every gene set that somebody has a score of", () => {
  const clinical = { survival_days: null, event_occurred: null, age_years: null, metastasis: null };
  const patients = [4, 1, 3, 2, null].map((score, index) => ({
    index,
    clinical,
    mutations: {},
    copy_number: {},
    expression: {},
    pathways: { SET: score, NOBODY: null },
  }));
  // R: quantile(1:4, c(.25, .5, .75)) is 1.75, 2.5, 3.25.
  expect(summariseScores(patients)).toEqual([{ name: "SET", lower: 1.75, median: 2.5, upper: 3.25 }]);
  expect(summariseScores([])).toEqual([]);
});
