import { Worker } from "node:worker_threads";
import { osteonError } from "@osteon/errors";
import { unpackError, type ThreadMessage, type ThreadOrder } from "./thread-protocol.ts";

export interface ThreadPoolOptions {
  /** Entry of a thread, which speaks the protocol of `thread-protocol.ts`. */
  readonly module: URL;
  /** What each thread is started with; shared memory in it is shared by all of them. */
  readonly data: unknown;
  readonly threads: number;
  /** Tasks that a thread is given before others wait; more than one lets it work on them together. */
  readonly tasksAtOnce: number;
  /** A thread that has not answered for this long is ended, ms. */
  readonly deadlineMs: number;
  /** Told of each thread that ended by itself or had to be ended. */
  readonly onLost?: () => void;
}

interface Pending<Task, Result> extends ThreadOrder<Task> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

interface Thread<Task, Result> {
  readonly worker: Worker;
  readonly tasks: Map<number, Pending<Task, Result>>;
  deadline: NodeJS.Timeout | undefined;
}

const firstRetryMs = 500;
const longestRetryMs = 30_000;

/**
 * Threads that work off tasks in the order in which they come. One that dies fails its own tasks with
 * `service.worker-lost` and is replaced; while none is left and none can be started, tasks fail at once.
 */
export class ThreadPool<Task, Result, Info> {
  readonly #options: ThreadPoolOptions;
  readonly #ready = new Set<Thread<Task, Result>>();
  /** Threads that run, ready or not. */
  readonly #workers = new Set<Worker>();
  readonly #waiting: Pending<Task, Result>[] = [];
  #starting = 0;
  #nextId = 0;
  #retryMs = firstRetryMs;
  #retry: NodeJS.Timeout | undefined;
  #missing = 0;
  #closed = false;

  private constructor(options: ThreadPoolOptions) {
    this.#options = options;
  }

  /** Starts the threads and waits until all are ready. Throws what the first that could not be threw. */
  static async open<Task, Result, Info>(
    options: ThreadPoolOptions,
  ): Promise<{ readonly pool: ThreadPool<Task, Result, Info>; readonly info: Info }> {
    const pool = new ThreadPool<Task, Result, Info>(options);
    try {
      const infos = await Promise.all(Array.from({ length: options.threads }, () => pool.#start()));
      return { pool, info: infos[0]! };
    } catch (error) {
      await pool.close();
      throw error;
    }
  }

  /** Tasks that no thread has taken yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  run(task: Task): Promise<Result> {
    if (this.#closed || (this.#ready.size === 0 && this.#starting === 0)) {
      return Promise.reject(osteonError("service.worker-lost", {}));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ id: this.#nextId++, task, resolve, reject });
      this.#handOut();
    });
  }

  /** Ends the threads; what is not answered fails. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#failWaiting();
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  #handOut(): void {
    const { tasksAtOnce } = this.#options;
    while (this.#waiting.length > 0) {
      let idlest: Thread<Task, Result> | undefined;
      for (const thread of this.#ready) if (!idlest || thread.tasks.size < idlest.tasks.size) idlest = thread;
      if (!idlest || idlest.tasks.size >= tasksAtOnce) return;
      const pending = this.#waiting.shift()!;
      idlest.tasks.set(pending.id, pending);
      if (idlest.tasks.size === 1) this.#expectAnswer(idlest);
      idlest.worker.postMessage({ id: pending.id, task: pending.task } satisfies ThreadOrder<Task>);
    }
  }

  #start(): Promise<Info> {
    const { module, data } = this.#options;
    this.#starting++;
    const worker = new Worker(module, { workerData: data });
    this.#workers.add(worker);
    const thread: Thread<Task, Result> = { worker, tasks: new Map(), deadline: undefined };
    return new Promise<Info>((resolve, reject) => {
      let settled = false;
      const settle = (end: () => void): void => {
        if (settled) return;
        settled = true;
        this.#starting--;
        end();
      };
      worker.on("message", (message: ThreadMessage<Info, Result>) => {
        if ("ready" in message) {
          settle(() => {
            this.#ready.add(thread);
            this.#retryMs = firstRetryMs;
            resolve(message.ready);
          });
        } else if ("failed" in message) {
          settle(() => reject(unpackError(message.failed)));
        } else {
          this.#take(thread, message);
        }
        this.#handOut();
      });
      // Without a listener the error would end the process; what is to be done follows at "exit".
      worker.on("error", (error: Error) => settle(() => reject(error)));
      worker.on("exit", () => {
        this.#workers.delete(worker);
        clearTimeout(thread.deadline);
        settle(() => reject(osteonError("service.worker-lost", {})));
        for (const { reject: fail } of thread.tasks.values()) fail(osteonError("service.worker-lost", {}));
        if (this.#ready.delete(thread) && !this.#closed) {
          this.#options.onLost?.();
          this.#replace();
        }
      });
    });
  }

  #take(
    thread: Thread<Task, Result>,
    message: Exclude<ThreadMessage<Info, Result>, { ready: Info } | { failed: unknown }>,
  ) {
    const pending = thread.tasks.get(message.id);
    thread.tasks.delete(message.id);
    this.#expectAnswer(thread);
    if ("result" in message) pending?.resolve(message.result);
    else pending?.reject(unpackError(message.error));
  }

  /** Begins to wait for the next answer of a thread, where it owes one. */
  #expectAnswer(thread: Thread<Task, Result>): void {
    clearTimeout(thread.deadline);
    thread.deadline =
      thread.tasks.size === 0
        ? undefined
        : setTimeout(() => void thread.worker.terminate(), this.#options.deadlineMs).unref();
  }

  #replace(): void {
    this.#start().catch(() => {
      if (this.#closed) return;
      this.#missing++;
      if (this.#ready.size === 0 && this.#starting === 0) this.#failWaiting();
      // All that are missing in one go: a cause that fails one start fails the others too.
      this.#retry ??= setTimeout(() => {
        this.#retry = undefined;
        const missing = this.#missing;
        this.#missing = 0;
        for (let k = 0; k < missing; k++) this.#replace();
      }, this.#retryMs).unref();
      this.#retryMs = Math.min(2 * this.#retryMs, longestRetryMs);
    });
  }

  #failWaiting(): void {
    for (const { reject } of this.#waiting.splice(0)) reject(osteonError("service.worker-lost", {}));
  }
}
