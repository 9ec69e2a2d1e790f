import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { askAgainEvery } from "./ask-again.ts";
import { ask } from "./ask.ts";

const entrySchema = z.looseObject({
  /** Start of the hour or day. */
  from: z.iso.datetime(),
  requests: z.number(),
  errors: z.number(),
  patients: z.number(),
  /** Null where nothing was asked. */
  p50_ms: z.number().nullable(),
  p99_ms: z.number().nullable(),
});

/** Answer of `GET /usage?period=hour|day`: oldest first; sums, never a condition. */
const usageSchema = z.looseObject({
  period: z.enum(["hour", "day"]),
  entries: z.array(entrySchema),
  keys: z
    .array(z.looseObject({ id: z.string(), requests: z.number(), errors: z.number(), patients: z.number() }))
    .optional(),
});

export type Usage = z.infer<typeof usageSchema>;
export type UsageEntry = Usage["entries"][number];

export const usageQuery = (period: Usage["period"]) =>
  queryOptions({
    queryKey: ["usage", period],
    queryFn: ({ signal }) => ask(`/usage?period=${period}`, usageSchema, { signal }),
    refetchInterval: askAgainEvery(60_000),
  });
