import type { RunFacts } from "../run-facts.ts";

export const exampleRun: RunFacts = {
  runId: "2026-11-24-a1",
  createdAt: "2026-11-24T09:00:00Z",
  osteonVersion: "0.1.0",
  family: "factor-copula",
  modelVersion: "0123456789abcdef",
  sourceKind: "demonstration cohort",
  effectiveSampleSize: { syntheticPatients: 10_000, worthPatients: 61 },
};
