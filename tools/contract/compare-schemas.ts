import type { ApiDocument, JsonSchema } from "../../packages/service/src/openapi-document.ts";

/** Something that a client of the old contract could rely on, and cannot of the new one. */
export interface ContractBreak {
  readonly at: string;
  readonly what: string;
}

/** Who is bound: what clients send must still be taken, what they get must still be what they were promised. */
export type Direction = "request" | "response";

/** Two versions of something in two versions of a document. */
export interface Versions<T> {
  readonly before: T;
  readonly now: T;
}

/**
 * Compares two versions of a schema: a request's may only grow wider, an answer's only narrower. New fields of an
 * answer are no break: clients ignore what they do not know.
 */
export function compareSchemas(
  schemas: Versions<JsonSchema>,
  documents: Versions<ApiDocument>,
  direction: Direction,
  at: string,
): readonly ContractBreak[] {
  return new SchemaComparison(documents, direction).compare(schemas, at);
}

class SchemaComparison {
  readonly #documents: Versions<ApiDocument>;
  readonly #isRequest: boolean;
  /** What is being compared with what at the moment: a schema may hold itself. */
  readonly #underWay = new Map<JsonSchema, JsonSchema>();

  constructor(documents: Versions<ApiDocument>, direction: Direction) {
    this.#documents = documents;
    this.#isRequest = direction === "request";
  }

