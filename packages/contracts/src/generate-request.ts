import { z } from "zod";
import { profileSchema } from "./profile.ts";

/** Most patients that one request may ask for. */
export const maximumPatientsPerRequest = 1_000;

/** Body of `POST /generate`: the profile, and how many patients of which seed. */
export const generateRequestSchema = profileSchema
  .extend({
    count: z.int().min(1).max(maximumPatientsPerRequest).default(1).meta({
      description: "How many patients. 1 is answered with the patient itself, more with a list `patients`",
      unit: "patients",
      example: 1,
    }),
    seed: z
      .int()
      .min(0)
      .max(Number.MAX_SAFE_INTEGER)
      .optional()
      .meta({
        description:
          "The same request with the same seed gives the same patients, to the bit. Left out, a fresh one is drawn; " +
          "the answer names it",
        example: 20_260_101,
      }),
  })
  .meta({
    id: "GenerateRequest",
    description:
      "The clinical profile to generate for. A field left out is drawn from its distribution given the others",
    examples: [
      { survival_time: 800, event_occurred: 0, age: 15, metastasis: 0, seed: 20_260_101 },
      { survival_time: 300, event_occurred: 1, metastasis: 1, count: 10 },
    ],
  });

/** The body after validation, with defaults filled in. */
export type GenerateRequest = z.infer<typeof generateRequestSchema>;
