import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { describeFailure, type ServiceObserver } from "./request-event.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** What ended the request, for its event. */
    failure: unknown;
    /** Patients asked for, once that is known; undefined where the framework refused before any hook. */
    patientCount: number | undefined;
  }
}

/** Reports every request that reaches a hook. */
export function observeRequests(app: FastifyInstance, observer: ServiceObserver): void {
  app.decorateRequest("failure", undefined);
  app.decorateRequest("patientCount", 0);
  app.addHook("onRequest", async (request, reply) => observeRequest(request, reply, observer));
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
      patientCount: request.patientCount ?? 0,
      ...(request.failure === undefined ? {} : { failure: describeFailure(request.failure) }),
    });
  });
}
