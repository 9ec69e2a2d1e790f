import { describeAllowedValues, type FieldProblem } from "@osteon/contracts";
import type { FastifySchemaValidationError } from "fastify";
import type { z } from "zod";

/** Stands for field names that the contract does not have: they are the client's words, so not repeated. */
const unknownField = "(unknown)";
const wholeBody = "(body)";

const wordings: Readonly<Record<string, string>> = {
  invalid_type: "not of the right type",
  invalid_union: "not one of the allowed values",
  invalid_value: "not one of the allowed values",
  too_small: "below the allowed range",
  too_big: "above the allowed range",
  invalid_format: "not of the documented form",
};

/**
 * Turns what zod found wrong with a body or a query into entries that name the field, its allowed range and unit.
 * Neither a value nor a name that the client made up is repeated: either may be a real patient's.
 *
 * @param issues as fastify-type-provider-zod hands them to the error handler
 * @param schema of the body or the query; the ranges are read from it
 */
export function describeValidation(
  issues: readonly FastifySchemaValidationError[],
  schema: z.ZodObject,
): readonly FieldProblem[] {
  const described = issues.map((issue) => describeIssue(issue, schema));
  // Zod reports a number beyond the safe integers twice: once for its range, once for being unsafe.
  return described.filter(({ field }, i) => described.findIndex((other) => other.field === field) === i);
}

function describeIssue(issue: FastifySchemaValidationError, schema: z.ZodObject): FieldProblem {
  if (issue.keyword === "unrecognized_keys") {
    return describeUnknownFields(issue, schema);
  }
  const field = issue.instancePath.split("/")[1] ?? "";
  const fieldSchema = Object.hasOwn(schema.shape, field) ? schema.shape[field] : undefined;
  if (fieldSchema === undefined) {
    return { field: wholeBody, allowed: describeAllowedValues(schema), problem: "not a JSON object" };
  }
  return {
    field,
    allowed: describeAllowedValues(fieldSchema),
    problem: wordings[issue.keyword] ?? "not allowed",
  };
}

function describeUnknownFields(issue: FastifySchemaValidationError, schema: z.ZodObject): FieldProblem {
  const keys = issue.params["keys"];
  const count = Array.isArray(keys) ? keys.length : 1;
  return {
    field: unknownField,
    allowed: describeAllowedValues(schema),
    problem: count === 1 ? "1 field has a name that is not known" : `${count} fields have names that are not known`,
  };
}
