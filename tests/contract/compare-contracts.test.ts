import { describe, expect, it } from "vitest";
import type { ApiDocument, ApiOperation, JsonSchema } from "../../packages/service/src/openapi-document.ts";
import { compareContracts } from "../../tools/contract/compare-contracts.ts";

const operation: ApiOperation = {
  operationId: "make",
  summary: "",
  security: [{ bearer: [] }],
  parameters: [
    { name: "parts", in: "query", schema: { type: "string", pattern: "^a$" } },
    { name: "limit", in: "query", required: true, schema: { type: "integer", minimum: 1, maximum: 10 } },
  ],
  requestBody: {
    required: true,
    content: {
      "application/json": { schema: { $ref: "#/components/schemas/Request" } },
      "text/csv": { schema: { type: "string" } },
    },
  },
  responses: {
    200: {
      description: "",
      headers: { "X-Seed": { schema: { type: "string" } } },
      content: {
        "application/json": {
          schema: { anyOf: [{ $ref: "#/components/schemas/One" }, { $ref: "#/components/schemas/Many" }] },
        },
        "text/csv": { schema: { type: "string" } },
      },
    },
    404: { description: "", content: { "application/problem+json": { schema: { type: "object" } } } },
  },
};

const request: JsonSchema = {
  type: "object",
  additionalProperties: false,
  required: ["kind"],
  properties: {
    kind: { enum: ["a", "b"] },
    age: { type: "number", minimum: 0, maximum: 89 },
    count: { type: "integer", minimum: 1, maximum: 100 },
    name: { type: "string", minLength: 1, maxLength: 20 },
    flag: {
      anyOf: [
        { type: "number", const: 0 },
        { type: "number", const: 1 },
      ],
    },
    tags: { type: "array", items: { type: "string" }, minItems: 1, maxItems: 5 },
    nested: { type: "object", properties: { deep: { type: ["number", "null"] } } },
  },
};

const one: JsonSchema = {
  type: "object",
  additionalProperties: false,
  required: ["index", "status", "genes"],
  properties: {
    index: { type: "integer", minimum: 0 },
    status: { enum: ["done", "failed"] },
    age: { type: "number" },
    genes: { type: "object", additionalProperties: { anyOf: [{ type: "integer" }, { type: "null" }] } },
  },
};

const many: JsonSchema = {
  type: "object",
  required: ["list"],
  properties: { list: { type: "array", items: { $ref: "#/components/schemas/One" } } },
};

const contract: ApiDocument = {
  openapi: "3.1.1",
  info: { title: "", version: "1.0.0" },
  paths: {
    "/things": { post: operation, get: { operationId: "list", summary: "", security: [], responses: {} } },
    "/open": { get: { operationId: "open", summary: "", security: [], responses: {} } },
  },
  components: { schemas: { Request: request, One: one, Many: many } },
};

/** The breaks between the contract and a copy of it in which the value at each of these places is another; undefined for none. */
function breaksOf(changes: Readonly<Record<string, unknown>>): readonly string[] {
  const changed = structuredClone(contract);
  for (const [place, value] of Object.entries(changes)) {
    const names = place.split(" ");
    const last = names.pop()!;
    const holder = names.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], changed);
    if (value === undefined) delete (holder as Record<string, unknown>)[last];
    else (holder as Record<string, unknown>)[last] = value;
  }
  return compareContracts(contract, changed).map(({ at, what }) => `${at}: ${what}`);
}

const post = "paths /things post";
const sent = "components schemas Request";
const given = "components schemas One";

