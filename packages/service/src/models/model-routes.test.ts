import {
  cardTextSchema,
  modelDetailSchema,
  modelHistorySchema,
  modelListSchema,
  modelMoveSchema,
  modelReferenceSchema,
  type Scope,
} from "@osteon/contracts";
import { afterEach, describe, expect, it } from "vitest";
import { startTestService, testToken, type TestService } from "../testing/test-service.ts";
import { exampleCatalogue, exampleSummary } from "../testing/web-service.ts";
import type { ModelCatalogue } from "./model-catalogue.ts";

const { version } = exampleSummary;
let service: TestService;
afterEach(() => service.app.close());

function start(catalogue: ModelCatalogue, scopes?: readonly Scope[]): TestService {
  const authenticator = scopes && { authenticate: () => ({ id: "key-1", scopes }) };
  service = startTestService({ web: { catalogue }, ...(authenticator && { authenticator }) });
  return service;
}

const authorization = `Bearer ${testToken}`;
const get = (url: string) => service.app.inject({ url, headers: { authorization } });
const post = (url: string, payload: object) =>
  service.app.inject({ method: "POST", url, headers: { authorization }, payload });

describe("GET /models", () => {
  it.each([
    ["/models", modelListSchema],
    ["/models/history", modelHistorySchema],
    [`/models/${version}`, modelDetailSchema],
    [`/models/${version}/reference`, modelReferenceSchema],
    [`/models/${version}/card`, cardTextSchema],
  ])("answers %s by its contract to whoever is known, and to nobody else", async (url, schema) => {
    start(exampleCatalogue(), []);
    const answer = await get(url);
    expect(answer.statusCode).toBe(200);
    expect(schema.safeParse(answer.json()).success).toBe(true);
    expect((await service.app.inject({ url })).statusCode).toBe(401);
  });

  it("gives the report as a page that runs nothing and shows in the application alone", async () => {
    start(exampleCatalogue());
    const { headers, body } = await get(`/models/${version}/report`);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; .*frame-ancestors 'self'; sandbox$/);
    expect(headers["content-security-policy"]).not.toContain("script-src");
    expect(headers["x-frame-options"]).toBe("SAMEORIGIN");
    expect(body).toContain("<title>report</title>");
  });

  it("answers 404 for what is not there", async () => {
    start({ ...exampleCatalogue(), report: async () => null });
    for (const version of ["..%2f..%2fetc%2fpasswd", "0123456789ABCDEF", "0123456789abcde", "%00"]) {
      expect((await get(`/models/${version}`)).json()).toMatchObject({ code: "service.model-unknown" });
    }
    expect((await get("/models/ffffffffffffffff")).json()).toMatchObject({
      code: "service.model-unknown",
      status: 404,
    });
    expect((await get(`/models/${version}/report`)).json()).toMatchObject({ code: "service.not-in-package" });
  });
});

describe("moving what is on air", () => {
  it("is done in the name of who asks, with the reason", async () => {
    const catalogue = exampleCatalogue();
    start(catalogue, ["models:promote"]);
    const promoted = await post(`/models/${version}/promote`, { reason: "better", override: true });
    expect(modelMoveSchema.parse(promoted.json())).toMatchObject({ action: "promote", by: "key-1" });
    await post("/models/rollback", {});
    expect(catalogue.orders).toEqual([
      { version, reason: "better", override: true, by: "key-1" },
      { to: undefined, reason: "", by: "key-1" },
    ]);
  });

  it("needs its scope, and fields that are known", async () => {
    const catalogue = exampleCatalogue();
    start(catalogue, ["generate"]);
    expect((await post("/models/rollback", {})).json()).toMatchObject({ code: "service.scope-missing" });
    await service.app.close();
    start(catalogue, ["models:promote"]);
    const answer = await post(`/models/${version}/promote`, { reason: 3, CANARY: 1 });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({
      code: "service.invalid-request",
      errors: [{ field: "reason", allowed: "a text" }, {}],
    });
    expect(answer.body).not.toContain("CANARY");
    expect(catalogue.orders).toEqual([]);
  });

  it("is not offered where the service may not sign", async () => {
    start({ ...exampleCatalogue(), moves: null });
    expect((await get("/models")).json()).toMatchObject({ can_move: false });
    expect((await post("/models/rollback", {})).statusCode).toBe(404);
  });
});
