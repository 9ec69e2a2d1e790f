import { z } from "zod";

/** Parts of a generated patient that an answer can be confined to. */
export const patientParts = ["clinical", "mutations", "copy_number", "expression", "pathways"] as const;

export type PatientPart = (typeof patientParts)[number];

/** Most genes that one request may choose; more do not fit the address of a request. */
export const maximumChosenGenes = 500;
/** Most gene sets that one request may choose. */
export const maximumChosenPathways = 100;

/** Names joined by commas, each of 1 to 64 characters. */
function namesSchema(kind: string, most: number) {
  return z
    .string()
    .regex(new RegExp(`^[^,]{1,64}(?:,[^,]{1,64}){0,${most - 1}}$`))
    .transform((names) => names.split(","))
    .optional()
    .meta({ allowed: `1 to ${most} names of ${kind}, joined by commas` });
}

const part = `(?:${patientParts.join("|")})`;

/**
 * Query of `POST /generate`: what of each patient the answer carries. The patients are the same to the bit,
 * whatever is chosen of them.
 */
export const answerQuerySchema = z.strictObject({
  genes: namesSchema("genes", maximumChosenGenes).describe(
    "Genes to give, joined by commas; left out, all of them. Each must be in a part that the answer carries. " +
      "GET /models/current lists them",
  ),
  pathways: namesSchema("gene sets", maximumChosenPathways).describe(
    "Gene sets to give scores of, joined by commas; left out, all of them. GET /models/current lists them",
  ),
  parts: z
    .string()
    .regex(new RegExp(`^${part}(?:,${part}){0,${patientParts.length - 1}}$`))
    .transform((names) => names.split(",") as PatientPart[])
    .optional()
    .meta({ allowed: `any of ${patientParts.join(", ")}, joined by commas` })
    .describe(
      "Parts to give, joined by commas; left out, all of them. A table that is not among them comes empty; " +
        "the four clinical values always come",
    ),
});

/** The query after validation. */
export type AnswerQuery = z.infer<typeof answerQuerySchema>;
