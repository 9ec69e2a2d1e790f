// Entry of a thread that samples from one model; see synthesiser-pool.ts.
import { parentPort, threadId, workerData } from "node:worker_threads";
import { loadSavedSynthesiser, type SampleRequest, type SavedSynthesiser } from "@osteon/generator";
import { namesOf, packCohort, type CohortNames, type PackedCohort } from "./packed-cohort.ts";
import { packError, type ThreadMessage, type ThreadOrder } from "./thread-protocol.ts";

const port = parentPort!;
// The process's own settings are not a thread's. A report repeats what is in memory.
process.report.reportOnUncaughtException = false;

function tell(message: ThreadMessage<CohortNames, PackedCohort>, transfer: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

try {
  const synthesiser = await loadSavedSynthesiser(workerData as SavedSynthesiser);
  const draw = (request: SampleRequest) => synthesiser.generate(request);
  // Two at once, so that no client waits for what a network does when it is first used, alone and shared.
  const [first] = await Promise.all([1, 2].map((seed) => draw({ conditions: {}, seed, firstIndex: 0, count: 1 })));
  port.on("message", async ({ id, task }: ThreadOrder<SampleRequest>) => {
    try {
      const result = packCohort(await draw(task), { thread: threadId, profileCache: synthesiser.profileCache!() });
      // The one large array; to copy the others costs less than to hand them over.
      tell({ id, result }, [result.expression.buffer as ArrayBuffer]);
    } catch (error) {
      tell({ id, error: packError(error) });
    }
  });
  tell({ ready: namesOf(first!) });
} catch (error) {
  tell({ failed: packError(error) });
}
