import { Readable } from "node:stream";
import { answerQuerySchema, generateRequestSchema, type AnswerQuery, type GenerateRequest } from "@osteon/contracts";
import { OsteonError, osteonError } from "@osteon/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { answerFormats, mediaTypesOfFormats, type AnswerForm } from "./answer-formats/answer-format.ts";
import { negotiate } from "./answer-formats/negotiate.ts";
import { provenanceHeaders } from "./answer-formats/provenance-headers.ts";
import { generateHeadersSchema, generateResponses } from "./generate-description.ts";
import { drawSeed, type GeneratorSource } from "./generate-patients.ts";
import { recordAnswer, type GenerationAudit } from "./generation-audit.ts";
import { readIdempotencyKey } from "./idempotency/idempotency-key.ts";
import { RememberedRequests, type KeyedRequest } from "./idempotency/remembered-requests.ts";
import { readSelection } from "./selection/read-selection.ts";
import { whenAnswered } from "./when-answered.ts";

/** What stands between a request and its patients. */
export interface GenerateGuards {
  /** Before the body is read. */
  readonly authorise: (request: FastifyRequest) => Promise<void>;
  /** In order, once it is known what is asked. */
  readonly admissions: readonly ((request: FastifyRequest, reply: FastifyReply) => Promise<void>)[];
  readonly audit: GenerationAudit;
}

/** Adds `POST /generate`. */
export function addGenerateRoute(
  app: FastifyInstance,
  currentGenerator: GeneratorSource,
  { authorise, admissions, audit }: GenerateGuards,
): void {
  const remembered = new RememberedRequests();
  app.post<{ Body: GenerateRequest; Querystring: AnswerQuery }>("/generate", {
    schema: {
      operationId: "generatePatients",
      summary: "Generate synthetic patients",
      description:
        "Draws patients from the loaded model under the given clinical profile. The same request and seed give " +
        "the same patients, to the bit, in whatever format and selection. They are simulated: for research only, " +
        "not for clinical decisions.",
      tags: ["generation"],
      security: [{ bearer: [] }],
      headers: generateHeadersSchema,
      querystring: answerQuerySchema,
      body: generateRequestSchema,
      response: generateResponses,
    },
    onRequest: authorise,
    preHandler: [...admissions],
    handler: async (request, reply) => {
      const { body, headers } = request;
      const format = negotiate(headers.accept, mediaTypesOfFormats);
      const key = readIdempotencyKey(headers["idempotency-key"]);
      const generator = currentGenerator();
      if (generator === undefined) {
        throw osteonError("service.no-model", {});
      }
      whenAnswered(reply, generator.hold());
      const { modelVersion, trainedOnSimulatedPatients } = generator;
      const vocabulary = await generator.vocabulary();
      const selection = readSelection(request.query, vocabulary);
      const keyed = key === undefined ? undefined : { principal: request.principal!.id, key, body, modelVersion };
      const seed = seedOf(body, keyed, remembered);
      const { count } = body;
      const form: AnswerForm = {
        format,
        modelVersion,
        trainedOnSimulatedPatients,
        seed,
        count,
        ...(selection && { selection }),
      };
      request.patientCount = count;
      const clientGone = new AbortController();
      // Only where it is so: the error that a signal makes of itself costs as much as a tenth of a small answer.
      reply.raw.once("close", () => reply.raw.writableFinished || clientGone.abort());
      const pieces = generator.write(body, form, clientGone.signal);
      // The first piece comes before the status line, so that a model that fails is answered with a problem.
      const asked = { modelVersion, format, patientCount: count, seed, profile: body };
      const first = await recordAnswer(audit, request, asked, () => pieces.next()).catch((error: unknown) => {
        if (keyed !== undefined && isRefusal(error)) remembered.forget(keyed);
        throw error;
      });
      void reply.type(answerFormats[format].contentType).headers(provenanceHeaders(form, vocabulary.expressionUnit));
      void reply.header("vary", "Accept");
      if (first.done !== true && (count === 1 || !answerFormats[format].inPieces)) {
        return first.value;
      }
      const rest = rememberFailure(pieces, (error) => (request.failure = error));
      return Readable.from(prepend(first, rest), { objectMode: false });
    },
  });
}

function seedOf(body: GenerateRequest, keyed: KeyedRequest | undefined, remembered: RememberedRequests): number {
  const draw = () => body.seed ?? drawSeed();
  return keyed === undefined ? draw() : remembered.seedOf(keyed, draw);
}

/** A request that is refused for what it asks gives no patients, so its key may be used for it put right. */
function isRefusal(error: unknown): boolean {
  return error instanceof OsteonError && error.definition.status === 422;
}

async function* prepend(
  first: IteratorResult<Uint8Array, void>,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (first.done !== true) {
    yield first.value;
  }
  yield* rest;
}

/** After the status line an error can only break the answer off: the operator must learn why. */
async function* rememberFailure(
  pieces: AsyncIterable<Uint8Array>,
  remember: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (error) {
    remember(error);
    throw error;
  }
}
