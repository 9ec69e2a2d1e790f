import { z } from "zod";

/**
 * What may be asked of a synthetic patient, with the ranges and units that error messages repeat.
 * The names are the seed system's. A field left out is drawn from its distribution given the others.
 */
export const profileSchema = z.strictObject({
  survival_time: z
    .number()
    .min(0)
    .max(36_525)
    .optional()
    .meta({ description: "Overall survival or follow-up since diagnosis, days", unit: "days", example: 800 }),
  event_occurred: z
    .union([z.literal(0), z.literal(1)])
    .optional()
    .meta({
      description: "1: died at survival_time; 0: alive at survival_time, so the death, if any, comes later",
      example: 0,
    }),
  age: z
    .number()
    .min(0)
    .max(89)
    .optional()
    .meta({ description: "Age at diagnosis, years", unit: "years", example: 15 }),
  metastasis: z
    .union([z.literal(0), z.literal(1)])
    .optional()
    .meta({ description: "Metastasis at diagnosis: 1 yes, 0 no", example: 0 }),
});

/** A profile as it stands at the border: in a request, in the configuration, on the command line. */
export type Profile = z.infer<typeof profileSchema>;
