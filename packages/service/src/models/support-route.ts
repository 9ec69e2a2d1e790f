import { profileSchema, profileSupportSchema, type Profile, type ProfileSupport } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { checkConditions, conditionsOfProfile, type ConditionFloor, type Conditions } from "@osteon/generator";
import type { FastifyInstance } from "fastify";
import type { ScopeGuard } from "../authentication/require-scope.ts";
import type { ModelSource } from "../model-source.ts";
import { accessRefusals, bodyRefusals, problemResponses } from "../problem-responses.ts";

/** Made once: a name that several schemas have is told by another name in the interface. */
const namedProfileSchema = profileSchema.meta({ id: "Profile", description: "A clinical profile" });

/** Adds `POST /models/current/support`; a POST, so that no profile stands in an address, which others write down. */
export function addSupportRoute(app: FastifyInstance, model: ModelSource, requireScope: ScopeGuard): void {
  app.post<{ Body: Profile }>("/models/current/support", {
    schema: {
      operationId: "checkProfile",
      summary: "Whether enough training patients are behind a profile",
      description: "Generates nothing. Tells which values of each condition are allowed with the others as they are.",
      tags: ["models"],
      security: [{ session: [] }, { bearer: [] }],
      body: namedProfileSchema,
      response: {
        200: { description: "What is allowed", content: { "application/json": { schema: profileSupportSchema } } },
        ...problemResponses({
          ...accessRefusals,
          ...bodyRefusals,
          422: "A field is outside its allowed range, or not known",
          503: "No model is loaded",
        }),
      },
    },
    onRequest: requireScope("generate"),
    handler: async (request) => {
      const synthesiser = model();
      if (synthesiser === undefined) throw osteonError("service.no-model", {});
      return describeSupport(synthesiser.conditionFloor, request.body);
    },
  });
}

/** What a floor allows around a profile. */
export function describeSupport(floor: ConditionFloor | null, profile: Profile): ProfileSupport {
  const conditions = conditionsOfProfile(profile);
  const allows = (change: Conditions) => checkConditions(floor, { ...conditions, ...change }).allowed;
  const intervals = (edges: readonly number[], change: (value: number) => Conditions) =>
    edges.slice(0, -1).map((from, k) => {
      const to = edges[k + 1]!;
      return { from, to, allowed: allows(change((from + to) / 2)) };
    });
  const codes = (change: (value: 0 | 1) => Conditions) =>
    ([0, 1] as const).map((value) => ({ value, allowed: allows(change(value)) }));
  const check = checkConditions(floor, conditions);
  const smallest = floor === null ? 1 : floor.smallestCell;
  return {
    smallest_cell: Number.isFinite(smallest) ? smallest : null,
    allowed: check.allowed,
    loosen: check.allowed ? [] : check.loosen.map((fields) => [...fields]),
    survival_time: intervals(floor?.survivalEdgesDays ?? [0, 36_525], (survivalTimeDays) => ({ survivalTimeDays })),
    age: intervals(floor?.ageEdgesYears ?? [0, 89], (ageYears) => ({ ageYears })),
    event_occurred: codes((event) => ({ event })),
    metastasis: codes((metastasis) => ({ metastasis })),
  };
}
