import fc from "fast-check";
import type { ApiDocument, ApiOperation } from "../../../packages/service/src/openapi-document.ts";
import { anyText, valueOf, wrongValueOf } from "./arbitrary-of-schema.ts";

/** A request for an operation of the document. */
export interface GeneratedRequest {
  readonly path: string;
  readonly method: string;
  /** What is injected. */
  readonly options: {
    readonly method: "GET" | "POST" | "DELETE";
    readonly url: string;
    readonly headers: Record<string, string>;
    readonly payload?: string;
  };
}

/** Names and tokens that the service under test knows, so that some requests come far. */
export interface KnownToService {
  readonly token: string;
  readonly genes: readonly string[];
  readonly pathways: readonly string[];
  /** Of the one model that there is. */
  readonly version: string;
}

type Pair = readonly [name: string, value: string] | undefined;

/**
 * Requests for every operation of a document, valid and not: body, query, headers and content type each as the
 * document has them, as it does not, or left out.
 */
export function anyRequest(document: ApiDocument, known: KnownToService): fc.Arbitrary<GeneratedRequest> {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const requests = operations.map(({ path, method, operation }) => ({
    // What takes a profile has the most that can go wrong.
    weight: path === "/generate" ? 48 : operation.requestBody === undefined ? 2 : 4,
    arbitrary: fc
      .record({
        token: rarely(
          fc.constantFrom(undefined, "Bearer other", "Basic YTpi", "Bearer", `Bearer ${known.token}x`),
          `Bearer ${known.token}`,
        ),
        place: anyPlace(path, known),
        query: anyQuery(operation, document, known),
        headers: anyHeaders(operation, document),
        body: anyBody(operation, document),
      })
      .map(({ token, place, query, headers, body }): GeneratedRequest => {
        const pairs = [...headers, ["authorization", token] as const, ["content-type", body?.contentType] as const];
        return {
          path,
          method,
          options: {
            method: method.toUpperCase() as "GET",
            url: `${place}${query}`,
            headers: Object.fromEntries(pairs.filter((pair) => pair?.[1] !== undefined) as [string, string][]),
            ...(body?.payload !== undefined && { payload: body.payload }),
          },
        };
      }),
  }));
  return fc.oneof(...requests);
}

/** Something odd once in `every` times. */
function rarely<T, U>(odd: fc.Arbitrary<T>, usual: U, every = 9): fc.Arbitrary<T | U> {
  return fc.oneof({ weight: every - 1, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: odd });
}

/** A path with its parameters filled in. */
function anyPlace(path: string, { version }: KnownToService): fc.Arbitrary<string> {
  const odd = fc.oneof(fc.stringMatching(/^[0-9a-f]{16}$/), anyText(20).map(encode), fc.constant(".."));
  return rarely(odd, version, 4).map((value) => path.replaceAll(/\{\w+\}/g, value || "x"));
}

function anyQuery(
  { parameters = [] }: ApiOperation,
  document: ApiDocument,
  { genes, pathways }: KnownToService,
): fc.Arbitrary<string> {
  const listOf = (names: readonly string[]) =>
    fc.subarray([...names], { minLength: 1, maxLength: Math.min(6, names.length) }).map((some) => some.join(","));
  const inQuery = parameters.filter((parameter) => parameter.in === "query");
  const pairs = inQuery.map(({ name, schema }) => {
    const knownNames = name === "genes" ? [listOf(genes)] : name === "pathways" ? [listOf(pathways)] : [];
    const value = fc.oneof(
      ...knownNames.map((arbitrary) => ({ weight: 8, arbitrary })),
      { weight: 2, arbitrary: valueOf(schema, document) },
      { weight: 1, arbitrary: anyText(20) },
    );
    return rarely(
      value.map((text): Pair => [name, String(text)]),
      undefined,
      3,
    );
  });
  const unknown = fc.tuple(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 })).map((pair): Pair => pair);
  const encoded = fc.tuple(...pairs, rarely(unknown, undefined)).map((all) => {
    const given = all.filter((pair) => pair !== undefined);
    return given.length === 0 ? "" : `?${given.map((pair) => pair.map(encode).join("=")).join("&")}`;
  });
  const raw = fc.stringMatching(/^[!-~]{0,30}$/).map((text) => `?${text.replaceAll("#", "")}`);
  return fc.oneof({ weight: 10, arbitrary: encoded }, { weight: 1, arbitrary: raw });
}

