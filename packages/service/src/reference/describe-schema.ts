import type { JsonSchema } from "../openapi-document.ts";
import { html, type Content } from "./markup.ts";

/** A field of a schema, as a row of its table. */
export interface SchemaRow {
  /** With the names of what it lies in: `clinical.age_years`, `errors[].field`, `mutations.*`. */
  readonly name: string;
  readonly required: boolean;
  readonly type: Content;
  readonly description: string;
}

/** The fields of an object, those of objects within it included. A schema with a name of its own is linked to. */
export function listRows(schema: JsonSchema, prefix = ""): readonly SchemaRow[] {
  const rows = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const required = schema.required?.includes(name) ?? false;
    const row = { name: `${prefix}${name}`, required, type: describeType(field), description: field.description ?? "" };
    return [row, ...listRows(withoutNull(field), `${row.name}.`)];
  });
  const within = schema.items && schema.items.properties ? listRows(schema.items, `${prefix.slice(0, -1)}[].`) : [];
  return [...rows, ...within];
}

/** What a value may be: its type, range, unit and default, in words. */
export function describeType(schema: JsonSchema): Content {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split("/").at(-1)!;
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  const { unit, allowed, anyOf } = schema;
  if (allowed !== undefined) return allowed;
  const type = anyOf === undefined ? describeSimple(schema) : joinWith(anyOf.map(describeType), " or ");
  const standard = schema.default === undefined ? "" : `; ${JSON.stringify(schema.default)} where left out`;
  return [type, unit === undefined ? "" : ` ${unit}`, standard];
}

function describeSimple(schema: JsonSchema): Content {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
  const types = [schema.type ?? "anything"].flat();
  return joinWith(
    types.map((type) => describeOneType(type, schema)),
    " or ",
  );
}

function describeOneType(type: string, schema: JsonSchema): Content {
  if (type === "integer" || type === "number") return [type, rangeOf(schema)];
  if (type === "array") return ["list of ", schema.items === undefined ? "anything" : describeType(schema.items)];
  if (type === "string" && schema.format !== undefined) return `string (${schema.format})`;
  const { additionalProperties } = schema;
  if (type === "object" && typeof additionalProperties === "object" && Object.keys(additionalProperties).length > 0) {
    return ["object of name → ", describeType(additionalProperties)];
  }
  return type;
}

function rangeOf({ minimum, maximum }: JsonSchema): string {
  // The ends of the whole numbers that JSON carries are no limit of anybody's.
  const lowest = minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum;
  const highest = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (lowest !== undefined && highest !== undefined) return ` of ${lowest} to ${highest}`;
  if (lowest !== undefined) return ` of at least ${lowest}`;
  return highest === undefined ? "" : ` of at most ${highest}`;
}

/** The object that a field is where it is not null, so that its own fields are listed too. */
function withoutNull(schema: JsonSchema): JsonSchema {
  return schema.anyOf?.find(({ properties }) => properties !== undefined) ?? schema;
}

function joinWith(contents: readonly Content[], joint: string): Content {
  return contents.flatMap((content, k) => (k === 0 ? [content] : [joint, content]));
}
