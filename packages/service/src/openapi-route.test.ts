import { problemMediaType, type Problem } from "@osteon/contracts";
import { catalogue } from "@osteon/errors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestService, type TestService } from "./testing/test-service.ts";

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema & { minimum?: number; maximum?: number; unit?: string }>>;
  readonly additionalProperties?: unknown;
  readonly required?: readonly string[];
  readonly examples?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
}

interface MediaTypes {
  readonly content: Readonly<
    Record<string, { readonly schema: Schema; readonly example?: unknown; readonly examples?: unknown }>
  >;
  readonly headers?: Readonly<Record<string, unknown>>;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly description?: string;
    readonly schema: Schema;
  }[];
  readonly requestBody?: MediaTypes & { readonly required: boolean };
  readonly responses: Readonly<Record<string, MediaTypes & { readonly description: string }>>;
}

interface OpenApiDocument {
  readonly openapi: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
}

let service: TestService;
let document: OpenApiDocument;

beforeAll(async () => {
  service = startTestService({ synthesiser: null });
  const answer = await service.app.inject({ url: "/openapi.json" });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers["content-type"]).toContain("application/json");
  document = answer.json<OpenApiDocument>();
});

afterAll(async () => {
  await service.app.close();
});

function everyReference(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) =>
    key === "$ref" ? [String(child)] : everyReference(child),
  );
}

function componentOf(schema: Schema): Schema {
  return document.components.schemas[schema.$ref!.split("/").at(-1)!]!;
}

describe("GET /openapi.json", () => {
  it("is OpenAPI 3.1 with a title, a version and a licence", () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: "Osteon", version: "1.1.0", license: { identifier: "MIT" } });
  });

  it("has every route and no other", () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(operations.sort()).toEqual([
      "GET /docs",
      "GET /health",
      "GET /health/live",
      "GET /health/ready",
      "GET /models/current",
      "GET /models/current/card",
      "GET /openapi.json",
      "POST /generate",
    ]);
  });

  it("gives each operation a name, a summary and at least one answer with a form", () => {
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    expect(new Set(operations.map((operation) => operation.operationId)).size).toBe(operations.length);
    for (const operation of operations) {
      expect(operation.summary).not.toBe("");
      expect(Object.keys(operation.responses)).toContain("200");
      for (const response of Object.values(operation.responses)) {
        expect(response.description).not.toBe("");
        expect(Object.values(response.content)[0]!.schema).toBeDefined();
      }
    }
  });

  it("asks for a bearer token where patients or the model are told of, and nowhere else", () => {
    expect(document.components.securitySchemes).toMatchObject({ bearer: { type: "http", scheme: "bearer" } });
    const guarded = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).flatMap(({ security }) => (security.length > 0 ? [{ path, security }] : [])),
    );
    expect(guarded).toEqual(
      ["/generate", "/models/current", "/models/current/card"].map((path) => ({ path, security: [{ bearer: [] }] })),
    );
  });

  it("has an example of every request body and of every answer that has a form", () => {
    const hasExample = ({ schema, example, examples }: MediaTypes["content"][string]): boolean =>
      example !== undefined ||
      examples !== undefined ||
      schema.examples !== undefined ||
      (schema.$ref !== undefined && hasExample({ schema: componentOf(schema) })) ||
      (schema.anyOf?.every((member) => hasExample({ schema: member })) ?? false);
    const without = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).flatMap(({ requestBody, responses }) =>
        [...(requestBody ? [requestBody] : []), ...Object.values(responses)].flatMap(({ content }) =>
          Object.entries(content).flatMap(([mediaType, media]) => (hasExample(media) ? [] : [`${path} ${mediaType}`])),
        ),
      ),
    );
    // A page, a binary file and this document have none that would help.
    expect(without).toEqual([
      "/generate application/vnd.apache.parquet",
      "/openapi.json application/json",
      "/docs text/html",
    ]);
  });

  it("describes query, headers, and the headers of the answer", () => {
    const { parameters, responses } = document.paths["/generate"]!["post"]!;
    const described = parameters!.map(({ name, in: place, description, schema }) => [
      place,
      name,
      !!description,
      schema.type,
    ]);
    expect(described).toEqual([
      ["query", "genes", true, "string"],
      ["query", "pathways", true, "string"],
      ["query", "parts", true, "string"],
      ["header", "accept", true, "string"],
      ["header", "idempotency-key", true, "string"],
    ]);
    expect(Object.keys(responses["200"]!.headers!)).toContain("X-Osteon-Seed");
  });

  it("has no reference that leads nowhere, and no schema that nothing leads to", () => {
    const referenced = new Set(everyReference(document));
    const defined = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect([...referenced].sort()).toEqual(defined.sort());
  });

  it("describes the request's fields with range and unit, closed to others, with examples that it accepts", async () => {
    const { requestBody } = document.paths["/generate"]!["post"]!;
    expect(requestBody!.required).toBe(true);
    const schema = componentOf(requestBody!.content["application/json"]!.schema);
    expect(schema.properties!["survival_time"]).toMatchObject({ minimum: 0, maximum: 36_525, unit: "days" });
    expect(schema.properties!["age"]).toMatchObject({ minimum: 0, maximum: 89, unit: "years" });
    expect(schema.properties!["count"]).toMatchObject({ minimum: 1, maximum: 1000, default: 1 });
    expect(schema.required).toBeUndefined();
    expect(schema.additionalProperties).toBe(false);
    expect(schema.examples!.length).toBeGreaterThan(0);
    const generating = startTestService();
    for (const example of schema.examples!) {
      expect((await generating.generate(example as object)).statusCode).toBe(200);
    }
    await generating.app.close();
  });

  it("tells that a profile which few training patients have is refused", () => {
    const { description, content } = document.paths["/generate"]!["post"]!.responses["422"]!;
    expect(description).toContain("generator.rare-profile");
    expect(componentOf(content[problemMediaType]!.schema).properties).toHaveProperty("errors");
  });

  it("describes both forms of the answer, with examples", () => {
    const { schema } = document.paths["/generate"]!["post"]!.responses["200"]!.content["application/json"]!;
    const forms = schema.anyOf!.map(componentOf);
    expect(forms[0]!.required).toEqual(expect.arrayContaining(["mutations", "expression", "pathways", "copy_number"]));
    expect(forms[1]!.required).toContain("patients");
    for (const form of forms) {
      expect(form.examples).toHaveLength(1);
    }
  });

  it("documents every refusal of /generate as a problem document of a status in the catalogue", () => {
    const { responses } = document.paths["/generate"]!["post"]!;
    const refusals = Object.keys(responses).filter((status) => status !== "200");
    expect(refusals).toEqual(["400", "401", "403", "406", "409", "413", "415", "422", "429", "500", "503"]);
    const statuses = Object.entries(catalogue)
      .filter(([code]) => code.startsWith("service."))
      .map(([, definition]) => String(definition.status));
    for (const status of refusals) {
      expect(statuses).toContain(status);
      expect(Object.keys(responses[status]!.content)).toEqual([problemMediaType]);
    }
    const [example] = componentOf(responses["422"]!.content[problemMediaType]!.schema).examples as [Problem];
    expect(example.code in catalogue).toBe(true);
  });

  it("has no leftover of the generator", () => {
    expect(JSON.stringify(document)).not.toMatch(/__SCHEMA|undefined/);
  });
});
