import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configurationSchema, usageAnswerSchema } from "@osteon/contracts";
import { createLogger } from "@osteon/observability";
import { acceptTokens, hashToken } from "@osteon/service";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startService } from "../../apps/cli/src/start-service.ts";
import { ModelLoads } from "../../apps/cli/src/monitoring/model-loads.ts";
import { createSimulatedSynthesiser } from "../../packages/service/src/testing/simulated-synthesiser.ts";
import { findNeedles, needlesOf, searchFolder } from "./support/search-bytes.ts";

const token = "a-token-that-nobody-should-see-again";
/** A profile whose numbers can come from nowhere else. */
const profile = { survival_time: 1234.5678, age: 17.654321, event_occurred: 1, metastasis: 0, seed: 987_654_321_987 };
const canaries = new Map(
  [...Object.values(profile).filter((value) => value > 1), token].flatMap((value) =>
    needlesOf(String(value), String(value)),
  ),
);

const synthesiser = createSimulatedSynthesiser();
let folder: string;
let collector: Server;
let hook: Server;
const traces: string[] = [];
const notices: string[] = [];

async function keepBodies(bodies: string[]): Promise<Server> {
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.once("end", () => {
      bodies.push(body);
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}
const portOf = (server: Server) => (server.address() as AddressInfo).port;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "osteon-watched-"));
  collector = await keepBodies(traces);
  hook = await keepBodies(notices);
});
afterAll(() => {
  for (const server of [collector, hook]) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(folder, { recursive: true, force: true });
});

describe("a service that is watched", () => {
  it("tells how it does in every way, and nothing of what was asked for or with which token", async () => {
    const { observability, alerts, service } = configurationSchema.parse({
      observability: {
        metrics_port: 0,
        traces: { endpoint: `http://127.0.0.1:${portOf(collector)}/v1/traces`, trust_incoming: true },
      },
      alerts: {
        every_seconds: 5,
        rules: [{ when: "model_refused" }, { when: "error_rate", above: 0, least_requests: 1 }],
        channels: [{ kind: "webhook", name: "chat", url: `http://127.0.0.1:${portOf(hook)}/` }],
      },
    });
    const end = new AbortController();
    const said: string[] = [];
    const log = join(folder, "service.log");
    const modelLoads = new ModelLoads();
    modelLoads.record("9f2c4be101a3d7e5", 12);
    const { address, stopped } = await startService(
      {
        model: () => synthesiser,
        authenticator: acceptTokens([hashToken(token)]),
        service: { ...service, port: 0 },
        audit: undefined,
        observability: { ...observability, directory: join(folder, "monitoring") },
        alerts,
        sources: { modelRefusal: () => "registry.signature", model: () => null },
        web: {},
        modelLoads,
        logger: createLogger({ destination: log }),
      },
      {
        environment: {},
        terminal: { line: (text) => void said.push(text), status: () => undefined },
        print: () => undefined,
        signal: end.signal,
      },
    );
    const authorization = `Bearer ${token}`;
    const ask = async (path: string, body?: object) => {
      const answer = await fetch(`${address}${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers: { authorization, "content-type": "application/json" },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: answer.status, text: await answer.text() };
    };

    expect((await ask("/generate", { ...profile, count: 5 })).status).toBe(200);
    expect((await ask("/generate", { ...profile, age: 1e6 })).status).toBe(422);
    expect((await ask(`/patients/${profile.survival_time}?age=${profile.age}`)).status).toBe(404);
    expect((await fetch(`${address}/metrics`)).status).toBe(401);

    const port = /http:\/\/127\.0\.0\.1:\d+\/metrics/.exec(said.join("\n"))![0];
    const scraped = await (await fetch(port)).text();
    const { text: metrics } = await ask("/metrics");
    for (const text of [scraped, metrics]) {
      expect(text).toContain('osteon_http_requests_total{route="/generate",method="POST",status="200"} 1');
      expect(text).toContain("osteon_patients_generated_total 5");
      expect(text).toContain("osteon_model_refused 1");
    }
    const { text: usage } = await ask("/usage?step=minute");
    const points = usageAnswerSchema.parse(JSON.parse(usage)).points;
    expect(points.reduce((sum, { patients }) => sum + patients, 0)).toBe(5);
    expect(points.reduce((sum, { by_route }) => sum + (by_route["/generate"]?.requests ?? 0), 0)).toBe(2);
    await expect.poll(() => notices.length, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(notices[0]).toContain('"alert":"model-refused"');

    end.abort();
    await stopped;
    expect(readdirSync(join(folder, "monitoring")).sort()).toEqual(["alerts.json", "usage"]);
    const spans = traces.join("\n");
    for (const name of ["POST /generate", '"generate"', "load model"]) expect(spans).toContain(name);

    const told = { scraped, metrics, usage, spans, notices: notices.join("\n"), log: readFileSync(log, "utf8") };
    for (const [where, text] of Object.entries(told)) {
      expect([where, findNeedles(Buffer.from(text), canaries)]).toEqual([where, []]);
    }
    expect(searchFolder(join(folder, "monitoring"), canaries, () => false)).toEqual([]);
    // That the needles can be found at all.
    expect(findNeedles(Buffer.from(JSON.stringify(profile)), canaries).length).toBeGreaterThan(2);
  });
});
