import type { Connection, Submittable } from "pg";
import type { RowBytes } from "./sql-session.ts";

/** The messages of the protocol that `pg` sends and whose types it leaves out. */
interface ExtendedProtocol {
  readonly stream: { pause(): void; resume(): void };
  parse(message: { readonly name: string; readonly text: string; readonly types: readonly number[] }): void;
  bind(message: { readonly portal: string; readonly statement: string; readonly values: readonly string[] }): void;
  execute(message: { readonly portal: string; readonly rows: number }): void;
  sync(): void;
}

/** Bytes that are handed on together. */
const batchBytes = 256 * 1024;
/** Batches that wait before the server has to. */
const mostWaiting = 8;

/**
 * The rows of a statement as COPY writes them: cells apart by tabs, rows by line feeds, `\N` for NULL. A server sends
 * them several times as fast as the batches of a cursor. By the extended protocol, which takes one statement alone.
 */
export class CopyOut implements Submittable, AsyncIterable<RowBytes> {
  readonly #statement: string;
  readonly #waiting: RowBytes[] = [];
  #filling = Buffer.allocUnsafe(batchBytes);
  #filled = 0;
  #rows = 0;
  #stream: ExtendedProtocol["stream"] | undefined;
  #isPaused = false;
  #hasEnded = false;
  /** Nobody reads on: what still comes is thrown away, so that the session can be asked again. */
  #isLeft = false;
  #error: unknown;
  #wake: () => void = () => undefined;

  constructor(statement: string) {
    this.#statement = statement;
  }

  submit(connection: Connection): void {
    const protocol = connection as unknown as ExtendedProtocol;
    this.#stream = protocol.stream;
    protocol.parse({ name: "", text: `copy (${this.#statement}) to stdout`, types: [] });
    protocol.bind({ portal: "", statement: "", values: [] });
    protocol.execute({ portal: "", rows: 0 });
    protocol.sync();
  }

  /** One row: "always one per row" (PostgreSQL's documentation, Message Flow, COPY Operations). */
  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    if (this.#isLeft) return;
    if (this.#filled + chunk.length > this.#filling.length) this.#handOn(Math.max(batchBytes, chunk.length));
    this.#filling.set(chunk, this.#filled);
    this.#filled += chunk.length;
    this.#rows++;
  }

  handleCommandComplete(): void {
    this.#handOn(0);
  }

  handleReadyForQuery(): void {
    this.#hasEnded = true;
    this.#wake();
  }

  handleError(error: unknown): void {
    this.#error = error;
    this.#wake();
  }

  /** Read once. */
  async *[Symbol.asyncIterator](): AsyncGenerator<RowBytes> {
    try {
      for (;;) {
        // The rows that came before a failure are worthless.
        if (this.#error !== undefined) throw this.#error;
        const batch = this.#waiting.shift();
        if (batch !== undefined) {
          yield batch;
          if (this.#waiting.length === 0) this.#pause(false);
        } else if (this.#hasEnded) return;
        else {
          const { promise, resolve } = Promise.withResolvers<void>();
          this.#wake = resolve;
          await promise;
        }
      }
    } finally {
      this.#isLeft = true;
      this.#pause(false);
    }
  }

  #handOn(nextBytes: number): void {
    if (this.#filled > 0) this.#waiting.push({ bytes: this.#filling.subarray(0, this.#filled), rows: this.#rows });
    this.#filling = Buffer.allocUnsafe(nextBytes);
    this.#filled = 0;
    this.#rows = 0;
    if (this.#waiting.length >= mostWaiting) this.#pause(true);
    this.#wake();
  }

  #pause(paused: boolean): void {
    if (paused === this.#isPaused) return;
    this.#isPaused = paused;
    if (paused) this.#stream?.pause();
    else this.#stream?.resume();
  }
}
