// The server half of bench/service-load.ts: a process of its own, so that the load generator does not
// share its thread.
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { AddressInfo } from "node:net";
import { savedSynthesiserOf } from "@osteon/pipeline";
import { readIdentity, readPackage } from "@osteon/registry";
import { acceptTokens, createService, type ServedModel } from "@osteon/service";
import { openSynthesiserPool } from "@osteon/serving";
import { createSimulatedSynthesiser } from "../packages/service/src/testing/simulated-synthesiser.ts";
import type { ServerMessage, StartMessage } from "./service-load-protocol.ts";

/** Genes and gene sets of the real cohort's model, so that an answer has its size. */
const realCohortSize = { mutationGenes: 60, copyNumberGenes: 20, expressionGenes: 2416, pathways: 50 };
const resolutionMs = 10;

async function load({ source, workers }: StartMessage): Promise<ServedModel & { retire?: () => Promise<void> }> {
  if (source.kind === "simulated") return createSimulatedSynthesiser(realCohortSize);
  const opened = await readPackage(source.packageFile, await readIdentity(source.identityFile));
  return openSynthesiserPool(savedSynthesiserOf(opened), { threads: workers });
}

function tell(message: ServerMessage): void {
  process.send?.(message);
}

process.once("message", async (start: StartMessage) => {
  const model = await load(start);
  const service = createService({ model: () => model, authenticator: acceptTokens([start.tokenHash]) });
  await service.listen({ host: "127.0.0.1", port: 0 });
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
  process.once("disconnect", async () => {
    await service.drain({ noticeMs: 0, timeoutMs: 1_000 });
    await model.retire?.();
  });
  const { port } = service.server.address() as AddressInfo;
  tell({ kind: "listening", port, modelVersion: model.modelVersion });
});