  compare({ before, now }: Versions<JsonSchema>, at: string): readonly ContractBreak[] {
    if (this.#underWay.get(before) === now) return [];
    this.#underWay.set(before, now);
    const breaks = this.#compareAlternatives(
      alternativesOf(before, this.#documents.before),
      alternativesOf(now, this.#documents.now),
      at,
    );
    this.#underWay.delete(before);
    return breaks;
  }

  /** Each of a request's old ones must be taken by a new one; each of an answer's new ones must have been an old one. */
  #compareAlternatives(
    old: readonly Alternative[],
    present: readonly Alternative[],
    at: string,
  ): readonly ContractBreak[] {
    if (this.#isRequest) {
      return old.flatMap((before) => {
        const fits = counterpartsOf(before, present).map((now) => this.#compareOne({ before, now }, at));
        return closest(fits) ?? [{ at, what: `${nameOf(before)} is not taken any more` }];
      });
    }
    const added = present.flatMap((now) => {
      const fits = counterpartsOf(now, old).map((before) => this.#compareOne({ before, now }, at));
      return closest(fits) ?? [{ at, what: `${nameOf(now)} may come, which it could not` }];
    });
    const gone = old
      .filter(({ const: value }) => value !== undefined && !present.some((now) => isSame(now.const, value)))
      .map((before) => ({ at, what: `${nameOf(before)} does not come any more` }));
    return [...added, ...gone];
  }

  /** Of two schemas that are no choice between others; undefined where they are of different kinds. */
  #compareOne(versions: Versions<JsonSchema>, at: string): readonly ContractBreak[] | undefined {
    const { before, now } = versions;
    const [inner, outer] = this.#isRequest ? [before, now] : [now, before];
    if (!isKindWithin(inner, outer)) return undefined;
    const tighter = [
      ...limitNames.filter(({ name, isLower }) => isTighter(outer[name], inner[name], isLower)).map(({ name }) => name),
      ...(["pattern", "format"] as const).filter((name) => outer[name] !== undefined && outer[name] !== inner[name]),
    ];
    return [
      ...tighter.map((name) => ({ at, what: `${name} went from ${before[name] ?? "none"} to ${now[name] ?? "none"}` })),
      ...this.#compareFields(versions, at),
      ...this.#compareParts(versions, at),
    ];
  }

  #compareFields({ before, now }: Versions<JsonSchema>, at: string): readonly ContractBreak[] {
    const [old, present] = [before.properties ?? {}, now.properties ?? {}];
    const wasRequired = new Set(before.required);
    const isRequired = new Set(now.required);
    const gone = Object.keys(old)
      .filter((name) => present[name] === undefined && !(this.#isRequest && now.additionalProperties !== false))
      .map((name) => ({ at: within(at, name), what: "the field is gone" }));
    const demands = this.#isRequest
      ? [...isRequired]
          .filter((name) => !wasRequired.has(name))
          .map((name) => ({
            at: within(at, name),
            what: old[name] ? "the field became required" : "a new field is required",
          }))
      : [...wasRequired]
          .filter((name) => !isRequired.has(name) && present[name] !== undefined)
          .map((name) => ({ at: within(at, name), what: "the field may be absent now" }));
    const shared = Object.entries(old).flatMap(([name, schema]) =>
      present[name] === undefined ? [] : this.compare({ before: schema, now: present[name] }, within(at, name)),
    );
    return [...gone, ...demands, ...shared];
  }

  /** Of what lists hold, and objects by names that are not told beforehand. */
  #compareParts({ before, now }: Versions<JsonSchema>, at: string): readonly ContractBreak[] {
    const items = before.items && now.items ? this.compare({ before: before.items, now: now.items }, `${at}[]`) : [];
    const [old, present] = [before.additionalProperties, now.additionalProperties];
    if (typeof old === "object" && typeof present === "object") {
      return [...items, ...this.compare({ before: old, now: present }, within(at, "*"))];
    }
    const closes = this.#isRequest && present === false && old !== false;
    return closes ? [...items, { at, what: "other fields are refused now" }] : items;
  }
}

const limitNames = [
  { name: "minimum", isLower: true },
  { name: "exclusiveMinimum", isLower: true },
  { name: "maximum", isLower: false },
  { name: "exclusiveMaximum", isLower: false },
  { name: "minLength", isLower: true },
  { name: "maxLength", isLower: false },
  { name: "minItems", isLower: true },
  { name: "maxItems", isLower: false },
] as const;

function isTighter(outer: number | undefined, inner: number | undefined, isLower: boolean): boolean {
  if (outer === undefined) return false;
  return inner === undefined || (isLower ? outer > inner : outer < inner);
}

function isKindWithin(inner: JsonSchema, outer: JsonSchema): boolean {
  if (outer.const !== undefined) return isSame(inner.const, outer.const);
  return outer.type === undefined || inner.type === outer.type || (outer.type === "number" && inner.type === "integer");
}

/** One of those that a schema is a choice between, with its name where it has one. */
type Alternative = JsonSchema & { readonly schemaName?: string };

/** What a schema is a choice between: the members of `anyOf`, the values of an enumeration, the types of a list. */
function alternativesOf(schema: JsonSchema, document: ApiDocument): readonly Alternative[] {
  if (schema.$ref !== undefined) {
    const schemaName = schema.$ref.split("/").at(-1)!;
    const named = document.components.schemas?.[schemaName] ?? {};
    return alternativesOf(named, document).map((alternative) => ({ ...alternative, schemaName }));
  }
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((member) => alternativesOf(member, document));
  if (schema.enum !== undefined) return schema.enum.map((value) => ({ const: value }));
  if (Array.isArray(schema.type)) return schema.type.map((type: string) => ({ ...schema, type }));
  return [schema];
}

/** Those of the same name, where there are any. */
function counterpartsOf({ schemaName }: Alternative, others: readonly Alternative[]): readonly Alternative[] {
  const namesakes = others.filter((other) => schemaName !== undefined && other.schemaName === schemaName);
  return namesakes.length > 0 ? namesakes : others;
}

/** The comparison with the counterpart that fits best; undefined where none is of the same kind. */
function closest(comparisons: readonly (readonly ContractBreak[] | undefined)[]): readonly ContractBreak[] | undefined {
  return comparisons.filter((breaks) => breaks !== undefined).toSorted((a, b) => a.length - b.length)[0];
}

function nameOf({ const: value, type }: JsonSchema): string {
  return value === undefined ? String(type ?? "anything") : `the value ${JSON.stringify(value)}`;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function within(at: string, name: string): string {
  return `${at} → ${name}`;
}
