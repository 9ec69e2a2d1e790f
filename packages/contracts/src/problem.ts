import { z } from "zod";

/** Media type of every error answer. */
export const problemMediaType = "application/problem+json";

/** One field of a request that was refused. Never holds the value that was sent. */
export const fieldProblemSchema = z
  .strictObject({
    field: z.string().meta({ description: "Name of the field; `(unknown)` for names the contract does not have" }),
    allowed: z.string().meta({ description: "Allowed values: range and unit" }),
    problem: z.string().meta({ description: "What is wrong with what was sent" }),
  })
  .meta({ id: "FieldProblem" });

/** Error answer after RFC 9457 "Problem Details for HTTP APIs". */
export const problemSchema = z
  .strictObject({
    type: z.string().meta({ description: "Stable name of the kind of problem, a URN" }),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string().meta({ description: "What happened and what to do next" }),
    instance: z.string().meta({ description: "Names this one occurrence; quote it when reporting" }),
    code: z.string().meta({ description: "Code of the error in Osteon's catalogue" }),
    retryable: z.boolean().meta({ description: "Whether the same request may succeed later" }),
    errors: z.array(fieldProblemSchema).optional(),
  })
  .meta({
    id: "Problem",
    description: "Problem document, RFC 9457",
    examples: [
      {
        type: "urn:osteon:problem:service.invalid-request",
        title: "Unprocessable Entity",
        status: 422,
        detail: "The request has 1 problem(s). Correct what `errors` lists and send it again.",
        instance: "urn:uuid:6f1c7a52-0f0b-4c57-9a7e-2f6f6f0f6a51",
        code: "service.invalid-request",
        retryable: false,
        errors: [{ field: "age", allowed: "a number of 0 to 89 years", problem: "above the allowed range" }],
      },
    ],
  });

export type FieldProblem = z.infer<typeof fieldProblemSchema>;
export type Problem = z.infer<typeof problemSchema>;
