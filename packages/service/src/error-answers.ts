import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import { problemMediaType, type FieldProblem, type Profile } from "@osteon/contracts";
import { OsteonError, osteonError } from "@osteon/errors";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { describeRareProfile } from "./describe-rare-profile.ts";
import { describeValidation } from "./describe-validation.ts";
import type { ModelSource } from "./model-source.ts";
import { problemOf } from "./problem.ts";
import { RefusedFields } from "./refused-fields.ts";
import { describeFailure, type ServiceObserver } from "./request-event.ts";
import { translateError } from "./translate-error.ts";

const retryUnavailableSeconds = 5;

/**
 * Makes the handler that answers every error of a route with a problem document.
 *
 * @param model whose floor explains a profile that it refused
 */
export function createErrorHandler(bodyLimitBytes: number, model: ModelSource) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const refused = refusedFieldsOf(error, request);
    if (refused !== undefined) {
      return answer(refused, request, reply, refused.fields);
    }
    const rareness = describeRareProfile(error, request.body as Profile, model()?.conditionFloor ?? null);
    return answer(translateError(error, bodyLimitBytes), request, reply, rareness);
  };
}

function answer(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  errors?: readonly FieldProblem[],
): FastifyReply {
  request.failure = error;
  const problem = problemOf(error, request.id, errors);
  if (problem.status === 401) {
    const reason = problem.code === "service.token-missing" ? "" : ', error="invalid_token"';
    void reply.header("www-authenticate", `Bearer realm="osteon"${reason}`);
  }
  const { scope, retryAfterSeconds = problem.status === 503 ? retryUnavailableSeconds : undefined } =
    error instanceof OsteonError ? error.parameters : {};
  if (problem.code === "service.scope-missing") {
    void reply.header("www-authenticate", `Bearer realm="osteon", error="insufficient_scope", scope="${scope}"`);
  }
  if (retryAfterSeconds !== undefined) {
    void reply.header("retry-after", String(retryAfterSeconds));
  }
  return reply.code(problem.status).type(problemMediaType).send(JSON.stringify(problem));
}

/** What the framework found wrong with a body or a query, by the schema that the route has for it. */
function refusedFieldsOf(error: unknown, request: FastifyRequest): RefusedFields | undefined {
  if (error instanceof RefusedFields || !(error instanceof Error)) {
    return error instanceof RefusedFields ? error : undefined;
  }
  const { validation, validationContext = "body" } = error as FastifyError;
  const schema = request.routeOptions.schema?.[validationContext as "body" | "querystring"];
  if (validation === undefined || !(schema instanceof z.ZodObject)) {
    return undefined;
  }
  return new RefusedFields(describeValidation(validation, schema));
}

/** Refuses addresses and methods that no route takes, before a body is read. */
export function refuseUnknownRoutes(app: FastifyInstance, methodsOfPath: ReadonlyMap<string, readonly string[]>): void {
  app.addHook("onRequest", async (request, reply) => {
    if (!request.is404) {
      return;
    }
    const path = request.url.split("?", 1)[0]!;
    const allowed = methodsOfPath.get(path)?.join(", ");
    if (allowed === undefined) {
      throw osteonError("service.route-not-found", {});
    }
    void reply.header("allow", allowed);
    throw osteonError("service.method-not-allowed", { allowed });
  });
}

/**
 * Answers a connection whose bytes never became a request: not HTTP, headers too large, too slow. No
 * route sees it, so the answer is written to the socket.
 */
export function answerClientError(error: Error, socket: Socket, observer: ServiceObserver): void {
  if (!socket.writable || (error as NodeJS.ErrnoException).code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const requestId = randomUUID();
  const refusal = translateError(Object.assign(error, { statusCode: 400 }), 0);
  const problem = problemOf(refusal, requestId);
  // A request that came before on this connection may be in the middle of its answer.
  const answering = (socket as Socket & { _httpMessage?: ServerResponse | null })._httpMessage;
  if (answering?.headersSent !== true) {
    const body = JSON.stringify(problem);
    socket.write(
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\nContent-Type: ${problemMediaType}\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  }
  socket.destroySoon();
  observer.onRequestFinished?.({
    requestId,
    method: "(unknown)",
    route: "(unknown)",
    status: problem.status,
    completed: false,
    durationMs: 0,
    patientCount: 0,
    failure: describeFailure(refusal),
  });
}
