import { fork } from "node:child_process";
import { once } from "node:events";

/**
 * Starts a module in a process of its own, sends it one question and returns its one answer. So the peak of
 * memory is that of the work asked for, and nothing is compiled or cached yet, as for a user's command.
 */
export async function askProcess<Answer>(module: URL, question: object): Promise<Answer> {
  const child = fork(module, { serialization: "advanced" });
  const ended = new AbortController();
  child.once("exit", (code) => ended.abort(new Error(`the measured process ended with ${code} before it answered`)));
  child.send(question);
  const [answer] = (await once(child, "message", { signal: ended.signal })) as [Answer];
  return answer;
}

/** The other side: answers the one question and lets the process end. */
export function answerProcess<Question, Answer>(compute: (question: Question) => Promise<Answer>): void {
  process.once("message", async (question: Question) => {
    const answer = await compute(question);
    process.send?.(answer, () => process.disconnect());
  });
}

/** Most memory that this process has ever held, MiB. */
export function peakMebibytes(): number {
  return process.resourceUsage().maxRSS / 1024;
}
