import {
  mostUsagePoints,
  usageAnswerSchema,
  usageQuerySchema,
  type UsageAnswer,
  type UsageQuery,
  type UsageStep,
} from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { accessRefusals, problemResponses } from "../problem-responses.ts";

/** What was asked of the service over time. */
export interface UsageSource {
  /** The steps that begin at or after `from` and before `to`, in ms since 1970; `from` is the start of one. */
  read(range: { readonly from: number; readonly to: number; readonly step: UsageStep }): UsageAnswer;
}

const stepMs: Readonly<Record<UsageStep, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const stepsByDefault = 200;

/** Adds `GET /usage`. */
export function addUsageRoute(
  app: FastifyInstance,
  usage: UsageSource,
  authorise: (request: FastifyRequest) => Promise<void>,
): void {
  app.get<{ Querystring: UsageQuery }>("/usage", {
    schema: {
      operationId: "readUsage",
      summary: "Requests, errors, latency and patients over time",
      description: "What monitoring programs ask (/health, /metrics) is left out.",
      tags: ["operation"],
      security: [{ bearer: [] }],
      querystring: usageQuerySchema,
      response: {
        200: { description: "Counts by time", content: { "application/json": { schema: usageAnswerSchema } } },
        ...problemResponses({
          ...accessRefusals,
          422: "A parameter is not of its form, or the time asked for holds too many steps",
        }),
      },
    },
    onRequest: authorise,
    handler: async (request, reply) => reply.send(usage.read(rangeOf(request.query))),
  });
}

function rangeOf(query: UsageQuery) {
  const { step } = query;
  const length = stepMs[step];
  const to = query.to === undefined ? Date.now() : Date.parse(query.to);
  const asked = query.from === undefined ? to - stepsByDefault * length : Date.parse(query.from);
  const from = Math.floor(asked / length) * length;
  const refuse = (problem: string) => osteonError("service.usage-range", { problem, most: mostUsagePoints });
  if (from >= to) throw refuse("it ends before it begins");
  if (Math.ceil((to - from) / length) > mostUsagePoints) throw refuse("it holds too many steps");
  return { from, to, step };
}
