import type { Problem, UsageAnswer, UsageStep } from "@osteon/contracts";
import { describe, expect, it } from "vitest";
import type { Authenticator } from "../authentication/authenticator.ts";
import { standInOperations } from "../testing/stand-in-operations.ts";
import { startTestService, testToken } from "../testing/test-service.ts";

const authorization = `Bearer ${testToken}`;
const { metrics, usage: standIn } = standInOperations;

function usageAsked() {
  const asked: { from: number; to: number; step: UsageStep }[] = [];
  return {
    asked,
    read(range: (typeof asked)[number]): UsageAnswer {
      asked.push(range);
      return standIn.read(range);
    },
  };
}

const withScopes = (...scopes: ("audit:read" | "metrics:read" | "generate")[]): Authenticator => ({
  authenticate: () => ({ id: "somebody", scopes }),
});

describe("GET /metrics", () => {
  it("gives the text to a token with the scope metrics:read, and to no other", async () => {
    for (const [scope, status] of [
      ["metrics:read", 200] as const,
      ["audit:read", 403] as const,
      ["generate", 403] as const,
    ]) {
      const { app } = startTestService({ metrics, authenticator: withScopes(scope) });
      const answer = await app.inject({ url: "/metrics", headers: { authorization } });
      await app.close();
      expect([scope, answer.statusCode]).toEqual([scope, status]);
      if (status !== 200) continue;
      expect(answer.headers["content-type"]).toBe(metrics.contentType);
      expect(answer.body).toBe("osteon_info 1\n");
    }
  });

  it("asks for a token, and is not there where nobody gives metrics", async () => {
    const { app } = startTestService({ metrics });
    expect((await app.inject({ url: "/metrics" })).statusCode).toBe(401);
    await app.close();
    const bare = startTestService().app;
    expect((await bare.inject({ url: "/metrics", headers: { authorization } })).statusCode).toBe(404);
    await bare.close();
  });
});

describe("GET /usage", () => {
  const ask = async (query: string, authenticator?: Authenticator) => {
    const usage = usageAsked();
    const { app } = startTestService({ usage, ...(authenticator && { authenticator }) });
    const answer = await app.inject({ url: `/usage${query}`, headers: { authorization } });
    await app.close();
    return { answer, asked: usage.asked };
  };

  it("is for the scope audit:read", async () => {
    expect((await ask("", withScopes("audit:read"))).answer.statusCode).toBe(200);
    expect((await ask("", withScopes("metrics:read", "generate"))).answer.statusCode).toBe(403);
  });

  it("brings the beginning down to the step", async () => {
    const { answer, asked } = await ask("?from=2026-01-02T03:04:05Z&to=2026-01-02T09:00:00Z&step=hour");
    expect(answer.statusCode).toBe(200);
    expect(asked).toEqual([{ from: Date.UTC(2026, 0, 2, 3), to: Date.UTC(2026, 0, 2, 9), step: "hour" }]);
  });

  it("gives the last 200 steps where nothing is said", async () => {
    const before = Date.now();
    const { asked } = await ask("?step=day");
    const [{ from, to }] = asked as [(typeof asked)[number]];
    expect(to).toBeGreaterThanOrEqual(before);
    expect(from % 86_400_000).toBe(0);
    expect((to - from) / 86_400_000).toBeGreaterThanOrEqual(200);
  });

  it.each([
    ["?step=second", "service.invalid-request"],
    ["?from=1999-12-31", "service.invalid-request"],
    ["?from=CANARY", "service.invalid-request"],
    ["?patient=CANARY", "service.invalid-request"],
    ["?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "service.usage-range"],
    ["?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z&step=minute", "service.usage-range"],
  ])("refuses %s, without repeating it", async (query, code) => {
    const { answer, asked } = await ask(query);
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code });
    expect(answer.body).not.toContain("CANARY");
    expect(asked).toEqual([]);
  });

  it("names the parameter that is wrong, and what it takes", async () => {
    const { answer } = await ask("?step=second");
    expect((answer.json() as Problem).errors).toEqual([
      { field: "step", allowed: '"minute" or "hour" or "day"', problem: expect.any(String) },
    ]);
  });
});
