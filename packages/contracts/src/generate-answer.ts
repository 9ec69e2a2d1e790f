import { z } from "zod";

/** What every answer with generated patients says of itself. */
export const syntheticPatientNotice =
  "Simulated by a statistical model: no real patient. For research only, not for clinical decisions.";

const clinicalSchema = z
  .strictObject({
    survival_days: z.number().min(0).nullable().meta({
      description: "Days from diagnosis to death (event_occurred 1) or to last contact (event_occurred 0)",
      unit: "days",
    }),
    event_occurred: z
      .union([z.literal(0), z.literal(1), z.null()])
      .meta({ description: "1: died at survival_days; 0: alive then" }),
    age_years: z.number().nullable().meta({ description: "Age at diagnosis", unit: "years" }),
    metastasis: z
      .union([z.literal(0), z.literal(1), z.null()])
      .meta({ description: "Metastasis at diagnosis: 1 yes, 0 no" }),
  })
  .meta({ description: "Clinical record of the generated patient; null where unknown" });

const patientFields = {
  index: z
    .int()
    .min(0)
    .meta({ description: "Number of the patient under this seed, from 0. (seed, index, request) names it" }),
  clinical: clinicalSchema,
  mutations: z
    .record(z.string(), z.union([z.literal(0), z.literal(1), z.null()]))
    .meta({ description: "Gene → 1 mutated (non-silent), 0 not, null unknown", examples: [{ TP53: 1, RB1: 0 }] }),
  copy_number: z
    .record(z.string(), z.int().min(-2).max(2).nullable())
    .meta({ description: "Gene → −2 deep loss … 2 amplification, null unknown", examples: [{ MYC: 2, CDKN2A: -1 }] }),
  expression: z
    .record(z.string(), z.number().nullable())
    .meta({ description: "Gene → expression in `expression_unit`, 4 decimals", examples: [{ RUNX2: 6.4821 }] }),
  pathways: z
    .record(z.string(), z.number().nullable())
    .meta({ description: "Gene set → score, computed from the expression above", examples: [{ HYPOXIA: 0.1182 }] }),
};

export const expressionUnitSchema = z.enum(["log2(TPM+1)", "log2(CPM+1)", "z-score"]);

const answerFields = {
  simulated: z.literal(true),
  notice: z.string().meta({ description: "What the patients may not be used for" }),
  model_version: z.string().meta({ description: "Digest of the model that generated them" }),
  trained_on_simulated_patients: z
    .boolean()
    .meta({ description: "True where the training cohort was itself simulated (the demonstration)" }),
  expression_unit: expressionUnitSchema,
  seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).meta({ description: "The seed asked for, or the one drawn" }),
};

const examplePatient = {
  index: 0,
  clinical: { survival_days: 1204, event_occurred: 0, age_years: 15, metastasis: 0 },
  mutations: { TP53: 1, RB1: 0 },
  copy_number: { MYC: 2, CDKN2A: -1 },
  expression: { RUNX2: 6.4821, MYC: 5.0173 },
  pathways: { HYPOXIA: 0.1182 },
} as const;

const exampleAnswer = {
  simulated: true,
  notice: syntheticPatientNotice,
  model_version: "9f2c4be101a3d7e5",
  trained_on_simulated_patients: false,
  expression_unit: "log2(TPM+1)",
  seed: 20_260_101,
} as const;

/** One generated patient as it stands in a list. */
export const syntheticPatientSchema = z.strictObject(patientFields).meta({
  id: "SyntheticPatient",
  description: "One generated patient",
  examples: [examplePatient],
});

/** Answer where one patient was asked for: the patient's fields at the top, as the seed system gives them. */
export const singlePatientAnswerSchema = z.strictObject({ ...answerFields, ...patientFields }).meta({
  id: "SinglePatientAnswer",
  description: "The answer for a count of 1",
  examples: [{ ...exampleAnswer, ...examplePatient }],
});

/** Answer where several were asked for. */
export const patientListAnswerSchema = z
  .strictObject({ ...answerFields, patients: z.array(syntheticPatientSchema).min(2) })
  .meta({
    id: "PatientListAnswer",
    description: "The answer for a count of more than 1",
    examples: [{ ...exampleAnswer, patients: [examplePatient, { ...examplePatient, index: 1 }] }],
  });

/** Answer of `POST /generate`. */
export const generateAnswerSchema = z.union([singlePatientAnswerSchema, patientListAnswerSchema]);

export type SyntheticPatient = z.infer<typeof syntheticPatientSchema>;
export type SinglePatientAnswer = z.infer<typeof singlePatientAnswerSchema>;
export type PatientListAnswer = z.infer<typeof patientListAnswerSchema>;
