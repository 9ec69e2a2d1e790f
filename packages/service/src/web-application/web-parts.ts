import cookie from "@fastify/cookie";
import type { FastifyInstance } from "fastify";
import type { ScopeGuard } from "../authentication/require-scope.ts";
import type { ModelSource } from "../model-source.ts";
import type { ModelCatalogue } from "../models/model-catalogue.ts";
import { addModelRoutes } from "../models/model-routes.ts";
import { addMoveRoutes } from "../models/move-routes.ts";
import { addSupportRoute } from "../models/support-route.ts";
import { addAuditRoutes, type AuditSource } from "../operations/audit-routes.ts";
import { addDriftRoute, type DriftSource } from "../operations/drift-route.ts";
import { addRunEventsRoute, type RunProgressSource } from "../runs/run-events-route.ts";
import { addSessionRoutes } from "../sessions/session-routes.ts";
import type { SessionStore } from "../sessions/session-store.ts";
import { addWebApplication, type WebApplicationSource } from "./add-web-application.ts";

/** What the web application needs; each part has its routes only where it is given. */
export interface WebParts {
  /** The built files; with them browsers can sign in. */
  readonly application?: WebApplicationSource;
  readonly catalogue?: ModelCatalogue;
  /** A training run to be followed. */
  readonly run?: RunProgressSource;
  readonly audit?: AuditSource;
  readonly drift?: DriftSource;
}

interface WebContext {
  readonly parts: WebParts;
  readonly model: ModelSource;
  readonly sessions: SessionStore | undefined;
  readonly requireScope: ScopeGuard;
}

/** Adds the routes of the parts that are given. */
export function addWebParts(app: FastifyInstance, { parts, model, sessions, requireScope }: WebContext): void {
  const { application, catalogue, run, audit, drift } = parts;
  if (application !== undefined && sessions !== undefined) {
    void app.register(cookie);
    addWebApplication(app, application);
    addSessionRoutes(app, sessions, requireScope);
    addSupportRoute(app, model, requireScope);
  }
  if (catalogue !== undefined) {
    addModelRoutes(app, catalogue, requireScope);
    if (catalogue.moves !== null) addMoveRoutes(app, catalogue.moves, requireScope);
  }
  if (audit !== undefined) addAuditRoutes(app, audit, requireScope);
  if (drift !== undefined) addDriftRoute(app, drift, requireScope);
  if (run !== undefined) addRunEventsRoute(app, run, requireScope);
}
