import { z } from "zod";

/**
 * Says in words what a field takes, from its own schema: range, whether whole, unit, or the list of
 * values; or its `meta` says it itself, as `allowed`. The one place from which error messages of the service, the configuration and the command
 * line take their ranges.
 *
 * @example describeAllowedValues(profileSchema.shape.age) // "a number of 0 to 89 years"
 */
export function describeAllowedValues(schema: z.core.$ZodType): string {
  const said = metaOf(schema, "allowed");
  if (said !== undefined) {
    return said;
  }
  const unit = metaOf(schema, "unit");
  const core = unwrap(schema);
  if (core instanceof z.ZodNumber) {
    return [describeNumber(core), unit].filter((part) => part !== undefined).join(" ");
  }
  const values = literalValues(core);
  if (values !== undefined) {
    return values.map((value) => JSON.stringify(value)).join(" or ");
  }
  if (core instanceof z.ZodBoolean) {
    return "true or false";
  }
  if (core instanceof z.ZodString) {
    return "a text";
  }
  if (core instanceof z.ZodArray) {
    return "a list";
  }
  if (core instanceof z.ZodObject) {
    return `an object with the fields ${Object.keys(core.shape).join(", ")}`;
  }
  return "a value of the documented form";
}

/** A word of a field's `meta`, also where the meta sits under `optional` or `default`. */
function metaOf(schema: z.core.$ZodType, name: "allowed" | "unit"): string | undefined {
  const word = z.globalRegistry.get(schema)?.[name];
  if (typeof word === "string") {
    return word;
  }
  const inner = innerOf(schema);
  return inner === undefined ? undefined : metaOf(inner, name);
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const inner = innerOf(schema);
  return inner === undefined ? schema : unwrap(inner);
}

function innerOf(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return schema.unwrap();
  }
  return undefined;
}

function describeNumber(schema: z.ZodNumber): string {
  const kind = isWhole(schema) ? "an integer" : "a number";
  // Zod reports an open end as an infinity.
  const lowest = Number.isFinite(schema.minValue) ? schema.minValue : undefined;
  const highest = Number.isFinite(schema.maxValue) ? schema.maxValue : undefined;
  if (lowest != null && highest != null) {
    return `${kind} of ${lowest} to ${highest}`;
  }
  if (lowest != null) {
    return `${kind} of at least ${lowest}`;
  }
  return highest == null ? kind : `${kind} of at most ${highest}`;
}

function isWhole(schema: z.ZodNumber): boolean {
  return schema.format === "safeint" || schema.format === "int32" || schema.format === "uint32";
}

function literalValues(schema: z.core.$ZodType): readonly (string | number | boolean | null)[] | undefined {
  if (schema instanceof z.ZodLiteral) {
    return [...schema.values].map((value) => (typeof value === "bigint" ? Number(value) : (value ?? null)));
  }
  if (schema instanceof z.ZodEnum) {
    return schema.options;
  }
  if (schema instanceof z.ZodUnion) {
    const members = schema.options.map(literalValues);
    return members.every((member) => member !== undefined) ? members.flat() : undefined;
  }
  return undefined;
}
