import { fitConditionFloor } from "@osteon/generator";
import type { ServedModel } from "@osteon/service";
import { createSimulatedSynthesiser } from "../../../packages/service/src/testing/simulated-synthesiser.ts";

/** A simulated model with unknown values, with a floor under its conditions, and with all that a package tells. */
export async function createDescribedModel(): Promise<ServedModel> {
  const request = { conditions: {}, seed: 1, firstIndex: 0, count: 300 };
  const { cohort } = await createSimulatedSynthesiser().generate(request);
  const conditionFloor = fitConditionFloor(cohort, { smallestCell: 5 });
  return {
    ...createSimulatedSynthesiser({ unknownEvery: 7, conditionFloor }),
    description: {
      family: "factor-copula",
      trained_at: "2026-11-20T09:30:00.000Z",
      osteon_version: "0.1.0",
      training_patients: 300,
      evaluation: {
        gate: { passed: false, reasons: ["privacy: not passed"] },
        biological_score: { value: 0.68, lower: 0.51, upper: null },
        scores: { pathway_correlation: { value: 0.94, lower: 0.87, upper: 1.02 } },
      },
      differential_privacy: { epsilon: 4, delta: 1e-6, rho: 0.2 },
    },
    card: { markdown: "# Model card\n", json: { title: "Model card", sections: [], appliedModelCard: {} } },
  };
}
