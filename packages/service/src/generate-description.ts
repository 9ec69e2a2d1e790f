import { generateAnswerSchema, singlePatientAnswerSchema } from "@osteon/contracts";
import { osteonError } from "@osteon/errors";
import { z } from "zod";
import { answerFormats, mediaTypesOfFormats } from "./answer-formats/answer-format.ts";
import { describedProvenanceHeaders } from "./answer-formats/provenance-headers.ts";
import { longestIdempotencyKey } from "./idempotency/idempotency-key.ts";
import { problemResponses } from "./problem-responses.ts";

/** Headers of `POST /generate` that it looks at. What is wrong with them is found where they are read. */
export const generateHeadersSchema = z.looseObject({
  accept: z
    .string()
    .optional()
    .meta({
      description:
        `Format of the answer, by quality values: ${Object.values(mediaTypesOfFormats).join(", ")}. ` +
        "JSON where nothing is said",
      examples: ["application/x-ndjson"],
    }),
  "idempotency-key": z
    .string()
    .optional()
    .meta({
      description:
        `A name for this request, such as a UUID, of at most ${longestIdempotencyKey} printable ASCII characters. ` +
        "Sent again within 24 hours with the same body, it gives the same patients, also where no seed was given, " +
        "and in whatever format. Only the seed and a digest are kept; of more than 10,000 keys the oldest is " +
        "forgotten, and all are when the service starts anew",
      examples: ['"8e03978e-40d5-43e8-bc93-6894a57f9324"'],
    }),
});

const csvExample =
  "simulated,model_version,seed,index,clinical.survival_days,clinical.event_occurred,clinical.age_years," +
  "clinical.metastasis,mutations.TP53,copy_number.MYC,expression.RUNX2,pathways.HYPOXIA\n" +
  "true,9f2c4be101a3d7e5,20260101,0,1204,0,15,0,1,2,6.4821,0.1182\n";

const formatsOfAnswer = {
  [answerFormats.json.mediaType]: { schema: generateAnswerSchema },
  [answerFormats.ndjson.mediaType]: {
    schema: z.string().meta({
      description: "One patient a line, each as the answer for a count of 1: every line says where it comes from",
    }),
    example: `${JSON.stringify((singlePatientAnswerSchema.meta()!["examples"] as readonly unknown[])[0])}\n`,
  },
  [answerFormats.csv.mediaType]: {
    schema: z.string().meta({
      description:
        "One wide table, a patient a row (RFC 4180, lines ended by LF). Columns are named as the places of the values " +
        "in the JSON answer; a value that is not known is empty",
    }),
    example: csvExample,
  },
  [answerFormats.parquet.mediaType]: {
    schema: z.string().meta({
      description:
        "An Apache Parquet file with the columns of the CSV answer; its metadata hold what the other formats say of " +
        "the whole answer, under keys such as osteon.seed",
      contentMediaType: answerFormats.parquet.mediaType,
    }),
  },
};

const offered = Object.values(mediaTypesOfFormats).join(", ");

/** Documents the answers. Patients are written as bytes, which the framework passes on as they are. */
export const generateResponses = {
  200: { description: "The generated patients", headers: describedProvenanceHeaders, content: formatsOfAnswer },
  ...problemResponses({
    400: {
      description: "The body is not well-formed JSON, or the idempotency key is malformed",
      examples: [
        osteonError("service.malformed-json", {}),
        osteonError("service.idempotency-key-malformed", { longest: longestIdempotencyKey }),
      ],
    },
    401: {
      description: "No access token, or one that is not accepted",
      examples: [osteonError("service.token-missing", {}), osteonError("service.token-refused", {})],
    },
    403: {
      description: "The access token is not for this",
      examples: [osteonError("service.scope-missing", { scope: "generate:bulk" })],
    },
    406: {
      description: "None of the media types that are accepted can be given",
      examples: [osteonError("service.not-acceptable", { offered })],
    },
    409: {
      description: "The model that answered the first request under this idempotency key is no longer on air",
      examples: [osteonError("service.idempotency-model-changed", {})],
    },
    413: {
      description: "The body is too large",
      examples: [osteonError("service.body-too-large", { limitBytes: 65_536 })],
    },
    415: {
      description: "The body is not declared as JSON",
      examples: [osteonError("service.media-type-not-supported", {})],
    },
    422:
      "A field or parameter is outside its allowed range, or not known; or too few of the patients that the model was " +
      "trained on are like the profile (code generator.rare-profile), and `errors` names the fields to leave out; or " +
      "the idempotency key was used for another body (code service.idempotency-key-reused)",
    429: {
      description: "The access token came, or patients or the profile were asked for, too often; see Retry-After",
      examples: [
        osteonError("service.too-many-requests", { limit: 3_000, retryAfterSeconds: 12 }),
        osteonError("service.patient-quota", { limit: 10_000, retryAfterSeconds: 3_600 }),
        osteonError("service.profile-quota", { retryAfterSeconds: 3_600 }),
      ],
    },
    500: { description: "The service failed", examples: [osteonError("service.internal", {})] },
    503: {
      description:
        "No model is loaded, too much is under way (Retry-After says when to come again), the access token cannot be " +
        "checked now, or the audit trail cannot be written",
      examples: [
        osteonError("service.no-model", {}),
        osteonError("service.overloaded", { retryAfterSeconds: 5 }),
        osteonError("service.identity-provider-unavailable", {}),
        osteonError("audit.unwritable", { reason: "ENOSPC" }),
      ],
    },
  }),
};
