import { z } from "zod";
import { driftCheckSchema } from "./drift-check.ts";

/** What is remembered of the checks of one question. */
export const driftRecordSchema = z
  .strictObject({
    checked_at: z.iso.datetime().nullable().meta({ description: "When the last check was made that has an answer" }),
    check: driftCheckSchema.nullable().meta({ description: "Its answer: states, counts and names of variables" }),
    failure: z
      .strictObject({ at: z.iso.datetime(), code: z.string() })
      .nullable()
      .meta({ description: "Why no check could be made since" }),
  })
  .meta({ id: "DriftRecord", description: "The last check of one question" });

/** Answer of `GET /drift`. */
export const driftAnswerSchema = z
  .strictObject({
    input: driftRecordSchema
      .nullable()
      .meta({ description: "New patients beside those trained on; null before any check" }),
    output: driftRecordSchema.nullable().meta({ description: "What the model gives beside what it gave when sealed" }),
  })
  .meta({ id: "Drift", description: "Whether patients, or what the model gives, have changed" });

/** Scheduled checks, and where the last ones are kept. */
export const driftConfigurationSchema = z.strictObject({
  directory: z.string().min(1).optional(),
  check_every_hours: z.number().min(1).max(8_784).optional().meta({ unit: "hours" }),
  questions: z
    .array(z.enum(["input", "output"]))
    .min(1)
    .default(["output"]),
  run: z.string().min(1).optional(),
});

export type DriftRecord = z.infer<typeof driftRecordSchema>;
export type DriftAnswer = z.infer<typeof driftAnswerSchema>;
export type DriftQuestion = keyof DriftAnswer;
