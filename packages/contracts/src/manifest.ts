import { z } from "zod";

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits");
const countSchema = z.int().min(0);
const scoreValueSchema = z.number().nullable();

/** Format version of the manifest that this Osteon writes and reads. */
export const manifestFormatVersion = 1;

/** One measure of the evaluation with its references; null where it could not be computed. */
const scoreSummarySchema = z.strictObject({
  value: scoreValueSchema,
  /** What fresh real patients get. */
  ceiling: scoreValueSchema,
  /** What patients without structure get. */
  floor: scoreValueSchema,
  /** What a copy of the training patients gets. */
  photocopy: scoreValueSchema,
  /** `value` on the scale from floor (0) to ceiling (1). */
  calibrated: scoreValueSchema,
});

/** What the model was trained on: counts and digests, nothing of a patient. */
const trainingSummarySchema = z.strictObject({
  patients: countSchema,
  /** Who died; of a model with differential privacy, among as many patients as were trained on, drawn from the model. */
  events: countSchema,
  /** Genes with an expression value. */
  genes: countSchema,
  mutationGenes: countSchema,
  copyNumberGenes: countSchema,
  /** Null where the cohort has no expression table. */
  expressionUnit: z.enum(["log2(TPM+1)", "log2(CPM+1)", "z-score"]).nullable(),
  /** True where the training cohort was itself simulated. */
  simulated: z.boolean(),
  /** Of a model with differential privacy with the run's secret: who has no key can hold no guess against it. */
  cohortDigest: sha256Schema,
});

/** How much the model may tell of a patient; how, and of what that holds, stands in the record of that name. */
const differentialPrivacySchema = z.strictObject({
  epsilon: z.number().positive(),
  delta: z.number().positive(),
  /** Spent, in zero-concentrated differential privacy (Bun & Steinke 2016). */
  rho: z.number().positive(),
});

const tensorDigestSchema = z.strictObject({
  type: z.enum(["float64", "float32", "int32", "uint32", "int16", "int8", "uint8"]),
  shape: z.array(countSchema),
  sha256: sha256Schema,
});

/** What whoever seals a model says about it; the rest of the manifest follows from the content. */
export const manifestDraftSchema = z.strictObject({
  /** Name of the model family, such as `factor-copula`. */
  family: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, "must be lower-case words joined by hyphens"),
  createdAt: z.iso.datetime(),
  osteonVersion: z.string().regex(/^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/, "must be a semantic version"),
  seed: countSchema,
  /** The options that decided the model, as they were after defaults. */
  options: z.record(z.string(), z.json()),
  training: trainingSummarySchema,
  differentialPrivacy: differentialPrivacySchema.optional(),
  /** By name of the measure. */
  scores: z.record(z.string(), scoreSummarySchema),
});

/**
 * The manifest of a sealed model package. `contentDigest` covers what decides the patients that the
 * model gives (family, seed, options, training, tensors, documents) and leaves out what is only told
 * about it (createdAt, osteonVersion, differentialPrivacy, scores, records), so that the same cohort, options and seed
 * give the same `modelVersion`.
 */
export const manifestSchema = manifestDraftSchema.extend({
  formatVersion: z.literal(manifestFormatVersion),
  /** First 16 digits of `contentDigest`. */
  modelVersion: z.string().regex(/^[0-9a-f]{16}$/, "must be 16 hexadecimal digits"),
  contentDigest: sha256Schema,
  tensors: z.record(z.string(), tensorDigestSchema),
  /** SHA-256 of each document's canonical JSON: what the model needs in order to generate. */
  documents: z.record(z.string(), sha256Schema),
  /** SHA-256 of each record's canonical JSON: what is told about the model. */
  records: z.record(z.string(), sha256Schema),
});

export type ScoreSummary = z.infer<typeof scoreSummarySchema>;
export type TrainingSummary = z.infer<typeof trainingSummarySchema>;
export type TensorDigest = z.infer<typeof tensorDigestSchema>;
export type ManifestDraft = z.infer<typeof manifestDraftSchema>;
export type Manifest = z.infer<typeof manifestSchema>;
