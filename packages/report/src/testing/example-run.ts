import type { RunFacts } from "../run-facts.ts";

export const exampleRun: RunFacts = {
  runId: "2026-11-24-a1",
  createdAt: "2026-11-24T09:00:00Z",
  osteonVersion: "0.1.0",
  family: "factor-copula",
  modelVersion: "0123456789abcdef",
  sourceKind: "demonstration cohort",
  inference: {
    trainingPatients: 81,
    effectiveSampleSize: {
      trainingPatients: 81,
      refits: 20,
      effectivePatients: 61.4,
      groups: [
        {
          group: "hazard",
          title: "log hazard ratio of metastasis",
          estimands: 1,
          effectivePatients: 61.4,
          lower: 49,
          upper: 81,
        },
        {
          group: "mean",
          title: "mean expression of a gene",
          estimands: 20,
          effectivePatients: 78,
          lower: 74,
          upper: 81,
        },
        {
          group: "effect",
          title: "effect of a mutation",
          estimands: 0,
          effectivePatients: null,
          lower: null,
          upper: null,
        },
      ],
    },
    smallestCell: 5,
  },
};
