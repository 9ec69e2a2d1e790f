// A thread for the pool's tests: does what it is told, also what no thread should.
import { parentPort, workerData } from "node:worker_threads";
import { osteonError } from "@osteon/errors";
import { packError, type ThreadMessage, type ThreadOrder } from "../thread-protocol.ts";

export type OddTask = { readonly value: number } | "die" | "throw" | "throw-coded" | "spin" | "wait" | "crash";

export interface OddData {
  /** At 0: starts that are left before starting fails. At 1: set to let the tasks `wait` go on; at 2: how many wait. */
  readonly flags: Int32Array;
}

const port = parentPort!;
const { flags } = workerData as OddData;
const tell = (message: ThreadMessage<string, number>): void => port.postMessage(message);

function perform(task: OddTask): number {
  switch (task) {
    case "die":
      process.exit(3);
      break;
    case "throw":
      throw new TypeError("odd");
    case "throw-coded":
      throw osteonError("generator.rare-profile", { loosen: "age" });
    case "spin":
      for (;;);
    case "crash":
      setImmediate(() => {
        throw new Error("CANARY");
      });
      return -1;
    case "wait":
      Atomics.add(flags, 2, 1);
      Atomics.wait(flags, 1, 0);
      return 0;
    default:
      return task.value;
  }
}

if (Atomics.sub(flags, 0, 1) <= 0) {
  tell({ failed: packError(osteonError("generator.unknown-family", { known: "none" })) });
} else {
  port.on("message", ({ id, task }: ThreadOrder<OddTask>) => {
    try {
      const result = perform(task);
      if (task !== "crash") tell({ id, result });
    } catch (error) {
      tell({ id, error: packError(error) });
    }
  });
  tell({ ready: "odd" });
}
