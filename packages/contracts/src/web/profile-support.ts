import { z } from "zod";

const rangeSchema = z.strictObject({ from: z.number(), to: z.number(), allowed: z.boolean() });
const codeSchema = z.strictObject({ value: z.union([z.literal(0), z.literal(1)]), allowed: z.boolean() });

/**
 * Answer of `POST /models/current/support`: whether enough training patients are behind a profile, and which values of
 * each condition would be allowed with the others as they are. Never how many patients there are.
 */
export const profileSupportSchema = z
  .strictObject({
    smallest_cell: z.int().nullable().meta({
      description:
        "Fewest training patients that a profile must have behind it; null where nothing but no profile is allowed",
    }),
    allowed: z.boolean(),
    loosen: z.array(z.array(z.string())).meta({ description: "Sets of fields: leaving one set out makes it allowed" }),
    survival_time: z.array(rangeSchema).meta({ description: "Intervals in days" }),
    age: z.array(rangeSchema).meta({ description: "Intervals in years" }),
    event_occurred: z.array(codeSchema),
    metastasis: z.array(codeSchema),
  })
  .meta({ id: "ProfileSupport" });

export type ProfileSupport = z.infer<typeof profileSupportSchema>;
