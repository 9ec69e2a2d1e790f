import { request as httpRequest } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { healthSchema, problemSchema } from "@osteon/contracts";
import { afterEach, describe, expect, it } from "vitest";
import { acceptTokens } from "./authentication/accepted-tokens.ts";
import { hashToken } from "./authentication/bearer-token.ts";
import { createService } from "./create-service.ts";
import { createSimulatedSynthesiser } from "./testing/simulated-synthesiser.ts";
import { startTestService, testToken, type TestService } from "./testing/test-service.ts";

let service: TestService | undefined;

afterEach(async () => {
  await service?.app.close();
  service = undefined;
});

async function listen(...options: Parameters<typeof startTestService>): Promise<TestService & { port: number }> {
  service = startTestService(...options);
  await service.app.listen({ host: "127.0.0.1", port: 0 });
  return { ...service, port: (service.app.server.address() as AddressInfo).port };
}

/** Sends bytes and gives all that comes back until the other side closes. */
function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (chunk: Buffer) => (received += chunk.toString("latin1")));
    socket.on("close", () => resolve(received));
    socket.on("error", reject);
  });
}

describe("createService", () => {
  it("refuses to start without a token to accept", () => {
    expect(() => acceptTokens([])).toThrow(expect.objectContaining({ code: "service.no-tokens" }));
    expect(() => acceptTokens(["plain token"])).toThrow(
      expect.objectContaining({ code: "service.token-hash-malformed" }),
    );
  });

  it("tells its health to anyone, with the model's version", async () => {
    service = startTestService();
    const answer = await service.app.inject({ url: "/health" });
    expect(answer.statusCode).toBe(200);
    expect(healthSchema.parse(answer.json())).toEqual({
      status: "healthy",
      model_loaded: true,
      model_version: "simulated-model-for-tests",
    });
    expect((await service.app.inject({ method: "HEAD", url: "/health" })).statusCode).toBe(200);
  });

  it("says so where no model is loaded, and takes no request for patients", async () => {
    service = startTestService({ synthesiser: null });
    const health = await service.app.inject({ url: "/health" });
    expect(health.statusCode).toBe(503);
    expect(healthSchema.parse(health.json())).toEqual({
      status: "unavailable",
      model_loaded: false,
      model_version: null,
    });
    const refused = await service.generate({});
    expect(refused.statusCode).toBe(503);
    expect(refused.headers["retry-after"]).toBe("5");
    expect(problemSchema.parse(refused.json())).toMatchObject({ code: "service.no-model", retryable: true });
  });

  it("sends security headers with every answer", async () => {
    service = startTestService({ strictTransport: true });
    const answers = [await service.generate({}), await service.generate({ age: -1 }), await service.app.inject("/x")];
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        "content-security-policy": "default-src 'none';frame-ancestors 'none'",
        "strict-transport-security": "max-age=31536000; includeSubDomains",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
      });
      expect(headers).not.toHaveProperty("x-powered-by");
      expect(headers).not.toHaveProperty("access-control-allow-origin");
    }
  });

  it("uses its own request ids, whatever the client sends", async () => {
    service = startTestService();
    const answer = await service.generate({}, { "x-request-id": "CANARY", "request-id": "CANARY" });
    expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/);
    expect(service.events[0]!.requestId).toBe(answer.headers["x-request-id"]);
  });

  it("reports each request once, with nothing of what was asked", async () => {
    const { port, events } = await listen();
    const answer = await fetch(`http://127.0.0.1:${port}/generate`, {
      method: "POST",
      headers: { authorization: `Bearer ${testToken}`, "content-type": "application/json" },
      body: JSON.stringify({ survival_time: 4711, count: 3 }),
    });
    await answer.arrayBuffer();
    await expect.poll(() => events).toHaveLength(1);
    expect(events[0]).toEqual({
      requestId: answer.headers.get("x-request-id"),
      principal: "token-1",
      handled: { fromMs: expect.any(Number), untilMs: expect.any(Number) },
      method: "POST",
      route: "/generate",
      status: 200,
      completed: true,
      durationMs: expect.any(Number),
      patientCount: 3,
    });
  });

  it("stops generating for a client that went away", async () => {
    let generated = 0;
    const inner = createSimulatedSynthesiser({ expressionGenes: 2000 });
    const { port, events } = await listen({
      patientsPerTurn: 1,
      synthesiser: {
        ...inner,
        generate(request) {
          generated += request.count;
          return inner.generate(request);
        },
      },
    });
    const body = JSON.stringify({ count: 1000 });
    const client = httpRequest({
      port,
      method: "POST",
      path: "/generate",
      headers: { authorization: `Bearer ${testToken}`, "content-type": "application/json" },
    });
    client.on("error", () => undefined);
    client.on("response", (response) => response.once("data", () => client.destroy()));
    client.end(body);
    await expect.poll(() => events).toHaveLength(1);
    expect(events[0]).toMatchObject({ completed: false, patientCount: 1000 });
    expect(generated).toBeLessThan(1000);
  });

  it("lets a request under way finish when it closes, and takes no new connection", async () => {
    const { port, app } = await listen({ patientsPerTurn: 1 });
    const address = `http://127.0.0.1:${port}`;
    const answer = await fetch(`${address}/generate`, {
      method: "POST",
      headers: { authorization: `Bearer ${testToken}`, "content-type": "application/json" },
      body: JSON.stringify({ count: 300 }),
    });
    const closing = app.close();
    const { patients } = (await answer.json()) as { patients: unknown[] };
    expect(patients).toHaveLength(300);
    await closing;
    await expect(fetch(`${address}/health`)).rejects.toThrow();
  });
});

