// The server half of bench/service-load.ts: a process of its own, so that the load generator does not
// share its thread.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { savedSynthesiserOf } from "@osteon/pipeline";
import { readIdentity, readPackage } from "@osteon/registry";
import { acceptTokens, createService, type ServedModel } from "@osteon/service";
import { openSynthesiserPool } from "@osteon/serving";
import { Turns } from "../packages/service/src/load/turns.ts";
import { createSimulatedSynthesiser } from "../packages/service/src/testing/simulated-synthesiser.ts";
import type { ModelSource, ServerMessage, StartMessage } from "./service-load-protocol.ts";

/** Genes and gene sets of the real cohort's model, so that an answer has its size. */
const realCohortSize = { mutationGenes: 60, copyNumberGenes: 20, expressionGenes: 2416, pathways: 50 };
const resolutionMs = 10;

/** What no service on Node can be faster than, if a request takes so much of its thread; in turns, as the service. */
async function startFloor({ computeMs, answerBytes }: Extract<ModelSource, { kind: "floor" }>): Promise<Server> {
  const answer = Buffer.alloc(answerBytes, "x");
  const turns = new Turns();
  const server = createServer((request, response) => {
    request.resume().once("end", async () => {
      await turns.take();
      const until = performance.now() + computeMs;
      while (performance.now() < until);
      response.end(answer);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** A served model and what is to be done at its end. */
interface Served {
  readonly server: Server;
  readonly modelVersion: string;
  readonly close: () => Promise<unknown>;
}

async function serve(start: StartMessage): Promise<Served> {
  const { source } = start;
  if (source.kind === "floor") {
    const server = await startFloor(source);
    return { server, modelVersion: "none", close: async () => server.close().closeAllConnections() };
  }
  const model = await load(source, start.workers);
  const service = createService({ model: () => model, authenticator: acceptTokens([start.tokenHash]) });
  await service.listen({ host: "127.0.0.1", port: 0 });
  const close = async () => {
    await service.drain({ noticeMs: 0, timeoutMs: 1_000 });
    await model.retire?.();
  };
  return { server: service.server, modelVersion: model.modelVersion, close };
}

async function load(
  source: Exclude<ModelSource, { kind: "floor" }>,
  workers: number,
): Promise<ServedModel & { retire?: () => Promise<void> }> {
  if (source.kind === "simulated") return createSimulatedSynthesiser(realCohortSize);
  const opened = await readPackage(source.packageFile, await readIdentity(source.identityFile));
  return openSynthesiserPool(savedSynthesiserOf(opened), { threads: workers });
}

function tell(message: ServerMessage): void {
  process.send?.(message);
}

process.once("message", async (start: StartMessage) => {
  const { server, modelVersion, close } = await serve(start);
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    const eventLoopDelayMs = Math.max(0, delay.percentile(99) / 1e6 - resolutionMs);
    globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    delay.reset();
    const [residentMebibytes, heapMebibytes] = [rss / 2 ** 20, (heapUsed + external) / 2 ** 20];
    tell({
      kind: "state",
      residentMebibytes,
      heapMebibytes,
      processorMs: (user + system) / 1000,
      eventLoopDelayMs,
    });
  });
  process.once("disconnect", close);
  const { port } = server.address() as AddressInfo;
  tell({ kind: "listening", port, modelVersion });
});
