import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { askAgainEvery } from "./ask-again.ts";
import { ask } from "./ask.ts";

const stateSchema = z.enum(["stable", "watch", "drift"]);
const bandSchema = z.looseObject({ lower: z.number(), upper: z.number() });

const groupSchema = z.looseObject({
  name: z.string(),
  variables: z.number(),
  qValue: z.number(),
  drifted: z.number(),
  state: z.string(),
});

const variableSchema = z.looseObject({
  name: z.string(),
  group: z.string(),
  reference: z.number(),
  current: z.number(),
  qValue: z.number(),
  difference: z.number().nullable(),
  nullDifference: bandSchema.nullable(),
  unit: z.string(),
  detectable: z.number().nullable(),
  state: z.string(),
});

/** As much of a drift check as is shown. */
const driftCheckSchema = z.looseObject({
  state: stateSchema,
  reasons: z.array(z.looseObject({ code: z.string(), what: z.string() })),
  next: z.array(z.string()),
  reference: z.looseObject({ patients: z.number() }),
  patients: z.looseObject({ compared: z.number() }),
  comparison: z
    .looseObject({ level: z.number(), groups: z.array(groupSchema), variables: z.array(variableSchema) })
    .nullable(),
  sequential: z.looseObject({ level: z.number(), looks: z.number(), patients: z.number() }).nullable(),
  notes: z.array(z.string()),
});

/** Answer of `GET /drift`: the last check of either question; null where there was none. */
const driftSchema = z.looseObject({
  input: z.looseObject({ checked_at: z.iso.datetime(), check: driftCheckSchema }).nullable(),
  output: z.looseObject({ checked_at: z.iso.datetime(), check: driftCheckSchema }).nullable(),
});

export type DriftCheckView = z.infer<typeof driftCheckSchema>;
export type DriftVariableView = z.infer<typeof variableSchema>;

export const driftQuery = queryOptions({
  queryKey: ["drift"],
  queryFn: ({ signal }) => ask("/drift", driftSchema, { signal }),
  refetchInterval: askAgainEvery(60_000),
});