/** A lone surrogate, which has no form in an address, is sent as its replacement. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function anyHeaders({ parameters = [] }: ApiOperation, document: ApiDocument): fc.Arbitrary<readonly Pair[]> {
  const mediaTypes = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).flatMap(({ responses }) =>
      Object.values(responses).flatMap(({ content = {} }) => Object.keys(content)),
    ),
  );
  const range = fc
    .tuple(
      fc.constantFrom(...mediaTypes, "*/*", "text/*", "image/png"),
      fc.constantFrom("", ";q=0.5", ";q=0", ";q=x", "; charset=utf-8"),
    )
    .map((parts) => parts.join(""));
  const accept = fc.oneof(
    fc.array(range, { minLength: 1, maxLength: 4 }).map((ranges) => ranges.join(", ")),
    fc.stringMatching(/^[ -~]{0,40}$/),
  );
  const key = fc.oneof(
    fc.uuid(),
    fc.uuid().map((id) => `"${id}"`),
    // The same now and then, so that some are used again.
    fc.constantFrom('"a"', '"b"', "c"),
    fc.stringMatching(/^[ -~]{0,300}$/),
  );
  const known = parameters.filter((parameter) => parameter.in === "header").map(({ name }) => name);
  const maybe = (name: string, value: fc.Arbitrary<string>) =>
    fc.option(
      value.map((text): Pair => [name, text]),
      { nil: undefined, freq: 2 },
    );
  const odd = fc.option(
    fc
      .tuple(
        fc.constantFrom("x-request-id", "range", "if-none-match", "expect", "prefer"),
        fc.stringMatching(/^[ -~]{0,30}$/),
      )
      .map((pair): Pair => (pair[0] === "expect" ? undefined : pair)),
    { nil: undefined, freq: 2 },
  );
  return fc.tuple(
    known.includes("accept") ? maybe("accept", accept) : fc.constant(undefined),
    known.includes("idempotency-key") ? maybe("idempotency-key", key) : fc.constant(undefined),
    odd,
  );
}

interface Body {
  readonly contentType: string | undefined;
  readonly payload: string | undefined;
}

function anyBody({ requestBody }: ApiOperation, document: ApiDocument): fc.Arbitrary<Body | undefined> {
  const bodies = Object.entries(requestBody?.content ?? {}).map(([mediaType, { schema }]) => {
    const valid = valueOf(schema, document).map((value) => JSON.stringify(fewPatients(value)));
    const wrong = wrongValueOf(schema, document).map((value) => JSON.stringify(fewPatients(value)));
    const broken = fc.oneof(
      anyText(60),
      valid.map((text) => text.slice(0, -1)),
      fc.constant(""),
    );
    const payload = fc.oneof(
      { weight: 10, arbitrary: valid },
      { weight: 4, arbitrary: wrong },
      { weight: 1, arbitrary: broken },
      { weight: 1, arbitrary: fc.constant(undefined) },
    );
    const contentType = rarely(
      fc.constantFrom(
        undefined,
        "text/plain",
        "application/x-www-form-urlencoded",
        `${mediaType}; charset=latin1`,
        "x",
      ),
      mediaType,
    );
    return fc.record({ contentType, payload });
  });
  return bodies.length === 0 ? fc.constant(undefined) : fc.oneof(...bodies);
}

/** A body that asks for hundreds of patients would only make this slow. */
function fewPatients(value: unknown): unknown {
  const { count } = (value ?? {}) as { readonly count?: unknown };
  return typeof count === "number" && count > 20 && count <= 1000
    ? { ...(value as object), count: 1 + (count % 20) }
    : value;
}
