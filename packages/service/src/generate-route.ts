import { Readable } from "node:stream";
import { generateAnswerSchema, generateRequestSchema, type GenerateRequest } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { drawSeed, type GeneratorSource } from "./generate-patients.ts";
import { problemResponses } from "./problem-responses.ts";
import { whenAnswered } from "./when-answered.ts";

const jsonMediaType = "application/json; charset=utf-8";

/** Adds `POST /generate`. */
export function addGenerateRoute(
  app: FastifyInstance,
  currentGenerator: GeneratorSource,
  authorise: (request: FastifyRequest) => Promise<void>,
  admitLoad: (request: FastifyRequest, reply: FastifyReply) => Promise<void>,
): void {
  app.post<{ Body: GenerateRequest }>("/generate", {
    schema: {
      operationId: "generatePatients",
      summary: "Generate synthetic patients",
      description:
        "Draws patients from the loaded model under the given clinical profile. The same request and seed give " +
        "the same patients, to the bit. They are simulated: for research only, not for clinical decisions.",
      tags: ["generation"],
      security: [{ bearer: [] }],
      body: generateRequestSchema,
      response: {
        // Documents the answer. It is written as bytes, which the framework passes on as they are.
        200: {
          description: "The generated patients",
          content: { "application/json": { schema: generateAnswerSchema } },
        },
        ...problemResponses({
          400: "The body is not well-formed JSON",
          401: "No access token, or one that is not accepted",
          403: "The access token is not for this",
          413: "The body is too large",
          415: "The body is not declared as JSON",
          422:
            "A field is outside its allowed range, or not known; or too few of the patients that the model was " +
            "trained on are like the profile (code generator.rare-profile), and `errors` names the fields to leave out",
          500: "The service failed",
          503: "No model is loaded, or too much is under way; Retry-After says when to come again",
        }),
      },
    },
    onRequest: authorise,
    preHandler: admitLoad,
    handler: async (request, reply) => {
      const generator = currentGenerator();
      if (generator === undefined) {
        throw osteonError("service.no-model", {});
      }
      whenAnswered(reply, generator.hold());
      const seeded = { ...request.body, seed: request.body.seed ?? drawSeed() };
      request.patientCount = seeded.count;
      void reply.type(jsonMediaType);
      if (seeded.count === 1) {
        return reply.send(await generator.writeSingle(seeded));
      }
      const pieces = generator.writeList(seeded);
      // The first piece comes before the status line, so that a model that fails is answered with a problem.
      const first = await pieces.next();
      const rest = rememberFailure(pieces, (error) => (request.failure = error));
      return reply.send(Readable.from(prepend(first, rest), { objectMode: false }));
    },
  });
}

async function* prepend(first: IteratorResult<Buffer, void>, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  if (first.done !== true) {
    yield first.value;
  }
  yield* rest;
}

/** After the status line an error can only break the answer off: the operator must learn why. */
async function* rememberFailure(
  pieces: AsyncIterable<Buffer>,
  remember: (error: unknown) => void,
): AsyncGenerator<Buffer> {
  try {
    yield* pieces;
  } catch (error) {
    remember(error);
    throw error;
  }
}
