import { z } from "zod";

const countSchema = z.int().min(0);
const nameSchema = z.string().min(1).max(200);

/** Variables that are judged together, so that hundreds of genes do not drown six clinical variables. */
export const driftGroupSchema = z.enum([
  "clinical",
  "completeness",
  "mutations",
  "copy number",
  "pathways",
  "expression",
  "expression, jointly",
]);

/**
 * How the reference's patients are spread over one variable, with nothing of one of them: cut points that are
 * rounded to `step`, and between two of them never fewer patients than the reference's `fewestInBlock`.
 */
const referenceVariableSchema = z.strictObject({
  name: nameSchema,
  group: driftGroupSchema,
  /** What it is read from: a clinical variable, a gene, a gene set, or a summary of a table. */
  source: z.strictObject({
    table: z.enum(["clinical", "completeness", "mutations", "copyNumber", "pathways", "expression", "summary"]),
    key: nameSchema,
  }),
  /** Patients with a known value. */
  known: countSchema,
  /** Values are compared after rounding to whole multiples of it: about a sixteenth of the deviation. */
  step: z.number().positive(),
  /** Ascending, at ranks that do not depend on the values; equal values are told apart by `tie` of 0 to 1, at random. */
  cuts: z.array(z.strictObject({ value: z.number(), tie: z.number().min(0).max(1) })).readonly(),
  /**
   * One more than there are cuts; together `known + 1`. The next patient falls into each block with a chance of
   * its share: exactly so where reference and patient come from one population, whichever that is.
   */
  blocks: z.array(z.int().min(1)).min(2).readonly(),
  /**
   * Of a variable of few values, patients by value, neighbours joined until each has enough, or who has
   * something recorded and who has not; null where that leaves one, or values are many. `upTo` is the largest value of each but the last.
   */
  categories: z
    .strictObject({
      isBinary: z.boolean(),
      upTo: z.array(z.number()).min(1).readonly(),
      patients: z.array(countSchema).min(2).readonly(),
    })
    .nullable(),
});

/** A gene's mean and deviation over the reference, to tell how far a patient's whole profile is from it. */
const referenceGeneSchema = z.strictObject({ gene: nameSchema, mean: z.number(), deviation: z.number().positive() });

/** What a cohort leaves behind for later ones to be compared with, when its patients are not at hand. */
export const driftReferenceSchema = z.strictObject({
  format: z.literal("osteon-drift-reference/1"),
  /** Of patients for their drift, of what a model gave when it was sealed for its own. */
  question: z.enum(["input", "output"]),
  patients: countSchema,
  /** Patients of whom `completeness` tells: also those who were left out as incomplete. */
  everyone: countSchema,
  fewestInBlock: z.int().min(1),
  /** What a patient has to have to be compared. */
  required: z.array(z.enum(["survival", "age", "metastasis", "mutations", "copyNumber", "expression"])).readonly(),
  expressionUnit: z.enum(["log2(TPM+1)", "log2(CPM+1)", "z-score"]).nullable(),
  /** All that pathway scores rank, in their order. */
  expressionGenes: z.array(nameSchema).readonly(),
  geneSets: z
    .array(z.strictObject({ name: nameSchema, description: z.string(), genes: z.array(nameSchema).readonly() }))
    .readonly(),
  minimumSetGenes: z.int().min(1),
  geneScales: z.array(referenceGeneSchema).readonly(),
  variables: z.array(referenceVariableSchema).readonly(),
});

export type DriftGroupName = z.infer<typeof driftGroupSchema>;
export type ReferenceVariable = z.infer<typeof referenceVariableSchema>;
export type DriftReference = z.infer<typeof driftReferenceSchema>;