describe("bytes that are not a request", () => {
  it.each([
    ["no HTTP at all", "CANARY\r\n\r\n", 400, "service.malformed-request"],
    [
      "headers without end",
      `GET /health HTTP/1.1\r\nHost: a\r\nX-Long: CANARY${"x".repeat(20_000)}\r\n\r\n`,
      431,
      "service.headers-too-large",
    ],
  ])("answers %s with a problem and closes", async (_name, bytes, status, code) => {
    const { port, events } = await listen();
    const received = await exchange(port, bytes);
    expect(received).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(received).toContain("Content-Type: application/problem+json");
    const problem = problemSchema.parse(JSON.parse(received.slice(received.indexOf("\r\n\r\n"))));
    expect(problem).toMatchObject({ status, code });
    expect(received).not.toContain("CANARY");
    expect(events).toMatchObject([{ status, failure: { code } }]);
  });

  it("gives up on a request that does not arrive", async () => {
    const { port } = await listen({ requestTimeoutMs: 50, connectionTimeoutMs: 100 });
    const received = await exchange(port, "POST /generate HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n");
    // Node looks for late requests at intervals; the connection's own limit may come first.
    expect(received === "" || received.startsWith("HTTP/1.1 408 ")).toBe(true);
  });
});

describe("a model that is replaced while the service runs", () => {
  it("answers the next request, and health says so", async () => {
    let model: ReturnType<typeof createSimulatedSynthesiser> | undefined;
    const app = createService({ model: () => model, authenticator: acceptTokens([hashToken("a-token-of-the-test")]) });
    const health = async () => (await app.inject({ url: "/health" })).json<{ model_version: string | null }>();
    const generate = () =>
      app.inject({
        method: "POST",
        url: "/generate",
        headers: { authorization: "Bearer a-token-of-the-test" },
        payload: { survival_time: 800, event_occurred: 0, seed: 1 },
      });
    expect((await generate()).statusCode).toBe(503);
    for (const version of ["aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb"]) {
      model = { ...createSimulatedSynthesiser(), modelVersion: version };
      expect((await generate()).json<{ model_version: string }>().model_version).toBe(version);
      expect((await health()).model_version).toBe(version);
    }
    model = undefined;
    expect((await health()).model_version).toBeNull();
    await app.close();
  });
});
