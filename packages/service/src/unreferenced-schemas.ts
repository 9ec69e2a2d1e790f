const reference = "#/components/schemas/";

/** As much of an OpenAPI document as is looked at here. */
interface DocumentWithSchemas {
  readonly components?: { readonly schemas?: object };
}

/**
 * Leaves out the component schemas that no route reaches. Every schema with a name is emitted in two
 * forms, as read and as written, and a contract uses most of them in one of the two.
 */
export function dropUnreferencedSchemas<D extends object>(document: D): D {
  const { schemas = {}, ...otherComponents } = (document as DocumentWithSchemas).components ?? {};
  const reached = new Set<string>();
  const waiting = [...referencesIn({ ...document, components: otherComponents })];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (!reached.has(name)) {
      reached.add(name);
      waiting.push(...referencesIn((schemas as Record<string, unknown>)[name]));
    }
  }
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => reached.has(name)));
  return { ...document, components: { ...otherComponents, schemas: kept } };
}

function referencesIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) =>
    key === "$ref" && typeof child === "string" && child.startsWith(reference)
      ? [child.slice(reference.length)]
      : referencesIn(child),
  );
}
