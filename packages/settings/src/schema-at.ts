import { describeAllowedValues } from "@osteon/contracts";
import { z } from "zod";

type Schema = z.core.$ZodType;
type Path = readonly PropertyKey[];

/** A file's schema and the whole of its values as given, which decide between the kinds of a group. */
export interface SchemaAndValue {
  readonly schema: Schema;
  readonly value: unknown;
}

/** The schema of a key; undefined where there is none. */
export function schemaAt(path: Path, whole: SchemaAndValue): Schema | undefined {
  let { schema, value: here } = whole;
  for (const key of path) {
    const member = memberOf(schema, here, key);
    if (member === undefined) return undefined;
    schema = member;
    here = isRecord(here) || Array.isArray(here) ? (here as Record<PropertyKey, unknown>)[key] : undefined;
  }
  return schema;
}

/** The keys that the group at a path takes; undefined where there is no group of named keys. */
export function keysAt(path: Path, whole: SchemaAndValue): readonly string[] | undefined {
  const schema = schemaAt(path, whole);
  const given = path.reduce<unknown>((here, key) => (isRecord(here) ? here[String(key)] : undefined), whole.value);
  const group = schema && chooseKind(unwrap(schema), given);
  return group instanceof z.ZodObject ? Object.keys(group.shape) : undefined;
}

/** Says in words what a key takes, with its range and unit. */
export function describeAllowed(given: Schema): string {
  const schema = unwrap(given);
  if (schema instanceof z.ZodObject) return `a group of the keys ${Object.keys(schema.shape).join(", ")}`;
  if (schema instanceof z.ZodUnion && schema.options.every((option) => option instanceof z.ZodObject)) {
    return "a group of keys";
  }
  if (schema instanceof z.ZodRecord) return "a group of names with a value each";
  if (schema instanceof z.ZodArray) return `a list [a, b, …] of ${describeAllowed(schema.element as Schema)}`;
  if (schema instanceof z.ZodString) return describeText(schema);
  // As it was given: the unit may be named on the outside.
  return describeAllowedValues(given);
}

/** A text from the environment as what the key takes, so that `${PORT}` may stand for a number. */
export function readAs(wanted: Schema | undefined, text: string): string | number | boolean {
  const schema = wanted && unwrap(wanted);
  const trimmed = text.trim();
  const takesNumbers =
    schema instanceof z.ZodNumber ||
    (schema instanceof z.ZodUnion && schema.options.every((option) => option instanceof z.ZodLiteral));
  if (takesNumbers && /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i.test(trimmed)) return Number(trimmed);
  if (schema instanceof z.ZodBoolean && /^(?:true|false)$/.test(trimmed)) return trimmed === "true";
  return text;
}

function describeText(schema: z.ZodString): string {
  const { minLength, maxLength } = schema;
  if (maxLength !== null) return `a text of ${minLength ?? 0} to ${maxLength} characters`;
  return minLength === null ? "a text" : "a text that is not empty";
}

function memberOf(schema: Schema, value: unknown, key: PropertyKey): Schema | undefined {
  const group = chooseKind(unwrap(schema), value);
  if (group instanceof z.ZodObject) {
    const shape = group.shape as Record<string, Schema>;
    return typeof key === "string" && Object.hasOwn(shape, key) ? shape[key] : undefined;
  }
  if (group instanceof z.ZodDiscriminatedUnion) return kindsOf(group, key);
  if (group instanceof z.ZodRecord) return group.valueType as Schema;
  return group instanceof z.ZodArray ? (group.element as Schema) : undefined;
}

/** The key that tells the kinds of a group apart takes the constant of any of them. */
function kindsOf(union: z.ZodDiscriminatedUnion, key: PropertyKey): Schema | undefined {
  const members = (union.options as z.ZodObject[]).map((option) => option.shape[String(key)] as Schema | undefined);
  const constants = members.filter((member) => member instanceof z.ZodLiteral);
  return constants.length === members.length ? z.union(constants) : undefined;
}

/** Of a union of groups the one whose constant key, such as `source`, has the value given. */
function chooseKind(schema: Schema, value: unknown): Schema {
  if (!(schema instanceof z.ZodDiscriminatedUnion) || !isRecord(value)) return schema;
  const fits = (option: Schema) =>
    option instanceof z.ZodObject &&
    Object.entries(option.shape as Record<string, Schema>).every(
      ([key, member]) => !(member instanceof z.ZodLiteral) || member.values.has(value[key] as string),
    );
  return (schema.options as Schema[]).find(fits) ?? schema;
}

function unwrap(schema: Schema): Schema {
  let inner = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault || inner instanceof z.ZodOptional) {
    inner = inner.unwrap();
  }
  return inner;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
