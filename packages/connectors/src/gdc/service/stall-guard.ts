import { PassingFailure } from "./retry.ts";

/** Less than this in the time of a guard is a stall: a line of 1 kB/s would take an hour for a file of 4 MB. */
const fewestBytes = 16 * 1024;

/** Gives up a connection that brings nothing, or next to nothing, for a while. A trickle would else hold it for ever. */
export class StallGuard {
  /** Aborted by a stall and by whoever asked. */
  readonly signal: AbortSignal;
  readonly #stalled = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #bytes = 0;

  constructor(stallMs: number, signal: AbortSignal | undefined) {
    this.signal = signal === undefined ? this.#stalled.signal : AbortSignal.any([signal, this.#stalled.signal]);
    this.#timer = setInterval(() => {
      if (this.#bytes < fewestBytes) this.#stalled.abort();
      this.#bytes = 0;
    }, stallMs);
  }

  /** The chunks as they come, counted. */
  async *watch(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of body) {
      this.#bytes += chunk.length;
      yield chunk;
    }
  }

  /** An error by its reason, where the guard caused it. */
  explain(error: unknown): unknown {
    const isAbort = error instanceof Error && error.name === "AbortError";
    return isAbort && this.#stalled.signal.aborted ? new PassingFailure("the connection stalled") : error;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
