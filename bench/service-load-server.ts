// The server half of bench/service-load.ts: a process of its own, so that the load generator does not
// share its thread.
import type { AddressInfo } from "node:net";
import type { Synthesiser } from "@osteon/generator";
import { loadSynthesiser } from "@osteon/pipeline";
import { readIdentity, readPackage } from "@osteon/registry";
import { acceptTokens, createService } from "@osteon/service";
import { createSimulatedSynthesiser } from "../packages/service/src/testing/simulated-synthesiser.ts";
import type { ModelSource, ServerMessage, StartMessage } from "./service-load-protocol.ts";

/** Genes and gene sets of the real cohort's model, so that an answer has its size. */
const realCohortSize = { mutationGenes: 60, copyNumberGenes: 20, expressionGenes: 2416, pathways: 50 };

async function load(source: ModelSource): Promise<Synthesiser> {
  if (source.kind === "simulated") return createSimulatedSynthesiser(realCohortSize);
  return loadSynthesiser(await readPackage(source.packageFile, await readIdentity(source.identityFile)));
}

function tell(message: ServerMessage): void {
  process.send?.(message);
}

process.once("message", async ({ source, tokenHash }: StartMessage) => {
  const synthesiser = await load(source);
  const service = createService({ model: () => synthesiser, authenticator: acceptTokens([tokenHash]) });
  await service.listen({ host: "127.0.0.1", port: 0 });
  process.on("message", () => tell({ kind: "memory", residentMebibytes: process.memoryUsage.rss() / 2 ** 20 }));
  process.once("disconnect", () => void service.close());
  const { port } = service.server.address() as AddressInfo;
  tell({ kind: "listening", port, modelVersion: synthesiser.modelVersion });
});
