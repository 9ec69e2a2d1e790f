import { once } from "node:events";
import { connect, type AddressInfo } from "node:net";
import { modelCardSchema, modelDescriptionSchema, problemSchema, readinessSchema } from "@osteon/contracts";
import { strictestConditionFloor } from "@osteon/generator";
import { afterEach, describe, expect, it } from "vitest";
import type { Authenticator } from "../authentication/authenticator.ts";
import type { ServedModel } from "../model-source.ts";
import { createSimulatedSynthesiser } from "../testing/simulated-synthesiser.ts";
import { startTestService, type TestService } from "../testing/test-service.ts";

/** Opens a connection and sends a request but for its end, so that the service waits for it; then ends it. */
async function askInParts(port: number, path: string): Promise<() => Promise<string>> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n`);
  await new Promise((resolve) => setTimeout(resolve, 20));
  return async () => {
    socket.write("\r\n");
    return (await socket.setEncoding("utf8").toArray()).join("");
  };
}

let service: TestService | undefined;

afterEach(async () => {
  await service?.app.close();
  service = undefined;
});

function start(...options: Parameters<typeof startTestService>): TestService {
  service = startTestService(...options);
  return service;
}

const described: ServedModel = {
  ...createSimulatedSynthesiser({ expressionGenes: 2, pathways: 1 }),
  description: {
    family: "factor-copula",
    trained_at: "2026-11-20T09:30:00.000Z",
    osteon_version: "0.1.0",
    training_patients: 85,
    evaluation: {
      gate: { passed: null, reasons: ["calibrated score: cannot be told"] },
      biological_score: { value: 0.68, lower: 0.51, upper: 0.85 },
      scores: { pathway_correlation: { value: 0.94, lower: 0.87, upper: 1.02 } },
    },
    differential_privacy: null,
  },
  card: {
    markdown: "# Model card: é\n",
    json: { title: "Model card", sections: [{ title: "Intended use", statements: ["research"] }], more: { kept: 1 } },
  },
};

describe("GET /models/current", () => {
  it("tells what the package says, the names that patients have values of, and what may be asked for", async () => {
    const answer = await start({ synthesiser: described }).read("/models/current");
    expect(answer.statusCode).toBe(200);
    expect(modelDescriptionSchema.parse(answer.json())).toEqual({
      model_version: "simulated-model-for-tests",
      trained_on_simulated_patients: true,
      ...described.description,
      expression_unit: "log2(TPM+1)",
      genes: {
        mutations: ["MUT1", "MUT2", "MUT3", "MUT4"],
        copy_number: ["CNA1", "CNA2", "CNA3"],
        expression: ["GENE1", "GENE2"],
      },
      pathways: ["HALLMARK_SET1"],
      conditions: [
        { field: "survival_time", allowed: "a number of 0 to 36525 days" },
        { field: "event_occurred", allowed: "0 or 1" },
        { field: "age", allowed: "a number of 0 to 89 years" },
        { field: "metastasis", allowed: "0 or 1" },
      ],
      smallest_cell: 1,
      card: "/models/current/card",
    });
  });

  it("says null of what a model without a package cannot tell, and of a floor that lets nothing through", async () => {
    const synthesiser = createSimulatedSynthesiser({ conditionFloor: strictestConditionFloor() });
    const answer = await start({ synthesiser }).read("/models/current");
    expect(modelDescriptionSchema.parse(answer.json())).toMatchObject({
      family: null,
      trained_at: null,
      evaluation: null,
      training_patients: null,
      card: null,
      smallest_cell: null,
    });
  });

  it.each(["/models/current", "/models/current/card"])("%s needs a token with the scope generate", async (url) => {
    const authenticate: Authenticator["authenticate"] = (token) => ({
      id: "a",
      scopes: token === "reader" ? ["audit:read"] : ["generate"],
    });
    const { app, read } = start({ synthesiser: described, authenticator: { authenticate } });
    expect((await app.inject({ url })).statusCode).toBe(401);
    expect((await read(url, { authorization: "Bearer reader" })).statusCode).toBe(403);
    expect((await read(url)).statusCode).toBe(200);
  });

  it.each(["/models/current", "/models/current/card"])("%s answers 503 where no model is loaded", async (url) => {
    const answer = await start({ synthesiser: null }).read(url);
    expect(answer.statusCode).toBe(503);
    expect(problemSchema.parse(answer.json()).code).toBe("service.no-model");
  });
});

describe("GET /models/current/card", () => {
  it("gives the card as JSON, whole, or as Markdown", async () => {
    const { read } = start({ synthesiser: described });
    const json = await read("/models/current/card");
    expect(json.headers).toMatchObject({ "content-type": "application/json; charset=utf-8", vary: "Accept" });
    expect(modelCardSchema.parse(json.json())).toEqual(described.card!.json);
    const markdown = await read("/models/current/card", { accept: "text/markdown, application/json;q=0.5" });
    expect(markdown.headers["content-type"]).toBe("text/markdown; charset=utf-8");
    expect(markdown.body).toBe("# Model card: é\n");
    expect((await read("/models/current/card", { accept: "text/html" })).statusCode).toBe(406);
  });

  it("answers 404 where there is none", async () => {
    const answer = await start().read("/models/current/card");
    expect(answer.statusCode).toBe(404);
    expect(problemSchema.parse(answer.json()).code).toBe("service.no-card");
  });
});

describe("liveness and readiness", () => {
  it("are two things: without a model the process is alive and not ready", async () => {
    const { app } = start({ synthesiser: null });
    const live = await app.inject({ url: "/health/live" });
    expect([live.statusCode, live.json()]).toEqual([200, { status: "alive" }]);
    const ready = await app.inject({ url: "/health/ready?since=1" });
    expect([ready.statusCode, readinessSchema.parse(ready.json())]).toEqual([
      503,
      { status: "not-ready", reason: "no-model" },
    ]);
    expect(ready.headers["cache-control"]).toBe("no-store");
  });

  it("say ready where a model is loaded, and tell nothing of it", async () => {
    const ready = await start({ synthesiser: described }).app.inject({ url: "/health/ready" });
    expect([ready.statusCode, ready.json()]).toEqual([200, { status: "ready", reason: null }]);
    expect(ready.body).not.toContain("simulated-model-for-tests");
  });

  it("are not ready while the service ends, and alive", async () => {
    const { app } = start();
    await app.listen({ host: "127.0.0.1", port: 0 });
    const ask = (path: string) => askInParts((app.server.address() as AddressInfo).port, path);
    const [ready, live] = [await ask("/health/ready"), await ask("/health/live")];
    const closing = app.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await ready()).toMatch(/^HTTP\/1.1 503 .*"status":"not-ready","reason":"draining"/s);
    expect(await live()).toMatch(/^HTTP\/1.1 200 .*"status":"alive"/s);
    await closing;
  });
});
