import { z } from "zod";

/** Most intervals that one answer holds. */
export const mostUsagePoints = 3_000;

/** Query of `GET /usage`. */
export const usageQuerySchema = z.strictObject({
  from: z.iso.datetime().optional().meta({
    description: "Start in UTC, brought down to the step; left out, 200 steps before `to`",
    example: "2026-01-01T00:00:00Z",
    allowed: "a time in UTC such as 2026-01-01T00:00:00Z",
  }),
  to: z.iso.datetime().optional().meta({
    description: "End in UTC, itself not in the answer unless a step holds it; left out, now",
    example: "2026-01-08T00:00:00Z",
    allowed: "a time in UTC such as 2026-01-08T00:00:00Z",
  }),
  step: z.enum(["minute", "hour", "day"]).default("hour").meta({ description: "Length of an interval; days are UTC" }),
});

const countSchema = z.int().min(0);
const millisecondsSchema = z.number().min(0);

const latencySchema = z
  .strictObject({ p50: millisecondsSchema, p95: millisecondsSchema, p99: millisecondsSchema, max: millisecondsSchema })
  .meta({ description: "To within 5 %, but for the longest, which is exact", unit: "milliseconds" });

const usageCountsSchema = z.strictObject({
  requests: countSchema,
  /** Statuses of 500 and above. */
  errors: countSchema.meta({ description: "Answered with 500 or above: the service's fault" }),
  /** Statuses of 400 to 499. */
  refusals: countSchema.meta({ description: "Answered with 400 to 499: the client's fault" }),
  patients: countSchema.meta({ description: "Generated in answers that were whole", unit: "patients" }),
  latency_ms: latencySchema,
  by_status: z
    .record(z.string().regex(/^(?:[1-5]\d\d|other)$/), countSchema)
    .meta({ description: "Requests by HTTP status" }),
});

const usagePointSchema = usageCountsSchema
  .extend({
    start: z.iso.datetime(),
    by_route: z.record(z.string(), usageCountsSchema).meta({ description: "By the route's pattern" }),
  })
  .meta({ id: "UsagePoint", description: "What was asked of the service in one interval" });

/** Answer of `GET /usage`: counts by time, route and status; nothing of what was asked for, nor by whom. */
export const usageAnswerSchema = z
  .strictObject({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    step: usageQuerySchema.shape.step,
    kept_from: z.iso.datetime().meta({ description: "What was before is not kept at this step" }),
    points: z.array(usagePointSchema).meta({ description: "In order; intervals without a request are left out" }),
  })
  .meta({ id: "Usage", description: "Requests, errors, latency and patients over time" });

export type UsageQuery = z.infer<typeof usageQuerySchema>;
export type UsageStep = UsageQuery["step"];
export type UsageCounts = z.infer<typeof usageCountsSchema>;
export type UsagePoint = z.infer<typeof usagePointSchema>;
export type UsageAnswer = z.infer<typeof usageAnswerSchema>;
