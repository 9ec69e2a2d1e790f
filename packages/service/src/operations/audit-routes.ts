import { Readable } from "node:stream";
import {
  auditAnswerSchema,
  auditExportQuerySchema,
  auditQuerySchema,
  auditVerificationSchema,
  type AuditAnswer,
  type AuditExportFormat,
  type AuditExportQuery,
  type AuditQuery,
  type AuditSearch,
  type AuditVerification,
} from "@osteon/contracts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { ScopeGuard } from "../authentication/require-scope.ts";
import { accessRefusals, bodyRefusals, problemResponses } from "../problem-responses.ts";

/** The audit trail of the service. Reading it is itself entered, with the id of who reads. */
export interface AuditSource {
  /** The newest entries first. @throws `service.audit-action` */
  read(query: AuditQuery): Promise<AuditAnswer>;
  /** Checks all of it. @throws `audit.unwritable` */
  verify(principal: string): Promise<AuditVerification>;
  /** Entries as text, the oldest first, once it is entered that they are given. @throws as `read` and `verify` */
  export(search: AuditSearch, format: AuditExportFormat, principal: string): Promise<AsyncIterable<string>>;
}

const mediaTypes: Readonly<Record<AuditExportFormat, { readonly type: string; readonly ending: string }>> = {
  csv: { type: "text/csv; charset=utf-8", ending: "csv" },
  fhir: { type: "application/fhir+ndjson", ending: "fhir.ndjson" },
  json: { type: "application/x-ndjson", ending: "ndjson" },
};

const unwritable = "The trail cannot be written, and so not be used; or the access token cannot be checked now";

/** Adds `GET /audit`, `POST /audit/verify` and `GET /audit/export`. */
export function addAuditRoutes(app: FastifyInstance, audit: AuditSource, requireScope: ScopeGuard): void {
  const onRequest = requireScope("audit:read");
  const shared = { tags: ["operation"], security: [{ session: [] }, { bearer: [] }] };
  const problems = problemResponses({
    ...accessRefusals,
    422: "A parameter is not of its form, or there is no such action",
    503: unwritable,
  });
  app.get<{ Querystring: AuditQuery }>("/audit", {
    schema: {
      operationId: "readAudit",
      summary: "Who did what, the newest first",
      description:
        "Entries of the audit trail. Looks at 20,000 of them at a time: with no entry and a `next` there may be older ones.",
      ...shared,
      querystring: auditQuerySchema,
      response: {
        200: { description: "Entries", content: { "application/json": { schema: auditAnswerSchema } } },
        ...problems,
      },
    },
    onRequest,
    handler: (request) => audit.read(request.query),
  });
  app.post("/audit/verify", {
    schema: {
      operationId: "verifyAudit",
      summary: "Does the trail hold?",
      description: "Checks every hash, signature and place with the public keys that the service knows.",
      ...shared,
      response: {
        200: {
          description: "What was found",
          content: { "application/json": { schema: auditVerificationSchema } },
        },
        ...problemResponses({ ...accessRefusals, ...bodyRefusals, 503: unwritable }),
      },
    },
    onRequest,
    handler: (request) => audit.verify(nameOf(request)),
  });
  app.get<{ Querystring: AuditExportQuery }>("/audit/export", {
    schema: {
      operationId: "exportAudit",
      summary: "Entries for other software",
      description: "All entries that are asked for, the oldest first: FHIR R4 AuditEvents, JSON or CSV.",
      ...shared,
      querystring: auditExportQuerySchema,
      response: {
        200: {
          description: "Entries, one a line",
          content: Object.fromEntries(
            Object.values(mediaTypes).map(({ type }) => [type.split(";")[0]!, { schema: z.string() }]),
          ),
        },
        ...problems,
      },
    },
    onRequest,
    handler: async (request, reply) => {
      const { format, ...search } = request.query;
      const { type, ending } = mediaTypes[format];
      const texts = await audit.export(search, format, nameOf(request));
      void reply.header("content-disposition", `attachment; filename="audit.${ending}"`);
      return reply.type(type).send(Readable.from(texts, { objectMode: false }));
    },
  });
}

function nameOf({ principal }: FastifyRequest): string {
  return principal!.id;
}
