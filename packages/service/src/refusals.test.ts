import { problemSchema } from "@osteon/contracts";
import type { InjectOptions } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestService, testToken, type TestService } from "./testing/test-service.ts";

let service: TestService;

beforeAll(() => {
  service = startTestService();
});

afterAll(async () => {
  await service.app.close();
});

const authorization = `Bearer ${testToken}`;
const json = { authorization, "content-type": "application/json" };

describe("authentication", () => {
  it.each([
    ["no header", {}, "service.token-missing", 'Bearer realm="osteon"'],
    ["another scheme", { authorization: "Basic YTpi" }, "service.token-missing", 'Bearer realm="osteon"'],
    [
      "a wrong token",
      { authorization: "Bearer CANARY" },
      "service.token-refused",
      'Bearer realm="osteon", error="invalid_token"',
    ],
  ])("answers 401 to %s, before looking at the body", async (_name, headers, code, challenge) => {
    const answer = await service.app.inject({
      method: "POST",
      url: "/generate",
      headers: { "content-type": "text/plain", ...headers },
      payload: "not json",
    });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers["www-authenticate"]).toBe(challenge);
    expect(problemSchema.parse(answer.json()).code).toBe(code);
    expect(answer.body).not.toContain("CANARY");
  });

  it("does not take a token from the address", async () => {
    const answer = await service.app.inject({
      method: "POST",
      url: `/generate?access_token=${testToken}`,
      payload: {},
    });
    expect(answer.statusCode).toBe(401);
  });
});

describe("validation", () => {
  const fields = "an object with the fields survival_time, event_occurred, age, metastasis, count, seed";

  it.each([
    [{ survival_time: -1 }, "survival_time", "a number of 0 to 36525 days", "below the allowed range"],
    [{ survival_time: 36_526 }, "survival_time", "a number of 0 to 36525 days", "above the allowed range"],
    [{ survival_time: "CANARY" }, "survival_time", "a number of 0 to 36525 days", "not of the right type"],
    [{ survival_time: null }, "survival_time", "a number of 0 to 36525 days", "not of the right type"],
    [{ event_occurred: 2 }, "event_occurred", "0 or 1", "not one of the allowed values"],
    [{ event_occurred: true }, "event_occurred", "0 or 1", "not one of the allowed values"],
    [{ age: 89.5 }, "age", "a number of 0 to 89 years", "above the allowed range"],
    [{ age: { years: "CANARY" } }, "age", "a number of 0 to 89 years", "not of the right type"],
    [{ metastasis: "1" }, "metastasis", "0 or 1", "not one of the allowed values"],
    [{ count: 0 }, "count", "an integer of 1 to 1000 patients", "below the allowed range"],
    [{ count: 1001 }, "count", "an integer of 1 to 1000 patients", "above the allowed range"],
    [{ count: 2.5 }, "count", "an integer of 1 to 1000 patients", "not of the right type"],
    [{ seed: -1 }, "seed", "an integer of 0 to 9007199254740991", "below the allowed range"],
    [{ seed: 2 ** 53 }, "seed", "an integer of 0 to 9007199254740991", "above the allowed range"],
    [{ CANARY: 1 }, "(unknown)", fields, "1 field has a name that is not known"],
    [{ CANARY: 1, survivalTime: 2 }, "(unknown)", fields, "2 fields have names that are not known"],
    [["CANARY"], "(body)", fields, "not a JSON object"],
  ])("answers 422 to %j", async (body, field, allowed, problem) => {
    const answer = await service.generate(body);
    expect(answer.statusCode).toBe(422);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    const document = problemSchema.parse(answer.json());
    expect(document.code).toBe("service.invalid-request");
    expect(document.errors).toEqual([{ field, allowed, problem }]);
    expect(answer.body).not.toContain("CANARY");
  });

  it("names every wrong field at once", async () => {
    const answer = await service.generate({ age: -1, metastasis: 7, count: "many", more: 1 });
    const document = problemSchema.parse(answer.json());
    expect(document.errors?.map((error) => error.field).sort()).toEqual(["(unknown)", "age", "count", "metastasis"]);
    expect(document.detail).toContain("4 problem(s)");
  });

  it.each(["null", "1", '"CANARY"', "true"])("answers 422 to a body of %s", async (payload) => {
    const answer = await service.app.inject({ method: "POST", url: "/generate", headers: json, payload });
    expect(answer.statusCode).toBe(422);
    expect(problemSchema.parse(answer.json()).errors![0]!.field).toBe("(body)");
    expect(answer.body).not.toContain("CANARY");
  });
});

