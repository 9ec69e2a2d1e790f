import {
  describeAllowedValues,
  modelCardSchema,
  modelDescriptionSchema,
  profileSchema,
  type ModelDescription,
} from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { negotiate } from "../answer-formats/negotiate.ts";
import type { GeneratorSource } from "../generate-patients.ts";
import type { ModelSource, ServedModel } from "../model-source.ts";
import { problemResponses } from "../problem-responses.ts";
import { whenAnswered } from "../when-answered.ts";
import type { ModelVocabulary } from "../selection/model-vocabulary.ts";

const cardAddress = "/models/current/card";
const cardMediaTypes = { json: "application/json", markdown: "text/markdown" } as const;

const refusals = {
  401: "No access token, or one that is not accepted",
  403: "The access token is not for this",
  429: "The access token came too often; see Retry-After",
  500: "The service failed",
  503: {
    description: "No model is loaded, or the access token cannot be checked now",
    examples: [osteonError("service.no-model", {}), osteonError("service.identity-provider-unavailable", {})],
  },
};

/** Adds `GET /models/current` and `GET /models/current/card`: what the model on air is, for those who may use it. */
export function addCurrentModelRoutes(
  app: FastifyInstance,
  model: ModelSource,
  currentGenerator: GeneratorSource,
  authorise: (request: FastifyRequest) => Promise<void>,
): void {
  app.get("/models/current", {
    schema: {
      operationId: "readCurrentModel",
      summary: "The model on air: version, scores, genes, gene sets, conditions",
      tags: ["generation"],
      security: [{ bearer: [] }],
      response: {
        200: { description: "What the model is", content: { "application/json": { schema: modelDescriptionSchema } } },
        ...problemResponses(refusals),
      },
    },
    onRequest: authorise,
    handler: async (_request, reply) => {
      const [served, generator] = [model(), currentGenerator()];
      if (served === undefined || generator === undefined) throw osteonError("service.no-model", {});
      whenAnswered(reply, generator.hold());
      return reply.send(describeModel(served, await generator.vocabulary()));
    },
  });

  app.get(cardAddress, {
    schema: {
      operationId: "readCurrentModelCard",
      summary: "The model card of the model on air",
      description: "As JSON, or as Markdown where the header Accept likes text/markdown better.",
      tags: ["generation"],
      security: [{ bearer: [] }],
      headers: z.looseObject({
        accept: z
          .string()
          .optional()
          .meta({ description: Object.values(cardMediaTypes).join(", ") }),
      }),
      response: {
        200: {
          description: "The model card",
          content: {
            [cardMediaTypes.json]: { schema: modelCardSchema },
            [cardMediaTypes.markdown]: {
              schema: z.string(),
              example: "# Model card: factor-copula 9f2c4be101a3d7e5\n\n## Model details\n",
            },
          },
        },
        ...problemResponses({
          ...refusals,
          404: { description: "The model has no card", examples: [osteonError("service.no-card", {})] },
          406: {
            description: "None of the media types that are accepted can be given",
            examples: [osteonError("service.not-acceptable", { offered: Object.values(cardMediaTypes).join(", ") })],
          },
        }),
      },
    },
    onRequest: authorise,
    handler: async (request, reply) => {
      const form = negotiate(request.headers.accept, cardMediaTypes);
      const served = model();
      if (served === undefined) throw osteonError("service.no-model", {});
      if (!served.card) throw osteonError("service.no-card", {});
      void reply.header("vary", "Accept");
      return form === "markdown"
        ? reply.type("text/markdown; charset=utf-8").send(served.card.markdown)
        : reply.type("application/json; charset=utf-8").send(served.card.json);
    },
  });
}

function describeModel(served: ServedModel, vocabulary: ModelVocabulary): ModelDescription {
  const { modelVersion, trainedOnSimulatedPatients, conditionFloor, description, card } = served;
  const { expressionUnit, pathways, mutations, copy_number, expression } = vocabulary;
  const smallestCell = conditionFloor === null ? 1 : conditionFloor.smallestCell;
  return {
    model_version: modelVersion,
    trained_on_simulated_patients: trainedOnSimulatedPatients,
    ...(description ?? unknownPackage),
    expression_unit: expressionUnit,
    genes: { mutations: [...mutations], copy_number: [...copy_number], expression: [...expression] },
    pathways: [...pathways],
    conditions: Object.entries(profileSchema.shape).map(([field, schema]) => ({
      field,
      allowed: describeAllowedValues(schema),
    })),
    // The floor of a package that has none lets no condition through.
    smallest_cell: Number.isFinite(smallestCell) ? smallestCell : null,
    card: card ? cardAddress : null,
  };
}

const unknownPackage = {
  family: null,
  trained_at: null,
  osteon_version: null,
  training_patients: null,
  evaluation: null,
  differential_privacy: null,
};
