import { createPathwayScorer, type GeneSet } from "@osteon/features";
import { refuseRareConditions } from "./condition-floor/check-conditions.ts";
import type { ConditionFloor } from "./condition-floor/condition-floor.ts";
import type { GenerativeModel, SampleRequest } from "./model.ts";
import type { Synthesiser, SyntheticCohort } from "./synthesiser.ts";

/** What a synthesiser is made of. */
export interface SynthesiserParts {
  readonly model: GenerativeModel;
  readonly geneSets: readonly GeneSet[];
  /** Sets with fewer of the model's genes are not scored. */
  readonly minimumSetGenes: number;
  readonly modelVersion: string;
  readonly trainedOnSimulatedPatients: boolean;
  readonly conditionFloor: ConditionFloor | null;
}

/** Pairs a model with the scoring of pathways, which are computed from the expression it generates. */
export async function createSynthesiser({
  model,
  geneSets,
  minimumSetGenes,
  ...identity
}: SynthesiserParts): Promise<Synthesiser> {
  const { expression } = await model.sample({ conditions: {}, seed: 0, firstIndex: 0, count: 0 });
  const scorer = createPathwayScorer(expression.genes, geneSets, { minimumGenes: minimumSetGenes });
  return {
    ...identity,
    profileCache: () => model.profileCache ?? { hits: 0, misses: 0 },
    async generate(request: SampleRequest): Promise<SyntheticCohort> {
      refuseRareConditions(identity.conditionFloor, request.conditions);
      const cohort = await model.sample(request);
      return { cohort, pathways: scorer.scoreTable(cohort.expression) };
    },
  };
}
