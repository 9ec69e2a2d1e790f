import fc from "fast-check";
import type { ApiDocument, JsonSchema } from "../../../packages/service/src/openapi-document.ts";

/** Values that a schema of the document allows. */
export function valueOf(schema: JsonSchema, document: ApiDocument): fc.Arbitrary<unknown> {
  const { example, ...rest } = schema;
  if (example !== undefined) {
    // What is usual comes often, or hardly a request would be granted.
    return fc.oneof({ weight: 3, arbitrary: fc.constant(example) }, { weight: 1, arbitrary: valueOf(rest, document) });
  }
  if (schema.$ref !== undefined) {
    return valueOf(document.components.schemas![schema.$ref.split("/").at(-1)!]!, document);
  }
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((member) => valueOf(member, document)));
  const { minimum: min = -1e6, maximum: max = 1e6 } = schema;
  switch (schema.type) {
    case "integer":
      return fc.oneof(
        fc.integer({ min, max: Math.min(max, min + 20) }),
        fc.maxSafeInteger().filter((n) => n >= min && n <= max),
      );
    case "number":
      return fc.oneof(fc.double({ min, max, noNaN: true }), fc.constantFrom(min, max));
    case "boolean":
      return fc.boolean();
    case "string":
      return schema.pattern === undefined
        ? fc.string({ maxLength: 30 })
        : fc.stringMatching(new RegExp(schema.pattern), { size: "small" });
    case "array":
      return fc.array(valueOf(schema.items ?? {}, document), { maxLength: 4 });
    case "object":
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([name, field]) => [name, valueOf(field, document)]),
        ),
        { requiredKeys: [...(schema.required ?? [])] },
      );
    default:
      return fc.jsonValue();
  }
}

/** Values that are likely not allowed: of another type, out of range, too long, with fields that nobody knows. */
export function wrongValueOf(schema: JsonSchema, document: ApiDocument): fc.Arbitrary<unknown> {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(null, true, "", -0, -1, 0.5, 1e308, Number.MAX_SAFE_INTEGER + 2, "__proto__", "0", [], {}, [[]]),
    anyText(40),
  );
  const named = schema.$ref === undefined ? schema : document.components.schemas![schema.$ref.split("/").at(-1)!]!;
  if (named.type !== "object") return anything;
  const names = [...Object.keys(named.properties ?? {}), "__proto__", "constructor", "toString", "CANARY"];
  const fields = fc.dictionary(fc.constantFrom(...names), anything, { maxKeys: 5 });
  const oneWrong = fc
    .tuple(valueOf(named, document), fc.constantFrom(...names), anything)
    .map(([value, name, wrong]) => ({ ...(value as object), [name]: wrong }));
  return fc.oneof(anything, fields, oneWrong);
}

/** Any text of so many code units, lone surrogates among them. */
export function anyText(most: number): fc.Arbitrary<string> {
  return fc.array(fc.nat(0xffff), { maxLength: most }).map((codes) => String.fromCharCode(...codes));
}
