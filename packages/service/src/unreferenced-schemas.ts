const reference = "#/components/schemas/";

/** As much of an OpenAPI document as is looked at here. */
interface DocumentWithSchemas {
  readonly components?: { readonly schemas?: object };
}

/**
 * Leaves out the component schemas that no route reaches. Every schema with a name is emitted in two
 * forms, as read and as written, and a contract uses most of them in one of the two. Those that stay are in the order
 * of their names: that in which modules were loaded differs from program to program.
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
  const kept = Object.entries(schemas)
    .filter(([name]) => reached.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { ...document, components: { ...otherComponents, schemas: Object.fromEntries(kept) } };
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
