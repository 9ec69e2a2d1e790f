import type { Scope } from "@osteon/contracts";
import { describe, expect, it } from "vitest";
import { exampleTrail } from "../testing/stand-in-operations.ts";
import { startTestService, testToken } from "../testing/test-service.ts";

const authorization = `Bearer ${testToken}`;

async function ask(url: string, { method = "GET", scopes = ["audit:read"] }: Asked = {}) {
  const audit = exampleTrail();
  const authenticator = { authenticate: () => ({ id: "key-1", scopes }) };
  const { app } = startTestService({ web: { audit }, authenticator });
  const answer = await app.inject({ method, url, headers: { authorization } });
  await app.close();
  return { answer, used: audit.used };
}

interface Asked {
  readonly method?: "GET" | "POST";
  readonly scopes?: readonly Scope[];
}

describe("the audit trail", () => {
  it.each([
    ["GET", "/audit"],
    ["POST", "/audit/verify"],
    ["GET", "/audit/export"],
  ] as const)("%s %s is for the scope audit:read alone", async (method, url) => {
    expect((await ask(url, { method })).answer.statusCode).toBe(200);
    const { answer, used } = await ask(url, { method, scopes: ["generate", "models:promote"] });
    expect(answer.statusCode).toBe(403);
    expect(used).toEqual([]);
  });

  it("tells its entries, and goes on where an answer ended", async () => {
    const { answer } = await ask("/audit?limit=1&action=model");
    const { entries, next } = answer.json<{ entries: object[]; next: string }>();
    expect(entries).toEqual([
      {
        id: "1.2",
        at: "2026-01-01T12:00:00.000Z",
        principal: "user:ada",
        action: "model.added",
        outcome: "succeeded",
        error_code: null,
        detail: { model: "0123456789abcdef" },
      },
    ]);
    expect((await ask(`/audit?after=${next}`)).answer.json()).toEqual({ entries: [], next: null });
  });

  it("is verified and exported by somebody, who is told to whoever enters it", async () => {
    const verified = await ask("/audit/verify", { method: "POST" });
    expect(verified.answer.json()).toMatchObject({ holds: true });
    expect(verified.used).toEqual(["verified by key-1"]);
    const exported = await ask("/audit/export?format=csv&from=2026-01-01");
    expect(exported.used).toEqual(["csv for key-1"]);
    expect(exported.answer.body).toBe("segment,line\r\n1,2\r\n");
    expect(exported.answer.headers["content-disposition"]).toBe('attachment; filename="audit.csv"');
    const fhir = await ask("/audit/export?format=fhir");
    expect(fhir.answer.headers["content-type"]).toBe("application/fhir+ndjson");
  });

  it.each(["?from=CANARY", "?limit=201", "?after=CANARY", "?patient=CANARY", "?principal=", "?action=CANARY"])(
    "refuses %s, without repeating it",
    async (query) => {
      const { answer } = await ask(`/audit${query}`);
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([422, "service.invalid-request"]);
      expect(answer.body).not.toContain("CANARY");
    },
  );
});
