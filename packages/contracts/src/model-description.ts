import { z } from "zod";
import { expressionUnitSchema } from "./generate-answer.ts";
import { profileSchema } from "./profile.ts";

const intervalSchema = z
  .strictObject({
    value: z.number(),
    lower: z.number().nullable(),
    upper: z.number().nullable(),
  })
  .meta({ description: "On the scale from a floor without biology (0) to fresh real patients (1), with about 95 %" });

const evaluationSchema = z
  .strictObject({
    gate: z.strictObject({
      passed: z
        .boolean()
        .nullable()
        .meta({ description: "Null: cannot be told with so few patients, which is no pass" }),
      reasons: z.array(z.string()).meta({ description: "What was not passed, or cannot be told" }),
    }),
    biological_score: intervalSchema
      .nullable()
      .meta({ description: "Calibrated; null where no metric is informative" }),
    scores: z
      .record(z.string(), intervalSchema)
      .meta({ description: "Calibrated score of each metric that is informative with so many patients" }),
  })
  .meta({ description: "How the model did on held-out patients" });

/** What is told of a model beside what it generates: as much as its model card publishes. */
const packageFields = {
  family: z.string().nullable(),
  trained_at: z.iso.datetime().nullable(),
  osteon_version: z.string().nullable(),
  training_patients: z.int().min(0).nullable().meta({ description: "As on the model card", unit: "patients" }),
  evaluation: evaluationSchema.nullable().meta({
    description: "Null for a model with differential privacy: scores are exact figures of its patients",
  }),
  differential_privacy: z
    .strictObject({ epsilon: z.number(), delta: z.number(), rho: z.number() })
    .nullable()
    .meta({ description: "Null where the model was trained without" }),
};

const packageDescriptionSchema = z.strictObject(packageFields);

/** What a sealed package tells of its model; each field null where it does not. */
export type PackageDescription = z.infer<typeof packageDescriptionSchema>;

/** Answer of `GET /models/current`. */
export const modelDescriptionSchema = z
  .strictObject({
    model_version: z.string().meta({ description: "Digest of the model, as answers name it" }),
    trained_on_simulated_patients: z.boolean(),
    ...packageFields,
    expression_unit: expressionUnitSchema,
    genes: z
      .strictObject({
        mutations: z.array(z.string()),
        copy_number: z.array(z.string()),
        expression: z.array(z.string()),
      })
      .meta({ description: "Genes that patients have values of" }),
    pathways: z.array(z.string()).meta({ description: "Gene sets that patients have scores of" }),
    conditions: z
      .array(
        z.strictObject({
          field: z.enum(Object.keys(profileSchema.shape) as [string, ...string[]]),
          allowed: z.string(),
        }),
      )
      .meta({ description: "What a profile may ask for; the floor below refuses the rarest" }),
    smallest_cell: z
      .int()
      .min(1)
      .nullable()
      .meta({
        description:
          "Fewest training patients behind a profile, and behind each with fewer conditions, for it to be generated. " +
          "Null where no profile but the empty one is allowed; 1 where all are",
        unit: "patients",
      }),
    card: z.string().nullable().meta({ description: "Address of the model card; null where there is none" }),
  })
  .meta({
    id: "ModelDescription",
    description: "The model on air",
    examples: [
      {
        model_version: "9f2c4be101a3d7e5",
        trained_on_simulated_patients: false,
        family: "factor-copula",
        trained_at: "2026-11-20T09:30:00.000Z",
        osteon_version: "0.1.0",
        training_patients: 85,
        evaluation: {
          gate: { passed: false, reasons: ["Privacy: training patients are told with AUC 0.77; chance reaches 0.55."] },
          biological_score: { value: 0.68, lower: 0.51, upper: 0.85 },
          scores: { pathway_correlation: { value: 0.94, lower: 0.87, upper: 1.02 } },
        },
        differential_privacy: null,
        expression_unit: "log2(TPM+1)",
        genes: { mutations: ["TP53", "RB1"], copy_number: ["MYC"], expression: ["RUNX2", "MYC"] },
        pathways: ["HYPOXIA"],
        conditions: [{ field: "age", allowed: "a number of 0 to 89 years" }],
        smallest_cell: 5,
        card: "/models/current/card",
      },
    ],
  });

export type ModelDescription = z.infer<typeof modelDescriptionSchema>;

const cardTextsSchema = z.array(z.string());

/** A model card as data: the sections of Mitchell et al. 2019 and the fields of CHAI's Applied Model Card. */
export const modelCardSchema = z
  .looseObject({
    title: z.string(),
    sections: z.array(z.looseObject({ title: z.string(), statements: cardTextsSchema })),
  })
  .meta({
    id: "ModelCard",
    description: "The model card: intended use, data, evaluation, limits",
    examples: [
      {
        format: "osteon-model-card/1",
        title: "Model card: factor-copula 9f2c4be101a3d7e5",
        sections: [{ title: "Intended use", statements: ["Out of scope: any clinical decision."] }],
        appliedModelCard: { BasicInfo: { ModelName: "Osteon factor-copula" } },
      },
    ],
  });

export type ModelCardDocument = z.infer<typeof modelCardSchema>;
