import { request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { problemSchema } from "@osteon/contracts";
import type { SampleRequest } from "@osteon/generator";
import { afterEach, describe, expect, it } from "vitest";
import type { ServedModel } from "../model-source.ts";
import { createSimulatedSynthesiser } from "../testing/simulated-synthesiser.ts";
import { startTestService, testToken, type TestService } from "../testing/test-service.ts";
import { defaultLoadLimits } from "./load-limits.ts";

/** For what follows by itself, however busy the machine. */
const patience = { timeout: 30_000 };
let service: TestService | undefined;

afterEach(async () => {
  await service?.app.close();
  service = undefined;
});

/** A model that draws nothing until it is let go. */
function createGatedModel() {
  const inner = createSimulatedSynthesiser();
  const gate = Promise.withResolvers<void>();
  const asked: SampleRequest[] = [];
  let holds = 0;
  const model: ServedModel = {
    ...inner,
    async generate(request) {
      asked.push(request);
      await gate.promise;
      return inner.generate(request);
    },
    hold() {
      holds++;
      return () => holds--;
    },
  };
  return { model, asked, letGo: () => gate.resolve(), holds: () => holds };
}

function start(model: ServedModel, limits: Partial<typeof defaultLoadLimits> = {}): TestService {
  service = startTestService({ synthesiser: model, loadLimits: { ...defaultLoadLimits, ...limits } });
  return service;
}

describe("a service with more to do than it takes on", () => {
  it("answers 503 at once beyond its limit of requests, and every request that it took on", async () => {
    const { model, asked, letGo, holds } = createGatedModel();
    const { generate, app, events } = start(model, { requests: 8 });
    const answers = Array.from({ length: 50 }, (_, seed) => generate({ seed }));
    await expect.poll(() => events, patience).toHaveLength(42);
    expect(asked).toHaveLength(8);
    expect(holds()).toBe(8);
    expect((await app.inject("/health")).statusCode).toBe(200);
    letGo();
    const settled = await Promise.all(answers);
    const refused = settled.filter(({ statusCode }) => statusCode === 503);
    expect(refused).toHaveLength(42);
    for (const answer of refused) {
      expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
      expect(problemSchema.parse(answer.json())).toMatchObject({ code: "service.overloaded", retryable: true });
    }
    expect(settled.filter(({ statusCode }) => statusCode === 200)).toHaveLength(8);
    expect(holds()).toBe(0);
    expect((await generate({})).statusCode).toBe(200);
  });

  it("answers 503 beyond its limit of patients, and goes on with small requests", async () => {
    const { model, asked, letGo } = createGatedModel();
    const { generate } = start(model, { patients: 2_000 });
    const large = generate({ count: 1_000 });
    await expect.poll(() => asked, patience).toHaveLength(1);
    expect((await generate({ count: 600 })).statusCode).toBe(503);
    const small = generate({ count: 2 });
    letGo();
    expect((await large).statusCode).toBe(200);
    expect((await small).statusCode).toBe(200);
    expect((await generate({ count: 600 })).statusCode).toBe(200);
  });

  it("gives a place free when a client goes away, and cuts off one that does not take its answer", async () => {
    const { model, letGo, holds } = createGatedModel();
    const { app, generate } = start(model, { requests: 1, answerMs: 200 });
    await app.listen({ host: "127.0.0.1", port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const ask = () => {
      const client = httpRequest({
        port,
        method: "POST",
        path: "/generate",
        headers: { authorization: `Bearer ${testToken}`, "content-type": "application/json" },
      });
      client.on("error", () => undefined).end("{}");
      return client;
    };
    for (const goesAway of [true, false]) {
      const client = ask();
      await expect.poll(holds, patience).toBe(1);
      expect((await generate({})).statusCode).toBe(503);
      if (goesAway) client.destroy();
      await expect.poll(holds, patience).toBe(0);
    }
    letGo();
    expect((await generate({})).statusCode).toBe(200);
  });

  it("takes nothing on while the event loop is held up", async () => {
    const { generate, app } = start(createSimulatedSynthesiser(), { eventLoopDelayMs: 100 });
    expect((await generate({})).statusCode).toBe(200);
    // The delay is told from the second look on.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const until = performance.now() + 1_300;
    while (performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect((await generate({})).json()).toMatchObject({ code: "service.overloaded" });
    expect((await app.inject("/health")).statusCode).toBe(200);
    await expect.poll(async () => (await generate({})).statusCode, patience).toBe(200);
  });
});

describe("drain", () => {
  it("says that it is not ready while it still takes requests, then answers what is under way", async () => {
    const { model, asked, letGo } = createGatedModel();
    const { app, generate } = start(model);
    await app.listen({ host: "127.0.0.1", port: 0 });
    const underWay = generate({});
    const draining = app.drain({ noticeMs: 1_000, timeoutMs: 60_000 });
    expect((await app.inject("/health/ready")).statusCode).toBe(503);
    const late = generate({});
    await expect.poll(() => asked, patience).toHaveLength(2);
    await expect.poll(() => app.server.listening, patience).toBe(false);
    letGo();
    expect((await late).statusCode).toBe(200);
    expect((await underWay).statusCode).toBe(200);
    expect(await draining).toBe(true);
  });

  it("cuts off what is not answered in time", async () => {
    const { model, holds } = createGatedModel();
    const { app } = start(model);
    const address = await app.listen({ host: "127.0.0.1", port: 0 });
    const answer = fetch(`${address}/generate`, {
      method: "POST",
      headers: { authorization: `Bearer ${testToken}`, "content-type": "application/json" },
      body: "{}",
    });
    const broken = expect(answer).rejects.toThrow();
    await expect.poll(holds, patience).toBe(1);
    expect(await app.drain({ noticeMs: 0, timeoutMs: 100 })).toBe(false);
    await broken;
    await expect.poll(holds, patience).toBe(0);
  });
});
