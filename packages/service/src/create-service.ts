import { randomUUID } from "node:crypto";
import helmet from "@fastify/helmet";
import fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import { createScopeGuard } from "./authentication/require-scope.ts";
import { addDrain } from "./drain.ts";
import { answerClientError, createErrorHandler, refuseUnknownRoutes } from "./error-answers.ts";
import { createGeneratorSource } from "./generate-patients.ts";
import { addGenerateRoute } from "./generate-route.ts";
import { addHealthRoute } from "./health-route.ts";
import { createLoadAdmission } from "./load/admit-load.ts";
import { addCurrentModelRoutes } from "./models/current-model-routes.ts";
import { addOpenApiRoute, collectOpenApi } from "./openapi-route.ts";
import { createPatientAdmission } from "./limits/patient-admission.ts";
import { createQuotas, noQuotas } from "./limits/quotas.ts";
import { sendRateLimitHeaders } from "./limits/rate-limit-headers.ts";
import { addMetricsRoute } from "./operations/metrics-route.ts";
import { addUsageRoute } from "./operations/usage-route.ts";
import { addProbeRoutes } from "./probe-routes.ts";
import { addReferenceRoute } from "./reference/reference-route.ts";
import { observeRequest, observeRequests } from "./request-observation.ts";
import { resolveServiceOptions, type ServiceOptions } from "./service-options.ts";
import { SessionStore } from "./sessions/session-store.ts";
import { addWebParts } from "./web-application/web-parts.ts";
import { secureContextOptions } from "./tls/replace-certificate.ts";

/**
 * Builds the HTTP service. It reads no environment and opens no port: the caller listens, and calls
 * `drain()`, which lets requests under way finish and takes no new connection.
 *
 * @example
 * const service = createService({ model: () => synthesiser, authenticator: acceptTokens([hashToken(token)]) });
 * await service.listen({ host: "127.0.0.1", port: 8080 });
 */
export function createService(options: ServiceOptions): FastifyInstance {
  const { model, observer, ...resolved } = resolveServiceOptions(options);
  const handleError = createErrorHandler(resolved.bodyLimitBytes, model);

  const headersTimeout = Math.min(resolved.headersTimeoutMs, resolved.requestTimeoutMs);
  // Node looks for requests that are late at intervals, by default every 30 s.
  const server = { headersTimeout, connectionsCheckingInterval: Math.min(1_000, headersTimeout) };
  const app = fastify({
    ...(resolved.tls === null
      ? { http: server }
      : { https: { ...server, handshakeTimeout: headersTimeout, ...secureContextOptions(resolved.tls) } }),
    trustProxy: resolved.trustedProxies.length === 0 ? false : [...resolved.trustedProxies],
    // The framework's own log quotes addresses and error messages; the observer's events do not.
    logger: false,
    bodyLimit: resolved.bodyLimitBytes,
    requestTimeout: resolved.requestTimeoutMs,
    connectionTimeout: resolved.connectionTimeoutMs,
    keepAliveTimeout: resolved.keepAliveTimeoutMs,
    // Ids are ours: one that a client sends could carry data into the log.
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    // While closing, a request on an open connection is still answered, with Connection: close.
    return503OnClosing: false,
    forceCloseConnections: "idle",
    frameworkErrors: (error, request, reply) => {
      // No hook runs for an address that cannot be decoded.
      observeRequest(request, reply, observer);
      void reply.headers({ "x-content-type-options": "nosniff", "cache-control": "no-store" });
      void handleError(error, request, reply);
    },
    clientErrorHandler: (error, socket) => answerClientError(error, socket, observer),
  } as FastifyServerOptions) as FastifyInstance;

  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(handleError);
  // Only JSON: a form or a text is answered with 415.
  app.removeContentTypeParser("text/plain");

  void app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    referrerPolicy: { policy: "no-referrer" },
    frameguard: { action: "deny" },
    // Over plain HTTP it would mean nothing, and from a test on localhost it would shut out all that listens there.
    strictTransportSecurity: resolved.strictTransport,
  });
  collectOpenApi(app);

  // ┌──────────────────────────────────────────────────────────────────────────────────────────┐
  // │ Hooks run in the order in which they are added. Helmet's must come first, so that refused │
  // │ requests have its headers too; the routes must come after the collector of the OpenAPI.   │
  // └──────────────────────────────────────────────────────────────────────────────────────────┘
  app.after(() => {
    const methodsOfPath = new Map<string, string[]>();
    app.addHook("onRoute", (route) => {
      methodsOfPath.set(route.url, [...(methodsOfPath.get(route.url) ?? []), ...[route.method].flat()]);
    });
    observeRequests(app, observer);
    const isDraining = addDrain(app);
    app.addHook("onRequest", async (_request, reply) => {
      void reply.header("cache-control", "no-store");
    });
    refuseUnknownRoutes(app, methodsOfPath);
    sendRateLimitHeaders(app);
    const quotas = resolved.limits === null ? noQuotas : createQuotas(resolved.limits, resolved.clock);
    const sessions = resolved.web.application === undefined ? undefined : new SessionStore();
    const requireScope = createScopeGuard(app, resolved.authenticator, quotas, sessions);
    const currentGenerator = createGeneratorSource(model, resolved.patientsPerTurn);
    addGenerateRoute(app, currentGenerator, {
      authorise: requireScope("generate"),
      // The load first: what is refused for it is not counted against anybody.
      admissions: [createLoadAdmission(app, resolved.loadLimits), createPatientAdmission(app, quotas)],
      audit: resolved.audit,
    });
    addCurrentModelRoutes(app, model, currentGenerator, requireScope("generate"));
    addHealthRoute(app, model);
    addProbeRoutes(app, model, isDraining);
    if (resolved.metrics !== null) addMetricsRoute(app, resolved.metrics, requireScope("metrics:read"));
    if (resolved.usage !== null) addUsageRoute(app, resolved.usage, requireScope("audit:read"));
    addOpenApiRoute(app);
    addReferenceRoute(app);
    addWebParts(app, { parts: resolved.web, model, sessions, requireScope });
  });
  return app;
}
