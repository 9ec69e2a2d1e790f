import { z } from "zod";

const countSchema = z.int().min(0);
const numberOrNull = z.number().nullable();
const intervalSchema = z.strictObject({ value: z.number(), lower: z.number(), upper: z.number() });
const modelVersionSchema = z.string().meta({ description: "16 hexadecimal digits", example: "0123456789abcdef" });

/** What a list tells of a version. */
export const modelSummarySchema = z
  .strictObject({
    version: modelVersionSchema,
    on_air: z.boolean(),
    family: z.string(),
    created_at: z.iso.datetime(),
    osteon_version: z.string(),
    training_patients: countSchema,
    trained_on_simulated_patients: z.boolean(),
    calibrated_score: intervalSchema
      .nullable()
      .meta({ description: "Biological score: 0 no structure, 1 as fresh real patients; about 95 %" }),
    gate: z.strictObject({
      passed: z.boolean().nullable().meta({ description: "null: cannot be told at this number of patients" }),
      reasons: z.array(z.string()).meta({ description: "Empty where it was passed" }),
    }),
  })
  .meta({ id: "ModelSummary" });

/** A version that does not hold: its signature or content is not what it should be. */
export const brokenModelSchema = z
  .strictObject({ version: modelVersionSchema, on_air: z.boolean(), code: z.string() })
  .meta({ id: "BrokenModel", description: "A version that does not hold; `code` is that of Osteon's error catalogue" });

/** Answer of `GET /models`. */
export const modelListSchema = z
  .strictObject({
    can_move: z.boolean().meta({ description: "Whether this service can promote and roll back" }),
    models: z.array(modelSummarySchema).meta({ description: "Newest first" }),
    broken: z.array(brokenModelSchema),
  })
  .meta({ id: "ModelList" });

/** How loss went down while the model was chosen: over epochs of a network, or over the number of factors. */
export const learningCurveSchema = z
  .strictObject({
    axis: z.enum(["epochs", "factors"]),
    unit: z.string(),
    at: z.array(z.number()),
    training: z.array(z.number()).nullable(),
    validation: z.array(z.number()).meta({ description: "On patients held out; lower is better" }),
    chosen: z.number().meta({ description: "Which of `at` was kept; -1: before the first epoch" }),
  })
  .meta({ id: "LearningCurve" });

const scoreSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  group: z.string(),
  unit: z.string(),
  synthetic: numberOrNull,
  fresh_real: numberOrNull,
  photocopy: numberOrNull,
  floor: numberOrNull,
  calibrated: intervalSchema.nullable().meta({ description: "null where it tells nothing at this number of patients" }),
  reading: z.string(),
});

/** Answer of `GET /models/{version}`. */
export const modelDetailSchema = modelSummarySchema
  .extend({
    training: z.strictObject({
      patients: countSchema,
      deaths: countSchema,
      expression_genes: countSchema,
      mutation_genes: countSchema,
      copy_number_genes: countSchema,
      expression_unit: z.string().nullable(),
    }),
    differential_privacy: z.strictObject({ epsilon: z.number(), delta: z.number() }).nullable(),
    effective_patients: numberOrNull.meta({
      description: "How many real patients its patients are worth; null: unknown",
    }),
    checks: z.array(z.strictObject({ name: z.string(), passed: z.boolean().nullable(), statement: z.string() })),
    scores: z.array(scoreSchema),
    learning_curve: learningCurveSchema.nullable(),
    has_report: z.boolean(),
    has_card: z.boolean(),
  })
  .meta({ id: "ModelDetail" });

/** One entry of `GET /models/history`. */
export const modelMoveSchema = z
  .strictObject({
    sequence: z.int().min(1),
    action: z.enum(["promote", "rollback"]),
    version: modelVersionSchema,
    from: modelVersionSchema.nullable(),
    at: z.iso.datetime(),
    by: z.string(),
    reason: z.string(),
    overridden: z.array(z.string()).meta({ description: "Reasons of the release gate that were overridden" }),
  })
  .meta({ id: "ModelMove" });

/** Answer of `GET /models/history`: who put what on air, oldest first. */
export const modelHistorySchema = z.strictObject({ moves: z.array(modelMoveSchema) }).meta({ id: "ModelHistory" });

/** Answer of `GET /models/{version}/card`. */
export const cardTextSchema = z.strictObject({ markdown: z.string() }).meta({ id: "ModelCardText" });

const reasonSchema = z.string().max(2_000).meta({ description: "Why; kept in the history for good" });

/** Body of `POST /models/{version}/promote`. */
export const promoteRequestSchema = z
  .strictObject({
    reason: reasonSchema.default(""),
    override: z
      .boolean()
      .default(false)
      .meta({ description: "In spite of a gate that was not passed; needs a reason" }),
  })
  .meta({ id: "PromoteRequest" });

/** Body of `POST /models/rollback`. */
export const rollbackRequestSchema = z
  .strictObject({
    to: modelVersionSchema.optional().meta({ description: "An earlier version; by default the one before" }),
    reason: reasonSchema.default(""),
  })
  .meta({ id: "RollbackRequest" });

export type ModelSummary = z.infer<typeof modelSummarySchema>;
export type BrokenModel = z.infer<typeof brokenModelSchema>;
export type ModelList = z.infer<typeof modelListSchema>;
export type ModelDetail = z.infer<typeof modelDetailSchema>;
export type ModelScore = z.infer<typeof scoreSchema>;
export type LearningCurve = z.infer<typeof learningCurveSchema>;
export type ModelMove = z.infer<typeof modelMoveSchema>;
export type ModelHistory = z.infer<typeof modelHistorySchema>;
export type PromoteRequest = z.infer<typeof promoteRequestSchema>;
export type RollbackRequest = z.infer<typeof rollbackRequestSchema>;
