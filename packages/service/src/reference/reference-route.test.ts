import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiDocument } from "../openapi-document.ts";
import { startTestService, type TestService } from "../testing/test-service.ts";
import { renderReference } from "./render-reference.ts";

let service: TestService;
let page: string;
let policy: string;

beforeAll(async () => {
  service = startTestService({ synthesiser: null });
  const answer = await service.app.inject({ url: "/docs" });
  expect([answer.statusCode, answer.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
  page = answer.body;
  policy = String(answer.headers["content-security-policy"]);
});

afterAll(() => service.app.close());

describe("GET /docs", () => {
  it("lets its own style in by digest and nothing else", () => {
    const [, style] = /<style>(.*)<\/style>/s.exec(page)!;
    const digest = createHash("sha256").update(style!).digest("base64");
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
  });

  it("runs nothing, loads nothing, and leads to no other host", () => {
    expect(page).not.toMatch(/<script|<img|<link|<iframe|\son[a-z]+=|style=|javascript:|https?:/i);
  });

  it("holds every operation, parameter, status and schema of the document", async () => {
    const document = (await service.app.inject({ url: "/openapi.json" })).json<ApiDocument>();
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const { operationId, parameters = [], responses } of Object.values(methods)) {
        const from = page.indexOf(`<h2 id="${operationId}">`);
        const section = page.slice(from, page.indexOf("</section>", from));
        expect(section).toContain(path);
        for (const { name } of parameters) expect(section).toContain(`<code>${name}</code>`);
        for (const status of Object.keys(responses)) expect(section).toContain(`>${status}</b>`);
      }
    }
    for (const name of Object.keys(document.components.schemas!)) expect(page).toContain(`id="schema-${name}"`);
    // A field with its limits and unit, one within another object, one within a list.
    expect(page).toContain("integer of 1 to 1000 patients; 1 where left out");
    for (const name of ["clinical.age_years", "patients", "conditions[].allowed"]) {
      expect(page).toContain(`<code>${name}</code>`);
    }
  });

  it("takes whatever stands in a document for text", () => {
    const bad = `"><script>alert('x')</script>&`;
    const rendered = renderReference({
      openapi: "3.1.1",
      info: { title: bad, version: bad, description: bad },
      paths: {
        [bad]: {
          get: {
            operationId: bad,
            summary: bad,
            description: bad,
            parameters: [{ name: bad, in: "query", description: bad, schema: { enum: [bad], unit: bad } }],
            responses: {
              [bad]: { description: bad, content: { [bad]: { schema: { $ref: bad }, example: bad } } },
            },
          },
        },
      },
      components: { schemas: { [bad]: { properties: { [bad]: { const: bad, description: bad } }, examples: [bad] } } },
    });
    expect(rendered).not.toContain("<script");
    expect(rendered.match(/&lt;script&gt;/g)!.length).toBeGreaterThan(15);
    expect(rendered).not.toContain(`"">`);
  });
});
