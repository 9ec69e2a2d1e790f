import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import type { ReadStream, WriteStream } from "node:tty";

/** Where a person can be asked: what is typed comes from a terminal, and the question is seen on one. */
export interface Keyboard {
  readonly input: ReadStream;
  readonly output: WriteStream;
}

/** Asks on a terminal; what is typed is not shown. @throws the signal's reason; an AbortError on Ctrl-C or Ctrl-D */
export function askHidden({ input, output }: Keyboard, question: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    // Readline edits the line, and shows it to nobody.
    const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
    const line = createInterface({ input, output: unseen, terminal: true, historySize: 0 });
    let typed: string | undefined;
    const stop = (): void => line.close();
    signal.addEventListener("abort", stop, { once: true });
    line.once("SIGINT", stop);
    line.once("line", (text) => {
      typed = text;
      line.close();
    });
    line.once("close", () => {
      signal.removeEventListener("abort", stop);
      output.write("\n");
      // So that it does not keep the process alive.
      input.pause();
      if (typed !== undefined) resolve(typed);
      else reject(signal.aborted ? (signal.reason as Error) : new DOMException("Nothing was typed", "AbortError"));
    });
    output.write(question);
  });
}