describe("compareContracts", () => {
  it("finds nothing between a contract and itself", () => {
    expect(breaksOf({})).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ["a path", { "paths /open": undefined }, ["GET /open: the operation is gone"]],
    ["a method", { "paths /things get": undefined }, ["GET /things: the operation is gone"]],
    ["open access", { "paths /open get security": [{ bearer: [] }] }, ["GET /open: it was open to anyone, and is not"]],
    ["a way of access", { [`${post} security`]: [{ oidc: [] }] }, ["POST /things: access by bearer is gone"]],
    [
      "parameters",
      { [`${post} parameters`]: [] },
      ["POST /things, query parts: the parameter is gone", "POST /things, query limit: the parameter is gone"],
    ],
    [
      "a parameter's being optional",
      { [`${post} parameters 0 required`]: true },
      ["POST /things, query parts: the parameter became required"],
    ],
    [
      "a parameter's form",
      { [`${post} parameters 0 schema pattern`]: "^b$", [`${post} parameters 1 schema maximum`]: 9 },
      [
        "POST /things, query parts: pattern went from ^a$ to ^b$",
        "POST /things, query limit: maximum went from 10 to 9",
      ],
    ],
    [
      "a media type that is sent",
      { [`${post} requestBody content text/csv`]: undefined },
      ["POST /things, body: text/csv is gone"],
    ],
    ["an answer", { [`${post} responses 200`]: undefined }, ["POST /things, answer 200: the answer is gone"]],
    [
      "a media type that is given",
      { [`${post} responses 200 content text/csv`]: undefined },
      ["POST /things, answer 200: text/csv is gone"],
    ],
    [
      "a header",
      { [`${post} responses 200 headers`]: {} },
      ["POST /things, answer 200, header X-Seed: the header is gone"],
    ],
    [
      "a form of an answer's fields",
      { [`${given} properties index type`]: "string" },
      [
        "POST /things, answer 200 → index: string may come, which it could not",
        "POST /things, answer 200 → list[] → index: string may come, which it could not",
      ],
    ],
  ])("finds that %s was taken away", (_name, changes, breaks) => {
    expect(breaksOf(changes)).toEqual(breaks);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["a new required field", { required: ["kind", "age"] }, "age: the field became required"],
    [
      "an unknown required field",
      { required: ["kind", "more"], "properties more": { type: "string" } },
      "more: a new field is required",
    ],
    ["a field that is gone", { "properties age": undefined }, "age: the field is gone"],
    ["a value that is gone", { "properties kind enum": ["a"] }, 'kind: the value "b" is not taken any more'],
    [
      "a choice that is gone",
      { "properties flag": { type: "number", const: 1 } },
      "flag: the value 0 is not taken any more",
    ],
    [
      "a type that is gone",
      { "properties nested properties deep type": "number" },
      "nested → deep: null is not taken any more",
    ],
    ["another type", { "properties name": { type: "integer" } }, "name: string is not taken any more"],
    ["whole numbers alone", { "properties age type": "integer" }, "age: number is not taken any more"],
    ["a lower maximum", { "properties age maximum": 60 }, "age: maximum went from 89 to 60"],
    ["a higher minimum", { "properties count minimum": 2 }, "count: minimum went from 1 to 2"],
    ["a limit where there was none", { "properties tags items maxLength": 5 }, "tags[]: maxLength went from none to 5"],
    ["a shorter text", { "properties name maxLength": 10 }, "name: maxLength went from 20 to 10"],
    ["a longer least text", { "properties name minLength": 2 }, "name: minLength went from 1 to 2"],
    ["a pattern", { "properties name pattern": "^x" }, "name: pattern went from none to ^x"],
    ["shorter lists", { "properties tags maxItems": 4 }, "tags: maxItems went from 5 to 4"],
    ["no other fields", { "properties nested additionalProperties": false }, "nested: other fields are refused now"],
  ])("finds in a request %s", (_name, changes, found) => {
    const placed = Object.fromEntries(Object.entries(changes).map(([place, value]) => [`${sent} ${place}`, value]));
    expect(breaksOf(placed)).toEqual([`POST /things, body → ${found}`]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["a field that is gone", { "properties age": undefined }, "age: the field is gone"],
    [
      "a required field that is gone",
      { "properties genes": undefined, required: ["index", "status"] },
      "genes: the field is gone",
    ],
    ["a field that may be absent", { required: ["index", "status"] }, "genes: the field may be absent now"],
    [
      "a value that is gone",
      { "properties status enum": ["done"] },
      'status: the value "failed" does not come any more',
    ],
    [
      "a new value",
      { "properties status enum": ["done", "failed", "late"] },
      'status: the value "late" may come, which it could not',
    ],
    ["null", { "properties age type": ["number", "null"] }, "age: null may come, which it could not"],
    [
      "null among members",
      { "properties genes additionalProperties anyOf 0 type": "number" },
      "genes → *: number may come, which it could not",
    ],
    ["a lower minimum", { "properties index minimum": -1 }, "index: minimum went from 0 to -1"],
    ["no minimum", { "properties index minimum": undefined }, "index: minimum went from 0 to none"],
  ])("finds in an answer %s, and in lists of it", (_name, changes, found) => {
    const placed = Object.fromEntries(Object.entries(changes).map(([place, value]) => [`${given} ${place}`, value]));
    expect(breaksOf(placed)).toEqual([
      `POST /things, answer 200 → ${found}`,
      `POST /things, answer 200 → list[] → ${found}`,
    ]);
  });

  it.each<[string, Record<string, unknown>]>([
    ["an operation", { "paths /more": contract.paths["/open"] }],
    ["an optional parameter", { [`${post} parameters 2`]: { name: "more", in: "query", schema: { type: "string" } } }],
    ["an optional field of a request", { [`${sent} properties more`]: { type: "string" } }],
    ["a value of a request", { [`${sent} properties kind enum`]: ["a", "b", "c"] }],
    [
      "wider limits of a request",
      { [`${sent} properties age maximum`]: 120, [`${sent} properties name minLength`]: undefined },
    ],
    ["whole numbers to all", { [`${sent} properties count type`]: "number" }],
    ["a field that need not be sent any more", { [`${sent} required`]: [] }],
    [
      "a field of an answer",
      { [`${given} properties more`]: { type: "string" }, [`${given} required`]: ["index", "status", "genes", "more"] },
    ],
    ["narrower limits of an answer", { [`${given} properties index minimum`]: 1 }],
    ["a field of an answer that always comes", { [`${given} required`]: ["index", "status", "genes", "age"] }],
    ["a media type", { [`${post} responses 200 content text/html`]: { schema: { type: "string" } } }],
    ["a refusal", { [`${post} responses 429`]: { description: "" } }],
    ["a refusal that is gone", { [`${post} responses 404`]: undefined }],
    ["free access", { [`${post} security`]: [] }],
    ["words", { [`${given} description`]: "other", [`${post} summary`]: "other", "info version": "1.2.0" }],
  ])("lets %s be added", (_name, changes) => {
    expect(breaksOf(changes)).toEqual([]);
  });

  it("ends on a schema that holds itself", () => {
    const tree = (age: string): ApiDocument => {
      const children: JsonSchema = { type: "array", items: { anyOf: [{ $ref: "#/components/schemas/Tree" }] } };
      return {
        ...contract,
        paths: {
          "/tree": {
            get: {
              operationId: "tree",
              summary: "",
              responses: {
                200: { description: "", content: { a: { schema: { $ref: "#/components/schemas/Tree" } } } },
              },
            },
          },
        },
        components: { schemas: { Tree: { type: "object", properties: { age: { type: age }, children } } } },
      };
    };
    expect(compareContracts(tree("number"), tree("number"))).toEqual([]);
    expect(compareContracts(tree("number"), tree("string"))[0]).toEqual({
      at: "GET /tree, answer 200 → age",
      what: "string may come, which it could not",
    });
  });
});
