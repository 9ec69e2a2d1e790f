import { expect, it } from "vitest";
import { sessionSchema } from "@osteon/contracts";
import { startTestService, testToken } from "../testing/test-service.ts";
import { exampleCatalogue } from "../testing/web-service.ts";

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { summary: string; responses: object }>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

const web = { application: async () => null, catalogue: exampleCatalogue(), run: async () => null };

it("describes every route of every part, with no reference that leads nowhere", async () => {
  const { app } = startTestService({ web });
  const document = (await app.inject("/openapi.json")).json<Document>();
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(operations).toEqual(
    expect.arrayContaining([
      "POST /session",
      "GET /session",
      "DELETE /session",
      "GET /models",
      "GET /models/history",
      "GET /models/{version}",
      "GET /models/{version}/reference",
      "GET /models/{version}/card",
      "GET /models/{version}/report",
      "POST /models/{version}/promote",
      "POST /models/rollback",
      "POST /models/current/support",
      "GET /runs/current/events",
    ]),
  );
  expect(operations.join()).not.toContain("/app");
  const text = JSON.stringify(document);
  const referenced = [...text.matchAll(/#\/components\/schemas\/([\w-]+)/g)].map(([, name]) => name!);
  expect([...new Set(referenced)].sort()).toEqual(Object.keys(document.components.schemas).sort());
  await app.close();
});

it("tells a browser which parts there are", async () => {
  const { app } = startTestService({ web });
  const answer = await app.inject({ url: "/session", headers: { authorization: `Bearer ${testToken}` } });
  expect(sessionSchema.parse(answer.json()).parts).toEqual(["models", "moves", "run"]);
  await app.close();
});
