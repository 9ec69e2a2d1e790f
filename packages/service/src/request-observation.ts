import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { describeFailure, type RequestFinished, type ServiceObserver } from "./request-event.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** What ended the request, for its event. */
    failure: unknown;
    /** Patients asked for, once that is known; undefined where the framework refused before any hook. */
    patientCount: number | undefined;
    /** When its handler took it, and when its answer was there whole, by `performance.now()`. */
    handledFrom: number | undefined;
    handledUntil: number | undefined;
  }
}

/** Reports every request that reaches a hook. */
export function observeRequests(app: FastifyInstance, observer: ServiceObserver): void {
  app.decorateRequest("failure", undefined);
  app.decorateRequest("patientCount", 0);
  app.decorateRequest("handledFrom", undefined);
  app.decorateRequest("handledUntil", undefined);
  app.addHook("onRequest", async (request, reply) => observeRequest(request, reply, observer));
  app.addHook("preHandler", async (request) => void (request.handledFrom = performance.now()));
  app.addHook("onSend", async (request, _reply, payload) => {
    const finish = (): void => void (request.handledUntil = performance.now());
    if (payload instanceof Readable) payload.once("close", finish);
    else finish();
  });
}

/** Gives an answer its `X-Request-Id` and reports its request once, when the connection is done with it. */
export function observeRequest(request: FastifyRequest, reply: FastifyReply, observer: ServiceObserver): void {
  const startedAt = performance.now();
  let completed = false;
  void reply.header("x-request-id", request.id);
  // "close" follows both an answer sent whole and one that broke off; "finish" only the former.
  reply.raw.once("finish", () => (completed = true));
  reply.raw.once("close", () => {
    observer.onRequestFinished?.({
      requestId: request.id,
      ...(request.principal === undefined ? {} : { principal: request.principal.id }),
      ...(request.tokenRefusal === undefined ? {} : { tokenRefusal: request.tokenRefusal }),
      method: request.method,
      route: request.routeOptions.url ?? "(unknown)",
      status: reply.raw.statusCode,
      completed,
      durationMs: performance.now() - startedAt,
      ...handlingOf(request, startedAt),
      ...traceParentOf(request),
      patientCount: request.patientCount ?? 0,
      ...(request.failure === undefined ? {} : { failure: describeFailure(request.failure) }),
    });
  });
}

function handlingOf(
  { handledFrom, handledUntil }: FastifyRequest,
  startedAt: number,
): Pick<RequestFinished, "handled"> {
  if (handledFrom === undefined) return {};
  const until = handledUntil ?? performance.now();
  return { handled: { fromMs: handledFrom - startedAt, untilMs: until - startedAt } };
}

/** Version 00 of the header, which newer ones have to begin like. */
const traceParentForm = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

function traceParentOf({ headers }: FastifyRequest): Pick<RequestFinished, "traceParent"> {
  const { traceparent } = headers;
  return typeof traceparent === "string" && traceParentForm.test(traceparent) ? { traceParent: traceparent } : {};
}
