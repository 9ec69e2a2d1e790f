import type { Profile } from "@osteon/contracts";
import { z } from "zod";

/*
 * Far coarser than the intervals that the generator's floor counts patients in: a profile that was refused is one
 * that few patients have, and the trail keeps it for years.
 */
const survivalBins = ["under 1 year", "1 to 3 years", "3 to 5 years", "5 years or more"] as const;
const ageBins = ["under 10", "10 to 14", "15 to 19", "20 to 39", "40 or more"] as const;
const codeSchema = z.union([z.literal(0), z.literal(1)]);

/** What is told of a profile: each condition that was given, by its bin alone. */
export const conditionBinsSchema = z.strictObject({
  survival_time: z.enum(survivalBins).optional(),
  event_occurred: codeSchema.optional(),
  age: z.enum(ageBins).optional(),
  metastasis: codeSchema.optional(),
});

export type ConditionBins = z.infer<typeof conditionBinsSchema>;

const daysPerYear = 365.25;

/**
 * Coarsens a profile for the trail.
 *
 * @example binConditions({ survival_time: 800, age: 15.3 }); // { survival_time: "1 to 3 years", age: "15 to 19" }
 */
export function binConditions({ survival_time, event_occurred, age, metastasis }: Profile): ConditionBins {
  return {
    ...(survival_time !== undefined && { survival_time: binOf(survival_time / daysPerYear, [1, 3, 5], survivalBins) }),
    ...(event_occurred !== undefined && { event_occurred }),
    ...(age !== undefined && { age: binOf(age, [10, 15, 20, 40], ageBins) }),
    ...(metastasis !== undefined && { metastasis }),
  };
}

/** @param edges the lower edge of each bin but the first */
function binOf<T extends string>(value: number, edges: readonly number[], bins: readonly T[]): T {
  return bins[edges.filter((edge) => value >= edge).length]!;
}
