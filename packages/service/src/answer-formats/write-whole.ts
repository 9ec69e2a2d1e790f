import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { osteonError } from "@osteon/errors";
import type { SyntheticCohort } from "@osteon/generator";
import type { AnswerForm } from "./answer-format.ts";
import type { AnswerWriter } from "./answer-writer.ts";

export interface WritingOrder {
  readonly whole: SyntheticCohort;
  readonly form: AnswerForm;
}

/** Above this, writing takes longer than a thread takes to start: some 50 ms. */
const valuesWrittenHere = 500_000;

/**
 * Writes an answer whose format does not allow pieces; a large one in a thread of its own, since 1,000 patients of
 * 5,200 columns take half a second, for which the event loop would stand still.
 *
 * @param writer for small ones
 * @param whole all patients of the answer, with all columns of the model
 * @param signal ends it early: undefined is given, as nobody is there to read
 * @throws `service.worker-lost` where the thread ends without an answer, for lack of memory for instance
 */
export async function writeWhole(
  writer: AnswerWriter,
  { whole, form }: WritingOrder,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  if (whole.cohort.expression.values.length <= valuesWrittenHere) return writer.write(whole, 0, form);
  const order: WritingOrder = { whole, form };
  const thread = new Worker(new URL("./writing-thread.ts", import.meta.url), { workerData: order });
  const ended = Promise.withResolvers<never>();
  thread.once("exit", () => ended.reject(osteonError("service.worker-lost", {})));
  try {
    const [answer] = (await Promise.race([once(thread, "message", { signal }), ended.promise])) as [Uint8Array];
    return answer;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    await thread.terminate();
  }
}
