import { z } from "zod";

/** A number, which the API writes as such, as text, or as null. Its range is the contract's business. */
const numberOrText = z.union([z.number(), z.string()]).nullish();
const text = z.string().nullish();

/**
 * Of a case all that is asked for, stored and read; the rest of a case never leaves the server, and a key that is not
 * here is dropped. Properties that came or went with versions of the GDC's data dictionary are all optional:
 * `gender` became `sex_at_birth` (3.4.4), `sample_type` tissue type and descriptor.
 */
export const gdcCaseSchema = z.object({
  submitter_id: z.string().min(1),
  demographic: z
    .object({ sex_at_birth: text, gender: text, vital_status: text, days_to_death: numberOrText })
    .nullish(),
  diagnoses: z
    .array(
      z.object({
        age_at_diagnosis: numberOrText,
        days_to_diagnosis: numberOrText,
        days_to_last_follow_up: numberOrText,
        classification_of_tumor: text,
        diagnosis_is_primary_disease: z.union([z.boolean(), z.string()]).nullish(),
        metastasis_at_diagnosis: text,
      }),
    )
    .nullish(),
  follow_ups: z.array(z.object({ days_to_follow_up: numberOrText })).nullish(),
  samples: z
    .array(z.object({ submitter_id: z.string().min(1), sample_type: text, tissue_type: text, tumor_descriptor: text }))
    .nullish(),
});

export type GdcCase = z.infer<typeof gdcCaseSchema>;

/** The schema's keys as the API names fields, such as `demographic.vital_status`. */
export const gdcCaseFields: readonly string[] = fieldsOf(gdcCaseSchema);

function fieldsOf(schema: z.core.$ZodType): readonly string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return fieldsOf(schema.unwrap());
  if (schema instanceof z.ZodArray) return fieldsOf(schema.element);
  if (!(schema instanceof z.ZodObject)) return [""];
  return Object.entries(schema.shape as Record<string, z.core.$ZodType>).flatMap(([key, member]) =>
    fieldsOf(member).map((field) => (field === "" ? key : `${key}.${field}`)),
  );
}
