/**
 * What metrics, usage history and traces cost `POST /generate`: requests through the whole service without monitoring,
 * with metrics and history, and with traces besides, in turn in one process. Prints medians of ratios of time.
 *
 * node bench/monitoring.ts [--json]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configurationSchema } from "@osteon/contracts";
import { startMonitoring, type Monitoring } from "@osteon/monitoring";
import { acceptTokens, createService, hashToken } from "@osteon/service";
import { createSimulatedSynthesiser } from "../packages/service/src/testing/simulated-synthesiser.ts";

/** Genes and gene sets of the real cohort's model, so that an answer has its size. */
const realCohortSize = { mutationGenes: 60, copyNumberGenes: 20, expressionGenes: 2416, pathways: 50 };
const rounds = 31;
const requestsInRound = 200;
/** The most that metrics and history may add to the time of a request for one patient, as a share of it. */
const target = 0.15;

const folder = mkdtempSync(join(tmpdir(), "osteon-monitoring-"));
const collector = createServer((request, response) => {
  request.resume().once("end", () => response.writeHead(200, { "content-type": "application/json" }).end("{}"));
});
await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/v1/traces`;

const watched = await monitor("watched", {});
const traced = await monitor("traced", { traces: { endpoint } });
const services = [serve(undefined), serve(watched), serve(traced)] as const;

await round(services[0]);
const ratios: [number[], number[]] = [[], []];
for (let i = 0; i < rounds; i++) {
  // Each beside the same plain round, so that what else this machine does falls on both.
  const times = [];
  for (const service of services) times.push(await round(service));
  ratios[0].push(times[1]! / times[0]!);
  ratios[1].push(times[2]! / times[0]!);
}
for (const service of services) await service.close();
for (const monitoring of [watched, traced]) await monitoring.close();
collector.closeAllConnections();
collector.close();
rmSync(folder, { recursive: true, force: true });

const [metrics, traces] = ratios.map(median) as [number, number];
if (process.argv.includes("--json")) console.log(JSON.stringify({ metrics, traces }));
else {
  console.log(`metrics and usage history: ${metrics.toFixed(3)} times as long as without`);
  console.log(`traces besides:            ${traces.toFixed(3)} times`);
}
process.exitCode = metrics < 1 + target ? 0 : 1;

async function monitor(name: string, observability: object): Promise<Monitoring> {
  const configuration = configurationSchema.parse({
    observability: { directory: join(folder, name), ...observability },
  });
  return startMonitoring({
    observability: { ...configuration.observability, directory: join(folder, name) },
    alerts: configuration.alerts,
    sources: {},
    logger: { log: () => undefined },
    environment: {},
    osteonVersion: "0.1.0",
  });
}

function serve(monitoring: Monitoring | undefined) {
  const synthesiser = createSimulatedSynthesiser(realCohortSize);
  return createService({
    model: () => synthesiser,
    authenticator: acceptTokens([hashToken("token")]),
    observer: { onRequestFinished: (event) => monitoring?.recordRequest(event) },
  });
}

/** @returns ms */
async function round(service: ReturnType<typeof serve>): Promise<number> {
  const began = performance.now();
  for (let i = 0; i < requestsInRound; i++) {
    const { statusCode } = await service.inject({
      method: "POST",
      url: "/generate",
      headers: { authorization: "Bearer token" },
      payload: { age: 15, seed: i },
    });
    if (statusCode !== 200) throw new Error(`status ${statusCode}`);
  }
  return performance.now() - began;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