describe("requests that are not understood", () => {
  const cases: readonly [string, InjectOptions, number, string][] = [
    ["half an object", { headers: json, payload: '{"CANARY": ' }, 400, "service.malformed-json"],
    ["an empty body", { headers: json, payload: "" }, 400, "service.malformed-json"],
    ["a number out of JSON", { headers: json, payload: '{"age": CANARY}' }, 400, "service.malformed-json"],
    ["a prototype", { headers: json, payload: '{"__proto__": {"age": 1}}' }, 400, "service.malformed-json"],
    [
      "text",
      { headers: { authorization, "content-type": "text/plain" }, payload: "CANARY" },
      415,
      "service.media-type-not-supported",
    ],
    [
      "a form",
      { headers: { authorization, "content-type": "application/x-www-form-urlencoded" }, payload: "age=1" },
      415,
      "service.media-type-not-supported",
    ],
    [
      "65,537 bytes",
      { headers: json, payload: `{"CANARY":"${"x".repeat(65_537 - 13)}"}` },
      413,
      "service.body-too-large",
    ],
    ["an unknown address", { url: "/CANARY", headers: json, payload: "{}" }, 404, "service.route-not-found"],
    ["an address in text", { url: "/CANARY", payload: "text" }, 404, "service.route-not-found"],
    ["an address that does not decode", { url: "/%CANARY" }, 400, "service.malformed-request"],
    ["another method", { method: "GET", url: "/generate?CANARY" }, 405, "service.method-not-allowed"],
    ["another method", { method: "DELETE", url: "/health" }, 405, "service.method-not-allowed"],
    ["another method", { method: "OPTIONS", url: "/generate" }, 405, "service.method-not-allowed"],
  ];

  it.each(cases)("answers %s with its own problem", async (_name, options, status, code) => {
    const answer = await service.app.inject({ method: "POST", url: "/generate", ...options });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    const problem = problemSchema.parse(answer.json());
    expect(problem).toMatchObject({ status, code, instance: `urn:uuid:${String(answer.headers["x-request-id"])}` });
    expect(JSON.stringify([answer.body, answer.headers])).not.toContain("CANARY");
  });

  it("takes a body of exactly 65,536 bytes", async () => {
    const payload = `{"seed":1${" ".repeat(65_536 - 10)}}`;
    expect(payload).toHaveLength(65_536);
    const answer = await service.app.inject({ method: "POST", url: "/generate", headers: json, payload });
    expect(answer.statusCode).toBe(200);
  });

  it("says which methods an address takes", async () => {
    const generate = await service.app.inject({ method: "GET", url: "/generate" });
    expect(generate.headers["allow"]).toBe("POST");
    const health = await service.app.inject({ method: "POST", url: "/health" });
    expect(health.headers["allow"]).toBe("GET, HEAD");
  });

  it("keeps everything that was sent out of the events", () => {
    const known = JSON.stringify(service.events);
    expect(service.events.length).toBeGreaterThan(30);
    expect(known).not.toContain("CANARY");
    expect(known).not.toContain(testToken);
    expect(new Set(service.events.map((event) => event.route))).toEqual(new Set(["/generate", "(unknown)"]));
  });
});
